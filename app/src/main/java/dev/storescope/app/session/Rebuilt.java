package dev.storescope.app.session;

import dev.storescope.engine.api.StoreSnapshot;

/// What a store had in queues and index before these were deleted, and what it has since they were made again.
///
/// @param generation of the store that made them
/// @param filesDeleted of queues and index
/// @param durationNs from the stop until the store was open again and had its index
/// @param indexBehindBytes what the index still lacks of the log: a large one goes on being built while the store runs
public record Rebuilt(long generation, Derived before, Derived after, int filesDeleted, long durationNs,
        long indexBehindBytes) {
    /// What follows from the log.
    ///
    /// @param queues how many
    /// @param entries of all queues
    /// @param indexEntries of all index files
    public record Derived(long queues, long entries, long indexEntries) {
        static Derived of(StoreSnapshot snapshot) {
            var dispatch = snapshot.dispatch();
            return new Derived(dispatch.queueCount(), dispatch.entries(), dispatch.index().entries());
        }
    }

    /// Whether the index has all of the log again.
    public boolean isIndexBuilt() {
        return indexBehindBytes == 0;
    }

    /// Whether all is as before, as far as it is built.
    public boolean isNothingLost() {
        boolean queues = after.queues() == before.queues() && after.entries() == before.entries();
        return queues && (after.indexEntries() == before.indexEntries() || !isIndexBuilt());
    }
}
