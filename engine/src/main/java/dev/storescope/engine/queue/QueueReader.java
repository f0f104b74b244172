package dev.storescope.engine.queue;

import dev.storescope.engine.api.BrokerRole;
import dev.storescope.engine.api.GetMessageResult;
import dev.storescope.engine.api.GetMessageStatus;
import dev.storescope.engine.api.LeasedRecords;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageFilter;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.log.MessageDecoder;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
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
    private static final System.Logger LOG = System.getLogger(QueueReader.class.getName());
    /// So many entries are looked at for one read, when hardly one has the tags (RocketMQ's figure).
    private static final int MOST_ENTRIES_LOOKED_AT = 800;

    private static final Function<SelectMappedBufferResult, MessageExt> DECODER = QueueReader::decode;
    private static final MemorySegment NO_BYTES = MemorySegment.ofArray(new byte[0]);

    private final CommitLog log;
    private final ConsumeQueueStore queues;
    private final boolean slave;
    private final Limit inMemory;
    private final Limit onDisk;
    private final LeasedRecords.Places places = new LeasedRecords.Places();
    /// What the last read needed, for the next one; null while one is under way.
    private final AtomicReference<Reading> idleReading = new AtomicReference<>();
    /// Older than this many bytes of the log, a message is hardly in memory.
    private final long memoryBytes;

    public QueueReader(StoreEnvironment environment, MessageStoreConfig config, CommitLog log,
            ConsumeQueueStore queues) {
        this.log = log;
        this.queues = queues;
        this.slave = config.brokerRole() == BrokerRole.SLAVE;
        this.inMemory = new Limit(config.number(StoreSetting.MAX_TRANSFER_COUNT_ON_MESSAGE_IN_MEMORY),
                config.number(StoreSetting.MAX_TRANSFER_BYTES_ON_MESSAGE_IN_MEMORY));
        this.onDisk = new Limit(config.number(StoreSetting.MAX_TRANSFER_COUNT_ON_MESSAGE_IN_DISK),
                config.number(StoreSetting.MAX_TRANSFER_BYTES_ON_MESSAGE_IN_DISK));
        this.memoryBytes = environment.memory().totalBytes() / 100
                * config.number(StoreSetting.ACCESS_MESSAGE_IN_MEMORY_MAX_RATIO);
    }

    /// How much one read gives at most.
    private record Limit(long messages, long bytes) {
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
                    : read(queueOffset, new Entries(file.readOnly(), position, (int) Math.min(readable,
                            Math.max(MOST_ENTRIES_LOOKED_AT, maxMessages))), maxMessages, filter, min, max);
        } finally {
            file.release();
        }
    }

    /// Some that stand one behind the other.
    ///
    /// @param segment of their file
    /// @param position of the first
    private record Entries(MemorySegment segment, long position, int count) {
    }

    private GetMessageResult read(long queueOffset, Entries entries, int maxMessages, MessageFilter filter, long min,
            long max) {
        Reading reading = idleReading.getAndSet(null);
        if (reading == null) {
            reading = new Reading();
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
        var result = new GetMessageResult(reading.status, queueOffset + reading.entriesRead, min, max,
                log.maxOffset() - reading.lastOffset > memoryBytes, records, DECODER);
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
                    && isBodySound(lease.segment(), commitLogOffset, sizeBytes)) {
                return Optional.of(lease);
            }
            lease.close();
            return Optional.empty();
        });
    }

    /// Checks the body of a record that is sound otherwise, where nobody has done so since the store was opened. What fails
    /// is a hole of the log from now on; the proof finds its whole extent later.
    private boolean isBodySound(MemorySegment record, long commitLogOffset, int sizeBytes) {
        if (!log.unproven().holds(commitLogOffset)) {
            return true;
        }
        RecordScanner scanner = new RecordScanner(record, commitLogOffset, sizeBytes, CrcCheck.CHECK);
        if (scanner.next() == Found.RECORD) {
            return true;
        }
        LOG.log(Level.WARNING, "the record at offset {0} is damaged and not given out: {1}", commitLogOffset,
                scanner.fault());
        log.holes().add(commitLogOffset, commitLogOffset + sizeBytes, scanner.fault());
        return false;
    }

    /// Whether what stands at an offset of the log is so old that it hardly is in memory.
    private boolean isOnDisk(long commitLogOffset) {
        return log.maxOffset() - commitLogOffset > memoryBytes;
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

    /// One read under way, and then the next: it makes no object for a record, and hardly one for a read.
    private final class Reading {
        private final RecordScanner scanner = new RecordScanner(NO_BYTES, 0, 0, CrcCheck.SKIP);
        private int maxMessages;
        private MessageFilter filter;
        private LeasedRecords records;
        private long maxOffset;
        private long minOffset;
        /// The file that the records read last are in, held by `records`.
        private MappedFile file;
        private GetMessageStatus status;
        private long lastOffset;
        private int entriesRead;

        private void begin(LeasedRecords target, int most, MessageFilter wanted) {
            records = target;
            maxMessages = most;
            filter = wanted;
            maxOffset = log.maxOffset();
            minOffset = log.files().minOffset();
            status = GetMessageStatus.NO_MATCHED_MESSAGE;
            lastOffset = 0;
            entriesRead = 0;
        }

        /// Holds on to nothing.
        private void end() {
            scanner.goOnIn(NO_BYTES, 0);
            file = null;
            records = null;
            filter = null;
        }

        private void run(Entries entries) {
            MemorySegment segment = entries.segment;
            int count = entries.count;
            while (entriesRead < count) {
                long at = entries.position + (long) entriesRead * ConsumeQueueEntry.BYTES;
                boolean goesOn = ConsumeQueueEntry.isBlankAt(segment, at)
                        ? goOver()
                        : read(ConsumeQueueEntry.commitLogOffset(segment, at), ConsumeQueueEntry.sizeBytes(segment, at),
                                ConsumeQueueEntry.tagsCode(segment, at));
                if (!goesOn) {
                    return;
                }
                entriesRead++;
            }
        }

        /// @return whether the entry belongs to this read
        private boolean read(long commitLogOffset, int sizeBytes, long tagsCode) {
            if (isFull(commitLogOffset, sizeBytes)) {
                return false;
            }
            if (!filter.isMatchedByConsumeQueue(tagsCode)) {
                lastOffset = commitLogOffset;
                return true;
            }
            if (!isSound(commitLogOffset, sizeBytes)) {
                return goOver();
            }
            long position = commitLogOffset - file.fromOffset();
            boolean behindMissing = status == GetMessageStatus.MESSAGE_WAS_REMOVING;
            if (behindMissing || !isMatched(position, sizeBytes)) {
                return !behindMissing;
            }
            lastOffset = commitLogOffset;
            records.add(position, sizeBytes);
            status = GetMessageStatus.FOUND;
            return true;
        }

        /// The filter of most consumers does not look at the record: it is not cut out for it.
        private boolean isMatched(long position, int sizeBytes) {
            return filter == MessageFilter.ALL
                    || filter.isMatchedByCommitLog(file.readOnly().asSlice(position, sizeBytes));
        }

        /// As [QueueReader#record], but that records of one file need one lease and one scanner.
        private boolean isSound(long commitLogOffset, int sizeBytes) {
            long endOffset = commitLogOffset + sizeBytes;
            if (commitLogOffset < minOffset || endOffset > maxOffset
                    || log.holes().nextHoleOffset(commitLogOffset) < endOffset
                    || !goTo(commitLogOffset)) {
                return false;
            }
            long position = commitLogOffset - file.fromOffset();
            scanner.limitTo(Math.min(file.readablePosition(), position + sizeBytes));
            return scanner.seek(position).next() == Found.RECORD && scanner.sizeBytes() == sizeBytes
                    && isBodySound(commitLogOffset, position, sizeBytes);
        }

        private boolean isBodySound(long commitLogOffset, long position, int sizeBytes) {
            return !log.unproven().holds(commitLogOffset) || QueueReader.this
                    .isBodySound(file.readOnly().asSlice(position, sizeBytes), commitLogOffset, sizeBytes);
        }

        /// @return false where there is no file any more
        private boolean goTo(long commitLogOffset) {
            if (file != null && file.fromOffset() <= commitLogOffset && commitLogOffset < file.endOffset()) {
                return true;
            }
            Optional<MappedFile> found = log.files().find(commitLogOffset).filter(MappedFile::hold);
            if (found.isEmpty()) {
                return false;
            }
            file = found.get();
            records.goOnIn(file.fromOffset(), file.readOnly(), file.lease());
            scanner.goOnIn(file.mapping(), file.fromOffset());
            return true;
        }

        /// Goes over a message that cannot be read, unless some were read before it.
        private boolean goOver() {
            if (!records.isEmpty()) {
                return false;
            }
            status = GetMessageStatus.MESSAGE_WAS_REMOVING;
            return true;
        }

        /// Without room for the record that begins at an offset.
        private boolean isFull(long commitLogOffset, int sizeBytes) {
            if (records.isEmpty()) {
                return false;
            }
            Limit limit = isOnDisk(commitLogOffset) ? onDisk : inMemory;
            return records.size() >= Math.min(maxMessages, limit.messages)
                    || records.totalSizeBytes() + sizeBytes > limit.bytes;
        }
    }
}
