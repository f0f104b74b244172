/// This engine and RocketMQ's store in turn on one disk, and what comes of it beside the goals.
///
/// Start with [CompareCommand]; [CompareCase] is the list of what is compared. May import: drive, limits.
package dev.storescope.bench.compare;
