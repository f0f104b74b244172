/// Proves a store: the log, and queues and index against it, in both directions.
///
/// Start with [StoreCheck]. May import: what its parent [dev.storescope.engine.inspect] may, and that package, which knows
/// nothing of this one.
package dev.storescope.engine.inspect.check;
