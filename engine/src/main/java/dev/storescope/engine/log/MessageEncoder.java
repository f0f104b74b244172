package dev.storescope.engine.log;

import dev.storescope.engine.api.HostAddress;
import dev.storescope.engine.api.MessageExtBatch;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.SysFlag;
import java.util.ArrayList;
import java.util.List;

/// What one producing thread needs to prepare its messages outside the put lock; kept from put to put so that a put
/// allocates nothing for it.
///
/// Threads: one.
final class MessageEncoder {
    private final RecordLimits limits;
    private final PutTiming timing;
    private final EncodedTopics topics = new EncodedTopics();
    private final List<PreparedRecord> records = new ArrayList<>();
    private int count;
    private int totalBytes;
    private boolean batch;
    private HostAddress storeHost = HostAddress.of(new byte[4], 0);
    private long putsSeen;

    MessageEncoder(RecordLimits limits, PutTiming timing) {
        this.limits = limits;
        this.timing = timing;
        records.add(new PreparedRecord(limits, topics));
    }

    /// @return [PutMessageStatus#PUT_OK], or why the message cannot be stored
    PutMessageStatus prepare(MessageExtBrokerInner message) {
        PreparedRecord record = records.getFirst();
        PutMessageStatus status = record.prepare(message);
        count = 1;
        batch = false;
        storeHost = message.storeHost();
        totalBytes = record.sizeBytes();
        return status;
    }

    /// A batch is stored as a whole or not at all.
    PutMessageStatus prepare(MessageExtBatch batch) {
        List<MessageExtBrokerInner> messages = batch.messages();
        MessageExtBrokerInner first = messages.getFirst();
        long bodyBytes = 0;
        long recordBytes = 0;
        PutMessageStatus result = PutMessageStatus.PUT_OK;
        count = 0;
        for (MessageExtBrokerInner message : messages) {
            if (DelayedMessages.isDelayed(message)
                    || SysFlag.transactionType(message.sysFlag()) != SysFlag.TRANSACTION_NONE
                    || !message.topic().equals(first.topic())
                    || message.queueId() != first.queueId()) {
                return PutMessageStatus.MESSAGE_ILLEGAL;
            }
            PutMessageStatus status = next().prepare(message);
            if (status == PutMessageStatus.MESSAGE_ILLEGAL) {
                return status;
            }
            if (status != PutMessageStatus.PUT_OK) {
                // A later member, or all together, may fail an earlier check.
                result = status;
            }
            record(count - 1).clearPreparedTransactionOffset();
            bodyBytes += message.bodySizeBytes();
            recordBytes += record(count - 1).wantedBytes();
        }
        if (bodyBytes > limits.maxBodyBytes() || !limits.fitsFile(recordBytes)) {
            return PutMessageStatus.MESSAGE_ILLEGAL;
        }
        this.batch = true;
        storeHost = first.storeHost();
        totalBytes = (int) recordBytes;
        return result;
    }

    /// Of the put that the thread is in.
    PutTiming timing() {
        return timing;
    }

    boolean isBatch() {
        return batch;
    }

    /// Of the first message; gives the message ids.
    HostAddress storeHost() {
        return storeHost;
    }

    /// How many records are prepared.
    int count() {
        return count;
    }

    PreparedRecord record(int index) {
        return records.get(index);
    }

    /// Bytes of all prepared records.
    int totalBytes() {
        return totalBytes;
    }

    /// Lets go of the caller's bodies.
    void clear() {
        for (int i = 0; i < count; i++) {
            records.get(i).clear();
        }
    }

    /// Whether this put is one of those that are timed and told.
    ///
    /// @param interval of how many one is, a power of two
    boolean samplesNextPut(int interval) {
        return (putsSeen++ & interval - 1) == 0;
    }

    private PreparedRecord next() {
        if (count == records.size()) {
            records.add(new PreparedRecord(limits, topics));
        }
        return records.get(count++);
    }
}
