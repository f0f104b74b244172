/// The message store as a whole: its public face [MessageStore], and [DefaultMessageStore], which wires the parts.
///
/// Start with [MessageStore]; [MessageStoreFactory] makes one. May import: every package of the engine but `load`, `inspect` and `sim`.
package dev.storescope.engine;
