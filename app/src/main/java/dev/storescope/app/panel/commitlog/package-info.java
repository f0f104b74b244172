/// The panel CommitLog.
///
/// Start with [CommitLogViewModel]. May import: control, text, theme, session, pulse, panel.
package dev.storescope.app.panel.commitlog;
