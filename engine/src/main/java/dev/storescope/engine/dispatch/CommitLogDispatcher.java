package dev.storescope.engine.dispatch;

import java.util.Optional;

/// Derives something from each record of the log: the consume queues, the index, or what a plug-in adds (RocketMQ
/// `CommitLogDispatcher`).
///
/// Threads: the one that dispatches, or recovers before there is one.
@FunctionalInterface
public interface CommitLogDispatcher {
    /// Is told of every sound record once, in the order of the log. After a restart records may come again: what is
    /// known already must change nothing.
    ///
    /// @param request valid during the call only
    void dispatch(DispatchRequest request);

    /// Many records come at once: what has to be done for them may be put off until [#endBatch()], and done beside the caller.
    default void beginBatch() {
        // by default all is done at once
    }

    /// Returns when all is done that was put off.
    ///
    /// @return the first record for which it could not be done, if any: that one and all behind it come again, one by one, so
    ///     that [#dispatch] throws at it
    default Optional<Lacking> endBatch() {
        return Optional.empty();
    }

    /// A record of a batch that could not be dispatched.
    ///
    /// @param commitLogOffset where it begins
    /// @param recordsBefore of the batch
    record Lacking(long commitLogOffset, int recordsBefore) {
    }
}
