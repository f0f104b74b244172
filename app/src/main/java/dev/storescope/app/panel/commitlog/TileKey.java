package dev.storescope.app.panel.commitlog;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// The keys of the tiles: look around without a mouse.
enum TileKey {
    LEFT(model -> model.moveCursor(-1, 0), KeyCode.LEFT, KeyCode.KP_LEFT),
    RIGHT(model -> model.moveCursor(1, 0), KeyCode.RIGHT, KeyCode.KP_RIGHT),
    UP(model -> model.moveCursor(0, -1), KeyCode.UP, KeyCode.KP_UP),
    DOWN(model -> model.moveCursor(0, 1), KeyCode.DOWN, KeyCode.KP_DOWN),
    PAGE_UP(model -> model.turnPages(-1), KeyCode.PAGE_UP), PAGE_DOWN(model -> model.turnPages(1), KeyCode.PAGE_DOWN),
    START(CommitLogViewModel::moveCursorToStart, KeyCode.HOME), TAIL(CommitLogViewModel::moveCursorToTail, KeyCode.END),
    ZOOM_IN(CommitLogViewModel::zoomIn, KeyCode.PLUS, KeyCode.EQUALS, KeyCode.ADD),
    ZOOM_OUT(CommitLogViewModel::zoomOut, KeyCode.MINUS, KeyCode.SUBTRACT),
    FILES(CommitLogViewModel::zoomToFiles, KeyCode.DIGIT0, KeyCode.NUMPAD0);

    private final Consumer<CommitLogViewModel> action;
    private final Set<KeyCode> codes;

    TileKey(Consumer<CommitLogViewModel> action, KeyCode... codes) {
        this.action = action;
        this.codes = Set.of(codes);
    }

    void act(CommitLogViewModel model) {
        action.accept(model);
    }

    /// Keys held with Ctrl, Alt or Meta are the window's.
    static Optional<TileKey> of(KeyEvent event) {
        if (event.isShortcutDown() || event.isControlDown() || event.isAltDown() || event.isMetaDown()) {
            return Optional.empty();
        }
        return Arrays.stream(values()).filter(key -> key.codes.contains(event.getCode())).findAny();
    }
}
