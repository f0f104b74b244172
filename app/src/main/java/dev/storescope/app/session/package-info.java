/// The store in use: opened, created, restarted, killed and loaded by commands that run one after another on the one
/// session thread; and what the program remembers between two runs.
///
/// Start with [StoreSession]. Nobody else calls `MessageStore`. Nothing here waits on, or is called back on, the JavaFX
/// thread: the window samples a [SessionReading] once a frame. May import: control, text, theme.
package dev.storescope.app.session;
