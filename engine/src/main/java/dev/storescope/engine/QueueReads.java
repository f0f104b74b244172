package dev.storescope.engine;

import dev.storescope.engine.api.GetMessageResult;
import dev.storescope.engine.api.MessageFilter;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.queue.ConsumeQueue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Reading messages in the order of their queues, and what queues say of offsets and times.
///
/// A queue offset counts the messages of its queue; an offset counts the bytes of the log. Times are milliseconds since
/// 1970. Threads: any.
public interface QueueReads {
    /// The next messages of a queue, from an offset on. Close what it gives. Throws [StoreException] when the store is not
    /// open, or may not be read.
    ///
    /// Messages that cannot be read, because the log is damaged there, end a read that has others before them. The next
    /// read goes over them and says so (`MESSAGE_WAS_REMOVING`): nobody misses them without being told.
    ///
    /// @param group of the consumer
    /// @param maxMessages at most this many, and no more than the settings allow; at least one when there is one
    GetMessageResult getMessage(String group, String topic, int queueId, long queueOffset, int maxMessages,
            MessageFilter filter);

    /// One more than the last message that can be read; 0 for a queue without messages.
    long getMaxOffsetInQueue(String topic, int queueId);

    /// The first message that is still in the log; the maximum when there is none.
    long getMinOffsetInQueue(String topic, int queueId);

    /// How many messages of the queue are in the log.
    long getMessageTotalInQueue(String topic, int queueId);

    /// Where a message begins in the log.
    OptionalLong getCommitLogOffsetInQueue(String topic, int queueId, long queueOffset);

    /// The first queue offset that was stored at a time or later; the maximum when all are older.
    long getOffsetInQueueByTime(String topic, int queueId, long storeTimestamp);

    /// When a message was stored.
    OptionalLong getMessageStoreTimeStamp(String topic, int queueId, long queueOffset);

    /// When the first message of the queue was stored.
    OptionalLong getEarliestMessageTime(String topic, int queueId);

    /// When the first message of the whole log was stored.
    OptionalLong getEarliestMessageTime();

    /// Whether a consumer that goes on there reads from disk rather than from memory.
    boolean checkInDiskByConsumeOffset(String topic, int queueId, long queueOffset);

    /// Of a topic, ascending.
    List<Integer> getQueueIds(String topic);

    /// The queue itself.
    Optional<ConsumeQueue> getConsumeQueue(String topic, int queueId);
}
