/// The store's public vocabulary: settings, messages, results, and the picture of its state.
///
/// Start with [StoreSnapshot] to see what a store is made of, with [MessageStoreConfig] to see what can be set.
/// May import: nothing else of the engine.
package dev.storescope.engine.api;
