/// What the threads of a store did, kept as spans and instants, so that it can be looked at, measured and written down.
///
/// Start with [Recorder], which is told, and [Recording], which is read. May import: text, the engine's `probe`.
package dev.storescope.app.session.trace;
