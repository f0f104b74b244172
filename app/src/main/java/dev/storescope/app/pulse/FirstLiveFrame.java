package dev.storescope.app.pulse;

import dev.storescope.app.session.SessionState;
import javafx.scene.Scene;

/// Tells once that a screen has been laid out with the figures of a running store: from then on the window is of use. Not at
/// all when the first store cannot be opened.
///
/// Listens to frames like the panels of that screen, and after them.
///
/// Threads: the JavaFX thread.
public final class FirstLiveFrame implements FrameListener {
    private final Scene scene;
    private final Runnable action;
    private final Runnable laidOut = this::tell;
    private boolean decided;

    /// @param action is run once
    public FirstLiveFrame(Scene scene, Runnable action) {
        this.scene = scene;
        this.action = action;
    }

    @Override
    public void onFrame(Frame frame) {
        if (decided) {
            return;
        }
        if (frame.session() instanceof SessionState.Running && frame.isTextFrame()) {
            decided = true;
            scene.addPostLayoutPulseListener(laidOut);
        } else if (frame.session() instanceof SessionState.Failed) {
            decided = true;
        }
    }

    private void tell() {
        scene.removePostLayoutPulseListener(laidOut);
        action.run();
    }
}
