package dev.storescope.engine.inspect;

/// The records of one topic and queue, as the log has them.
///
/// @param records sound ones that enter the queue
/// @param minQueueOffset smallest queue offset of these
/// @param maxQueueOffset largest one
public record QueueReport(String topic, int queueId, long records, long minQueueOffset, long maxQueueOffset) {
    /// Whether no queue offset between the smallest and the largest is missing, unless one stands there twice.
    public boolean isContiguous() {
        return maxQueueOffset - minQueueOffset + 1 == records;
    }
}
