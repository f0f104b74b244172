/// What is said of the runs of a simulated world, and of scenario files: the content of the sheets that show them.
///
/// Start with [RunsView]. May import: control, text, session and its packages `simulated` and `scenario`, pulse.
package dev.storescope.app.shell.runs;
