package dev.storescope.engine.log;

import dev.storescope.engine.api.AppendDataResult;
import dev.storescope.engine.api.AppendMessageResult;
import dev.storescope.engine.api.AppendMessageStatus;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreSnapshot.PutLockSnapshot;
import dev.storescope.engine.api.SysFlag;
import dev.storescope.engine.env.PutMessageLock;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.AllocateMappedFileService;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.file.MappedFileQueue;
import dev.storescope.engine.file.RunningFlags;
import dev.storescope.engine.file.StoreStatsService;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// The log that all messages go to, one after another: the append under the put lock (RocketMQ `CommitLog`).
///
/// Threads: [#append] by any producer; [#beginAt] before there are any; the rest by any.
public final class CommitLog {
    private static final System.Logger LOG = System.getLogger(CommitLog.class.getName());
    /// Longer in the lock than this is worth a line (RocketMQ's figure).
    private static final long LONG_LOCK_HOLD_MS = 500;
    /// Later than any time: what is not there was stored after everything that is.
    public static final long NO_TIMESTAMP = Long.MAX_VALUE;
    private static final long[] SINGLE = {};

    private final StoreEnvironment environment;
    private final MappedFileQueue files;
    private final RunningFlags flags;
    private final StoreStatsService stats;
    private final MessageStoreConfig config;
    private final QueueOffsets queueOffsets = new QueueOffsets();
    private final LogPointers pointers = new LogPointers();
    private final LogHoles holes = new LogHoles();
    private final UnprovenPart unproven = new UnprovenPart();
    private final DispatchBound dispatchBound;
    /// Guards the tail of the log: file choice, queue offset, copy. Encoding and waiting for the disk happen outside.
    private final PutMessageLock putMessageLock;
    // Written under the put lock, read by whoever asks whether the page cache is busy: milliseconds since 1970, 0 while
    // nobody holds the lock.
    private final AtomicLong beginTimeInLock = new AtomicLong();
    // The rest is used under the put lock only. Appends are refused before the start and from the stop on; the lock
    // guards it because a put that slipped past the last flush would be lost (RocketMQ thread 574).
    private boolean open;
    private final LogTail tail;
    private final RawAppend rawAppend;
    private final PutBuffer putBuffer = new PutBuffer();

    public CommitLog(StoreEnvironment environment, MessageStoreConfig config, MappedFileQueue files,
            AllocateMappedFileService allocator, RunningFlags flags, StoreStatsService stats) {
        this.environment = environment;
        this.config = config;
        this.files = files;
        this.flags = flags;
        this.stats = stats;
        this.putMessageLock = environment.newPutMessageLock(config.putMessageLockKind());
        this.dispatchBound = DispatchBound.of(config);
        RawTail raw = new RawTail(queueOffsets);
        this.tail = new LogTail(environment, files, allocator, pointers, stats, raw);
        this.rawAppend = new RawAppend(tail, raw, pointers, stats, new PutTiming(environment, stats));
    }

    /// Sets all pointers to where the recovery found the end.
    ///
    /// @param lastStoreTimestamp of the last message, milliseconds since 1970; 0 when there is none
    public void beginAt(long endOffset, long lastStoreTimestamp) {
        pointers.reset(endOffset, lastStoreTimestamp);
        tail.begin();
    }

    /// Ends the log at `endOffset`: what stands there and behind it goes. The recovery follows, and learns all anew. Before
    /// there are puts.
    public void cutAt(long endOffset) throws IOException {
        files.truncate(endOffset);
        queueOffsets.clear();
    }

    /// Takes appends from now on.
    public void open() {
        setOpen(true);
    }

    /// Refuses appends from now on; returns when the one in progress is done.
    public void closeForAppends() {
        setOpen(false);
    }

    private void setOpen(boolean now) {
        putMessageLock.lock();
        try {
            open = now;
        } finally {
            putMessageLock.unlock();
        }
    }

    public MappedFileQueue files() {
        return files;
    }

    /// The parts that cannot be read.
    public LogHoles holes() {
        return holes;
    }

    /// What the opening did not check, and nobody since.
    public UnprovenPart unproven() {
        return unproven;
    }

    public QueueOffsets queueOffsets() {
        return queueOffsets;
    }

    LogPointers pointers() {
        return pointers;
    }

    /// Up to where bytes were put.
    public long wroteOffset() {
        return pointers.wrote().offset();
    }

    /// Up to where the disk was forced.
    public long flushedOffset() {
        return pointers.flushed().offset();
    }

    /// Store time of the first record of a file, or behind the hole that it begins with; milliseconds since 1970.
    /// [#NO_TIMESTAMP] when no sound one stands there.
    public long firstStoreTimestamp(MappedFile file) {
        Optional<MappedFile> next = Optional.of(file);
        long offset = holes.nextSoundOffset(file.fromOffset());
        boolean behindHole = offset > file.fromOffset();
        while (next.isPresent()) {
            MappedFile holder = next.get();
            if (offset < holder.endOffset()) {
                long timestamp = storeTimestamp(holder, offset);
                if (timestamp != NO_TIMESTAMP || !behindHole) {
                    return timestamp;
                }
                // The hole ends with the blank of the file.
                offset = holes.nextSoundOffset(holder.endOffset());
            }
            next = files.find(offset);
        }
        return NO_TIMESTAMP;
    }

    private static long storeTimestamp(MappedFile file, long offset) {
        if (!file.hold()) {
            return NO_TIMESTAMP;
        }
        try {
            RecordScanner scanner = new RecordScanner(file.mapping(), file.fromOffset(), file.readablePosition(),
                    CrcCheck.SKIP).seek(offset - file.fromOffset());
            return scanner.next() == Found.RECORD ? scanner.storeTimestamp() : NO_TIMESTAMP;
        } finally {
            file.release();
        }
    }

    /// Up to where the log is readable: in the page cache.
    public long maxOffset() {
        return config.transientStorePoolActs() ? pointers.committed().offset() : wroteOffset();
    }

    /// A topic was deleted: its next messages get queue offsets from 0 on.
    ///
    /// @return up to where its messages do not count any more
    public long forgetTopic(String topic) {
        putMessageLock.lock();
        try {
            queueOffsets.forgetLocked(topic);
            return wroteOffset();
        } finally {
            putMessageLock.unlock();
        }
    }

    /// A queue is to be taken away, unless a message has got the offset behind its last entry meanwhile; its next message
    /// gets queue offset 0.
    ///
    /// @return false when there is such a message
    public boolean forgetQueueThatEndsAt(String topic, int queueId, long nextQueueOffset) {
        putMessageLock.lock();
        try {
            boolean ends = queueOffsets.next(topic, queueId) == nextQueueOffset;
            if (ends) {
                queueOffsets.forgetLocked(topic, queueId);
            }
            return ends;
        } finally {
            putMessageLock.unlock();
        }
    }

    /// Up to where the log may be dispatched; between two records, or at the end of a file. In sync mode that is flushed:
    /// nobody is shown a record that a crash could take back (RocketMQ threads 8239 and 2830).
    public long dispatchLimit() {
        return switch (dispatchBound) {
            case FLUSHED -> pointers.flushed().offset();
            case COMMITTED -> pointers.committed().offset();
            case WROTE -> wroteOffset();
        };
    }

    /// Sets who is told, without a lock held, that [#dispatchLimit()] may have moved. It runs on the path of a put: keep
    /// it short. Before the store runs.
    public void onDispatchLimitMoved(Runnable follower) {
        pointers.follower(follower);
    }

    /// How long the put lock has been held, in milliseconds; 0 while nobody holds it.
    public long lockTimeMills() {
        long begin = beginTimeInLock.getOpaque();
        return begin == 0 ? 0 : Math.max(0, environment.currentTimeMillis() - begin);
    }

    public PutLockSnapshot putLockSnapshot() {
        return new PutLockSnapshot(config.putMessageLockKind(), beginTimeInLock.getOpaque(),
                putMessageLock.waitingThreads());
    }

    /// Appends what the encoder holds.
    ///
    /// @param acknowledgedAtOnce how many of the messages are acknowledged without waiting for a force
    PutMessageResult append(MessageEncoder encoder, int acknowledgedAtOnce) {
        PutTiming timing = encoder.timing();
        Optional<MappedFile> before;
        Optional<MappedFile> after;
        PutMessageResult result;
        long heldMs;
        timing.lockWait();
        putMessageLock.lock();
        try {
            before = tail.active();
            result = appendLocked(encoder, acknowledgedAtOnce, timing);
            after = tail.active();
        } finally {
            heldMs = environment.currentTimeMillis() - beginTimeInLock.getPlain();
            beginTimeInLock.setOpaque(0);
            putMessageLock.unlock();
        }
        timing.lockReleased();
        if (dispatchBound == DispatchBound.WROTE) {
            pointers.moved();
        }
        if (heldMs > LONG_LOCK_HOLD_MS) {
            LOG.log(Level.WARNING, "an append held the put lock for {0} ms", heldMs);
        }
        if (before != after) {
            before.ifPresent(MappedFile::unlockMemory);
        }
        return result;
    }

    private PutMessageResult appendLocked(MessageEncoder encoder, int acknowledgedAtOnce, PutTiming timing) {
        // The store time is read here, not before, so that the log's order is time order; a clock that is set back does
        // not change that.
        long now = environment.currentTimeMillis();
        beginTimeInLock.setOpaque(now);
        long storeTimestamp = Math.max(now, pointers.storeTimestampLocked());
        timing.lockAcquired();
        if (!open || !flags.isWriteable()) {
            return PutMessageResult.rejected(PutMessageStatus.SERVICE_NOT_AVAILABLE);
        }
        try {
            if (!tail.makeRoom(encoder.totalBytes(), timing)) {
                return PutMessageResult.rejected(PutMessageStatus.CREATE_MAPPED_FILE_FAILED);
            }
            AppendMessageResult appended = putLocked(encoder, storeTimestamp, acknowledgedAtOnce);
            timing.appended(appended);
            return new PutMessageResult(PutMessageStatus.PUT_OK, appended);
        } catch (IOException | InternalError | IndexOutOfBoundsException | IllegalStateException e) {
            return appendFailedLocked(e);
        }
    }

    /// A fault in mapped memory comes as [InternalError]: the device is gone, full or read-only (RocketMQ threads 8405,
    /// 10566, 9693: the process died of it). Nothing was published.
    private PutMessageResult appendFailedLocked(Throwable failure) {
        String reason = "append failed at offset %d: %s".formatted(wroteOffset(), failure);
        if (flags.turnUnwriteable(reason)) {
            LOG.log(Level.ERROR, "store turns unwriteable: " + reason, failure);
        }
        return PutMessageResult.rejected(PutMessageStatus.UNKNOWN_ERROR);
    }

    /// Appends bytes of another store's log as they are.
    AppendDataResult appendData(long startOffset, MemorySegment data) {
        AppendDataResult result;
        Optional<MappedFile> before;
        Optional<MappedFile> after;
        putMessageLock.lock();
        try {
            beginTimeInLock.setOpaque(environment.currentTimeMillis());
            before = tail.active();
            result = appendDataLocked(startOffset, data);
            after = tail.active();
        } finally {
            beginTimeInLock.setOpaque(0);
            putMessageLock.unlock();
        }
        if (dispatchBound == DispatchBound.WROTE) {
            pointers.moved();
        }
        if (before != after) {
            before.ifPresent(MappedFile::unlockMemory);
        }
        return result;
    }

    private AppendDataResult appendDataLocked(long startOffset, MemorySegment data) {
        if (!open || !flags.isWriteable()) {
            return rawAppend.result(AppendDataResult.Status.SERVICE_NOT_AVAILABLE, flags.notWriteableReason());
        }
        try {
            return rawAppend.append(startOffset, data);
        } catch (InternalError | IndexOutOfBoundsException | IllegalStateException e) {
            appendFailedLocked(e);
            return rawAppend.result(AppendDataResult.Status.UNKNOWN_ERROR, flags.notWriteableReason());
        }
    }

    private AppendMessageResult putLocked(MessageEncoder encoder, long storeTimestamp, int acknowledgedAtOnce)
            throws IOException {
        MappedFile file = tail.active().orElseThrow();
        PreparedRecord first = encoder.record(0);
        int count = encoder.count();
        boolean entersQueue = SysFlag.entersQueue(first.sysFlag());
        QueueOffsets.TopicQueues queues = queueOffsets.ofLocked(first.topic());
        long queueOffset = entersQueue ? queues.get(first.queueId()) : 0;
        long[] batchOffsets = encoder.isBatch() ? new long[count] : SINGLE;
        long start = file.wrotePosition();
        boolean together = dispatchBound == DispatchBound.FLUSHED && putBuffer.takes(encoder.totalBytes());
        MemorySegment target = together ? putBuffer.bytes() : file.appendTarget();
        long targetStart = together ? 0 : start;
        long position = start;
        for (int i = 0; i < count; i++) {
            PreparedRecord record = encoder.record(i);
            long offset = file.fromOffset() + position;
            record.writeLocked(target, targetStart + position - start, queueOffset + i, offset, storeTimestamp);
            if (batchOffsets.length > 0) {
                batchOffsets[i] = offset;
            }
            position += record.sizeBytes();
        }
        if (together) {
            putBuffer.putInto(file, start, (int) (position - start));
        }
        if (entersQueue) {
            queues.set(first.queueId(), queueOffset + count);
        }
        int bytes = (int) (position - start);
        file.advanceWrote(position, count);
        pointers.advanceWroteLocked(file.fromOffset() + position, count, acknowledgedAtOnce, storeTimestamp);
        stats.appendedLocked(bytes);
        return new AppendMessageResult(AppendMessageStatus.PUT_OK, file.fromOffset() + start, bytes, count,
                queueOffset, storeTimestamp, encoder.storeHost(), batchOffsets);
    }

    /// What dispatch may not pass.
    private enum DispatchBound {
        FLUSHED, COMMITTED, WROTE;

        private static DispatchBound of(MessageStoreConfig config) {
            return switch (config.flushDiskType()) {
                case SYNC_FLUSH -> FLUSHED;
                case ASYNC_FLUSH -> config.transientStorePoolActs() ? COMMITTED : WROTE;
            };
        }
    }
}
