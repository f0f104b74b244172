package dev.storescope.app.panel.commitlog;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// The keys of the strip of all files.
enum StripKey {
    BACK(KeyCode.LEFT, model -> model.turnPages(-1)), ON(KeyCode.RIGHT, model -> model.turnPages(1)),
    START(KeyCode.HOME, CommitLogViewModel::moveCursorToStart), TAIL(KeyCode.END, CommitLogViewModel::follow);

    private final KeyCode code;
    private final Consumer<CommitLogViewModel> action;

    StripKey(KeyCode code, Consumer<CommitLogViewModel> action) {
        this.code = code;
        this.action = action;
    }

    void act(CommitLogViewModel model) {
        action.accept(model);
    }

    static Optional<StripKey> of(KeyEvent event) {
        return Arrays.stream(values()).filter(key -> key.code == event.getCode()).findAny();
    }
}
