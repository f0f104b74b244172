package dev.storescope.app.session;

import dev.storescope.engine.api.StoreSnapshot;

/// What a store had in queues and index before these were deleted, and what it has since they were made again.
///
/// @param generation of the store that made them
/// @param filesDeleted of queues and index
/// @param durationNs from the stop until the store was open again
public record Rebuilt(long generation, Derived before, Derived after, int filesDeleted, long durationNs) {
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

    public boolean isNothingLost() {
        return after.equals(before);
    }
}
