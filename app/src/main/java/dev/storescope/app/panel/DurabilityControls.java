package dev.storescope.app.panel;

/// What the window's own keys and menus ask of the panel that shows what is at risk.
///
/// Threads: the JavaFX thread.
public interface DurabilityControls {
    /// Asks, and says what goes; then the process of the store dies.
    void killJvm();

    /// Likewise, the power. Where no power can be cut, offers a world in which it can.
    void cutPower();

    /// Opens the store on what a crash left; does nothing while it is not dead.
    void reopen();

    /// Shows what became of the messages over the last crash.
    void showLedger();
}
