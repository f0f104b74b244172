package dev.storescope.app.panel.queues;

import java.util.OptionalLong;

/// One queue at one moment. Offsets count entries.
///
/// @param behind messages that are in the log and not yet in the queue
/// @param lastCommitLogOffset where the message of the last entry begins in the log; nothing when there is no entry
/// @param consumerLag messages that the consumer has not pulled yet; nothing where it does not pull
record QueueLine(QueueKey key, long minOffset, long flushedOffset, long maxOffset, long behind,
        OptionalLong lastCommitLogOffset, OptionalLong consumerLag) {
    long entries() {
        return maxOffset - minOffset;
    }

    long notFlushed() {
        return maxOffset - flushedOffset;
    }

    /// What is not settled yet: in the queue and not on disk, or not even in the queue.
    long unsettled() {
        return notFlushed() + behind;
    }
}
