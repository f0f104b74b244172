package dev.storescope.app.panel;

/// What the window's own keys and menus ask of the panel that has the load, so that they do the same as its buttons.
///
/// Threads: the JavaFX thread.
public interface LoadControls {
    /// Starts the load or stops it; does not start while a value that can be seen is wrong, and goes to that one.
    void startOrStopLoad();

    /// Sends a burst, under the same condition.
    void sendBurst();
}
