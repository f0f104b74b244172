package dev.storescope.app.shell;

import java.util.Arrays;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;

/// Keys without Ctrl, such as L and B, are shortcuts only where no text is typed; and `?` is one on every keyboard,
/// wherever it lies.
final class PlainKeys {
    private final Actions actions;

    PlainKeys(Actions actions) {
        this.actions = actions;
    }

    void install(Scene scene) {
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (isTyping(scene.getFocusOwner()) && isPlainShortcut(event)) {
                event.consume();
            }
        });
        scene.addEventHandler(KeyEvent.KEY_TYPED, event -> {
            if (event.getCharacter().equals("?") && !isTyping(scene.getFocusOwner())) {
                actions.run(ActionId.SHORTCUTS);
            }
        });
    }

    /// Typing goes on with KEY_TYPED: only the shortcut is kept from being seen.
    private static boolean isPlainShortcut(KeyEvent event) {
        return Arrays.stream(ActionId.values())
                .filter(ActionId::isPlainKey)
                .anyMatch(id -> id.shortcut().filter(keys -> keys.match(event)).isPresent());
    }

    private static boolean isTyping(Node focused) {
        return focused instanceof TextInputControl text && text.isEditable();
    }
}
