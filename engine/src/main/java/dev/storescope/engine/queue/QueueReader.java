package dev.storescope.engine.queue;

import dev.storescope.engine.api.BrokerRole;
import dev.storescope.engine.api.GetMessageResult;
import dev.storescope.engine.api.GetMessageStatus;
import dev.storescope.engine.api.LeasedRecords;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageFilter;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.log.MessageDecoder;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/// Reads messages in the order of their queue: the entries say where, the log has them (RocketMQ
/// `DefaultMessageStore.getMessage`).
///
/// What an entry points to is given out only if a sound record of that size begins there, so that a hole in the log or
/// a damaged entry is never served as a message. Messages that cannot be read any more are a result of their own
/// ([GetMessageStatus#MESSAGE_WAS_REMOVING]): a read ends before them, the next one goes over them, so that nobody
/// misses them without being told.
///
/// Threads: any.
public final class QueueReader {
    /// So many entries are looked at for one read, when hardly one has the tags (RocketMQ's figure).
    private static final int MOST_ENTRIES_LOOKED_AT = 800;

    private static final Function<SelectMappedBufferResult, MessageExt> DECODER = QueueReader::decode;

    private final CommitLog log;
    private final ConsumeQueueStore queues;
    private final boolean slave;
    private final ReadLimits limits;
    private final UnprovenBodies bodies;
    private final LeasedRecords.Places places = new LeasedRecords.Places();
    /// What the last read needed, for the next one; null while one is under way.
    private final AtomicReference<Reading> idleReading = new AtomicReference<>();

    public QueueReader(StoreEnvironment environment, MessageStoreConfig config, CommitLog log,
            ConsumeQueueStore queues) {
        this.log = log;
        this.queues = queues;
        this.slave = config.brokerRole() == BrokerRole.SLAVE;
        this.limits = ReadLimits.of(environment, config);
        this.bodies = new UnprovenBodies(log);
    }

    /// @param queueOffset of the first message wanted
    /// @param maxMessages at least one is given when there is one
    public GetMessageResult getMessage(String topic, int queueId, long queueOffset, int maxMessages,
            MessageFilter filter) {
        Optional<ConsumeQueue> found = queues.find(topic, queueId);
        if (found.isEmpty()) {
            return nothing(GetMessageStatus.NO_MATCHED_LOGIC_QUEUE, corrected(queueOffset, 0), 0, 0);
        }
        ConsumeQueue queue = found.get();
        long min = queue.minQueueOffset();
        long max = queue.maxQueueOffset();
        if (max == 0) {
            return nothing(GetMessageStatus.NO_MESSAGE_IN_QUEUE, corrected(queueOffset, 0), min, max);
        }
        if (queueOffset < min) {
            return nothing(GetMessageStatus.OFFSET_TOO_SMALL, corrected(queueOffset, min), min, max);
        }
        if (queueOffset == max) {
            return nothing(GetMessageStatus.OFFSET_OVERFLOW_ONE, queueOffset, min, max);
        }
        if (queueOffset > max) {
            return nothing(GetMessageStatus.OFFSET_OVERFLOW_BADLY, corrected(queueOffset, max), min, max);
        }
        long rowPosition = queueOffset * ConsumeQueueEntry.BYTES;
        Optional<MappedFile> entries = queue.files().find(rowPosition).filter(MappedFile::hold);
        if (entries.isEmpty()) {
            return nothingThere(queue, queueOffset, min, max);
        }
        MappedFile file = entries.get();
        try {
            long position = rowPosition - file.fromOffset();
            long readable = (file.readablePosition() - position) / ConsumeQueueEntry.BYTES;
            return readable <= 0
                    ? nothingThere(queue, queueOffset, min, max)
                    : read(queueOffset, new Reading.Entries(file.readOnly(), position, (int) Math.min(readable,
                            Math.max(MOST_ENTRIES_LOOKED_AT, maxMessages))), maxMessages, filter, min, max);
        } finally {
            file.release();
        }
    }

    private GetMessageResult read(long queueOffset, Reading.Entries entries, int maxMessages, MessageFilter filter,
            long min,
            long max) {
        Reading reading = idleReading.getAndSet(null);
        if (reading == null) {
            reading = new Reading(log, limits, bodies);
        }
        LeasedRecords records = new LeasedRecords(places);
        reading.begin(records, maxMessages, filter);
        try {
            reading.run(entries);
        } catch (RuntimeException | InternalError e) {
            // Nobody else would give the leases back. A fault in mapped memory comes as InternalError.
            records.close();
            throw e;
        }
        var result = new GetMessageResult(reading.status(), queueOffset + reading.entriesRead(), min, max,
                reading.endsOnDisk(), records, DECODER);
        reading.end();
        idleReading.set(reading);
        return result;
    }

    private GetMessageResult nothingThere(ConsumeQueue queue, long queueOffset, long min, long max) {
        return nothing(GetMessageStatus.OFFSET_FOUND_NULL, corrected(queueOffset, queue.rollNextFile(queueOffset)), min,
                max);
    }

    private static GetMessageResult nothing(GetMessageStatus status, long nextBeginOffset, long min, long max) {
        return new GetMessageResult(status, nextBeginOffset, min, max, false, new LeasedRecords(), DECODER);
    }

    /// A slave may be behind its master and leaves the consumer where it is.
    private long corrected(long queueOffset, long better) {
        return slave ? queueOffset : better;
    }

    private static MessageExt decode(SelectMappedBufferResult record) {
        return MessageDecoder.decode(record.segment(), 0);
    }

    /// The bytes of the sound record at an offset; nothing when none begins there. Close it.
    public Optional<SelectMappedBufferResult> record(long commitLogOffset) {
        if (log.holes().at(commitLogOffset).isPresent()) {
            return Optional.empty();
        }
        return log.files().select(commitLogOffset).flatMap(lease -> {
            try (lease) {
                RecordScanner scanner = new RecordScanner(lease.segment(), commitLogOffset, lease.sizeBytes(),
                        CrcCheck.SKIP);
                return scanner.next() == Found.RECORD // its body is looked at there
                        ? record(commitLogOffset, scanner.sizeBytes())
                        : Optional.<SelectMappedBufferResult>empty();
            }
        });
    }

    /// Likewise; nothing when the record there has another size.
    public Optional<SelectMappedBufferResult> record(long commitLogOffset, int sizeBytes) {
        if (commitLogOffset < log.files().minOffset() || commitLogOffset + sizeBytes > log.maxOffset()
                || log.holes().nextHoleOffset(commitLogOffset) < commitLogOffset + sizeBytes) {
            return Optional.empty();
        }
        return log.files().select(commitLogOffset, sizeBytes).flatMap(lease -> {
            RecordScanner scanner = new RecordScanner(lease.segment(), commitLogOffset, lease.sizeBytes(),
                    CrcCheck.SKIP);
            if (scanner.next() == Found.RECORD && scanner.sizeBytes() == sizeBytes
                    && bodies.isSound(lease.segment(), 0, commitLogOffset, sizeBytes)) {
                return Optional.of(lease);
            }
            lease.close();
            return Optional.empty();
        });
    }

    /// Whether what stands at an offset of the log is so old that it hardly is in memory.
    private boolean isOnDisk(long commitLogOffset) {
        return limits.isOnDisk(commitLogOffset, log.maxOffset());
    }

    /// Whether a consumer that goes on there reads from disk (RocketMQ `checkInDiskByConsumeOffset`).
    public boolean checkInDiskByConsumeOffset(String topic, int queueId, long queueOffset) {
        return entry(topic, queueId, queueOffset).map(entry -> isOnDisk(entry.commitLogOffset())).orElse(false);
    }

    private Optional<ConsumeQueueEntry> entry(String topic, int queueId, long queueOffset) {
        return queues.find(topic, queueId).flatMap(queue -> queue.entry(queueOffset));
    }

    /// Where a message begins in the log.
    public OptionalLong commitLogOffset(String topic, int queueId, long queueOffset) {
        return entry(topic, queueId, queueOffset).map(entry -> OptionalLong.of(entry.commitLogOffset()))
                .orElse(OptionalLong.empty());
    }

    /// When a message was stored, in milliseconds since 1970; nothing when it is not in the log any more.
    public OptionalLong storeTimestamp(String topic, int queueId, long queueOffset) {
        return entry(topic, queueId, queueOffset).flatMap(entry -> record(entry.commitLogOffset(), entry.sizeBytes()))
                .map(QueueReader::storeTimestampOf)
                .orElse(OptionalLong.empty());
    }

    /// When the message at an offset of the log was stored.
    public OptionalLong storeTimestamp(long commitLogOffset) {
        return record(commitLogOffset).map(QueueReader::storeTimestampOf).orElse(OptionalLong.empty());
    }

    private static OptionalLong storeTimestampOf(SelectMappedBufferResult record) {
        try (record) {
            return OptionalLong.of(decode(record).storeTimestamp());
        }
    }

    /// The first queue offset that was stored at or after a time; the maximum when all are older, 0 without a queue.
    public long offsetByTime(String topic, int queueId, long millis) {
        return queues.find(topic, queueId)
                .map(queue -> queue.offsetByTime(millis,
                        offset -> storeTimestampFrom(queue, offset)))
                .orElse(0L);
    }

    /// Of the first message from a queue offset on that can be read; the greatest number when there is none.
    private long storeTimestampFrom(ConsumeQueue queue, long queueOffset) {
        long max = queue.maxQueueOffset();
        for (long offset = queueOffset; offset < max; offset++) {
            OptionalLong timestamp = storeTimestamp(queue.topic(), queue.queueId(), offset);
            if (timestamp.isPresent()) {
                return timestamp.getAsLong();
            }
        }
        return Long.MAX_VALUE;
    }
}
