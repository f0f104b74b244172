/// What the store tells of itself while it works: points, events, and the lanes that carry them to a reader.
///
/// Start with [StoreProbe]. May import: api.
package dev.storescope.engine.probe;
