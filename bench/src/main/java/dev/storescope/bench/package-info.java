/// Measures the engine: parts with JMH, the whole beside RocketMQ's own store, and the machine's limits beside both.
///
/// Start with [BenchMain]. Not part of what users install.
package dev.storescope.bench;
