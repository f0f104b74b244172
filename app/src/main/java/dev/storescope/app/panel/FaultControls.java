package dev.storescope.app.panel;

/// What the window's own keys and menus ask of the panel of faults.
///
/// Threads: the JavaFX thread.
public interface FaultControls {
    /// Unfolds it, scrolls to it, and gives it the keyboard.
    void showFaults();

    /// Turns off every fault.
    void turnAllOff();
}
