package dev.storescope.engine.sim;

import dev.storescope.engine.api.StoreSnapshot;

/// What came of an [Action.Rebuild].
///
/// @param before with all of the log in queues and index
/// @param after when they were made again, as far as the index was
/// @param filesDeleted of queues and index
/// @param durationNs from the stop on
public record Rebuild(StoreSnapshot before, StoreSnapshot after, int filesDeleted, long durationNs) {
}
