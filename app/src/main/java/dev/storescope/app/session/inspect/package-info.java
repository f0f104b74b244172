/// A directory that is looked at and never written to, beside the store in use: its messages in rows, what was searched
/// for, each message whole, and what is listed as a file.
///
/// Start with [Inspection]. Has two threads of its own; nothing here waits on the JavaFX thread or on the session's. May
/// import: text, theme.
package dev.storescope.app.session.inspect;
