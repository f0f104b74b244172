package dev.storescope.engine.api;

import java.util.List;
import java.util.function.Function;

/// What a read from a queue gave (RocketMQ `GetMessageResult`). It holds leases on mapped files: close it soon.
///
/// @param status how it ended
/// @param nextBeginOffset where the consumer goes on
/// @param minOffset of the queue
/// @param maxOffset of the queue: one more than its last
/// @param suggestPullingFromSlave whether the consumer is so far behind that what it reads is hardly in memory
/// @param records the bytes of the records, in the order of the queue
/// @param decoder reads one of them
public record GetMessageResult(GetMessageStatus status, long nextBeginOffset, long minOffset, long maxOffset,
        boolean suggestPullingFromSlave, LeasedRecords records,
        Function<SelectMappedBufferResult, MessageExt> decoder) implements AutoCloseable {
    public int messageCount() {
        return records.size();
    }

    /// Of all records together.
    public long bufferTotalSizeBytes() {
        return records.totalSizeBytes();
    }

    /// The messages, copied; while this is open.
    public List<MessageExt> messages() {
        return records.stream().map(decoder).toList();
    }

    @Override
    public void close() {
        records.close();
    }
}
