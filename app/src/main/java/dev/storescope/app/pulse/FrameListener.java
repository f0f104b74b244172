package dev.storescope.app.pulse;

/// Is told of each frame.
@FunctionalInterface
public interface FrameListener {
    /// On the JavaFX thread.
    void onFrame(Frame frame);
}
