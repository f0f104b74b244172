package dev.storescope.engine.dispatch;

/// Hands records that are in the log already to a dispatcher once more, for what has to be built again from them.
///
/// Threads: the one that loads the store.
@FunctionalInterface
public interface RecordFeed {
    /// Hands over every sound record that begins at or behind `fromOffset` and before `toOffset`, in the order of the
    /// log.
    ///
    /// @param fromOffset where a record or a blank begins, or anything before the log's begin
    void feed(long fromOffset, long toOffset, CommitLogDispatcher dispatcher);
}
