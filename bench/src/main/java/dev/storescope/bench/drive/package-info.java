/// One engine at work in a JVM of its own: the same load for this engine and for RocketMQ's.
///
/// Start with [DriveProgram], which takes orders from the comparison; [StoreUnderTest] is what an engine has to do for
/// it. May import: the engine, RocketMQ's store.
package dev.storescope.bench.drive;
