package dev.storescope.app.shell;

import java.util.Arrays;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// Keys without Ctrl, such as L and B, are shortcuts only where no text is typed; and `?` is one on every keyboard,
/// wherever it lies. So are plus and minus, which share their keys with other characters or lie beside the digits.
final class PlainKeys {
    private final Actions actions;

    PlainKeys(Actions actions) {
        this.actions = actions;
    }

    void install(Scene scene) {
        scene.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (isTyping(scene.getFocusOwner()) && isArrow(event)) {
                // The caret is at an end of the text: that is no wish to step.
                event.consume();
            }
        });
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (isTyping(scene.getFocusOwner()) && isPlainShortcut(event)) {
                event.consume();
            }
        });
        scene.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.isShortcutDown()) {
                textSize(event.getCode()).ifPresent(id -> {
                    actions.run(id);
                    event.consume();
                });
            }
        });
        scene.addEventHandler(KeyEvent.KEY_TYPED, event -> {
            if (event.getCharacter().equals("?") && !isTyping(scene.getFocusOwner())) {
                actions.run(ActionId.SHORTCUTS);
            }
        });
    }

    /// Keys that mean a size of the text besides those that the catalogue names: on many keyboards plus is Shift and equals.
    private static Optional<ActionId> textSize(KeyCode key) {
        return switch (key) {
            case EQUALS, ADD -> Optional.of(ActionId.LARGER_TEXT);
            case SUBTRACT -> Optional.of(ActionId.SMALLER_TEXT);
            case NUMPAD0 -> Optional.of(ActionId.NORMAL_TEXT);
            default -> Optional.empty();
        };
    }

    /// Typing goes on with KEY_TYPED: only the shortcut is kept from being seen.
    private static boolean isPlainShortcut(KeyEvent event) {
        return Arrays.stream(ActionId.values())
                .filter(ActionId::isPlainKey)
                .anyMatch(id -> id.shortcut().filter(keys -> keys.match(event)).isPresent());
    }

    private static boolean isArrow(KeyEvent event) {
        return (event.getCode() == KeyCode.LEFT || event.getCode() == KeyCode.RIGHT) && !event.isShortcutDown();
    }

    private static boolean isTyping(Node focused) {
        return focused instanceof TextInputControl text && text.isEditable();
    }
}
