/// Producers that put a repeatable stream of messages into a store, as fast as it answers or at a given rate.
///
/// Start with [LoadSpec], which says what is sent, and [LoadDriver], which sends it. Window, command line, simulator and
/// benchmark share it. May import: every package of the engine but `inspect` and `sim`.
package dev.storescope.engine.load;
