/// RocketMQ's own store and this engine read what the other wrote, in turn, on the same directories.
///
/// Start with [RealStoreTest]. RocketMQ's store runs in a process of its own, [RealStoreProgram].
package dev.storescope.engine.conformance;
