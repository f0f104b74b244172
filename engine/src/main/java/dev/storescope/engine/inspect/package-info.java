/// Looks into the directory of any store, running or not, ours or a real broker's, and changes not a byte of it.
///
/// Start with [StoreInspector]. May import: every package of the engine but `load` and `sim`.
package dev.storescope.engine.inspect;
