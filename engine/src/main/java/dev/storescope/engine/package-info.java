/// The message store as a whole: its public face [MessageStore], and [DefaultMessageStore], which wires the parts.
///
/// Start with [MessageStore]. May import: every package of the engine but `load`, `inspect` and `sim`.
package dev.storescope.engine;
