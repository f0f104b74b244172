package dev.storescope.app.panel;

/// What the window's own keys and menus ask of the panel that shows what each thread did when.
///
/// Threads: the JavaFX thread.
public interface TimelineControls {
    /// Shows it, whether it was folded or scrolled away, and gives it the keyboard.
    void showTimeline();

    /// Stands still over what is recorded, or shows the present again.
    void pauseOrFollow();

    /// Takes a world that one can travel in back to the last event of those that are looked for.
    void travelBackAnEvent();

    /// Likewise, on to the next one.
    void travelOnAnEvent();

    /// Asks for a file and writes what is recorded, or what lies between the markers.
    void exportTrace();
}
