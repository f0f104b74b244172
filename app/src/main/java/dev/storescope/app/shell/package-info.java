/// The window around the panels: top bar, rail, screens, status bar, palette, sheets, notices, pictures.
///
/// Start with [MainWindow]. What the user can do is the catalogue [ActionId], which menu, palette and the sheet of
/// shortcuts share. Knows panels by their names only. May import: control, text, theme, session, pulse, panel, lesson.
package dev.storescope.app.shell;
