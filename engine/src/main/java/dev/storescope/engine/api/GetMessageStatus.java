package dev.storescope.engine.api;

/// How a read from a queue ended (RocketMQ `GetMessageStatus`).
public enum GetMessageStatus {
    FOUND,
    /// There are messages, and none that was looked at has the tags.
    NO_MATCHED_MESSAGE,
    /// The messages there are not in the log any more, or lie in a hole of it: the next offset is behind them.
    MESSAGE_WAS_REMOVING,
    /// The file of the queue that holds the offset was deleted meanwhile.
    OFFSET_FOUND_NULL,
    /// The offset is beyond the next message's.
    OFFSET_OVERFLOW_BADLY,
    /// The offset is that of the next message: everything has been read.
    OFFSET_OVERFLOW_ONE,
    /// The offset is before the queue's first message.
    OFFSET_TOO_SMALL,
    /// There is no such queue.
    NO_MATCHED_LOGIC_QUEUE,
    /// The queue has never had a message.
    NO_MESSAGE_IN_QUEUE
}
