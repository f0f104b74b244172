package dev.storescope.engine.log;

import dev.storescope.engine.api.StoreSnapshot.LogPosition;
import dev.storescope.engine.api.StoreSnapshot.LogPositions;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// The pointers of the whole log, each with the messages before it.
///
/// What was wrote are four numbers that belong together. They change with every put, so they stand under a sequence
/// counter (odd while they change) in place of an object for each put; readers try again, writers never wait.
///
/// Threads: wrote is advanced under the put lock, committed by the committer, flushed and acknowledged by the flusher;
/// read by any.
final class LogPointers {
    private static final VarHandle SEQUENCE;

    static {
        try {
            SEQUENCE = MethodHandles.lookup().findVarHandle(LogPointers.class, "sequence", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // Written under the put lock, read by any through SEQUENCE; a volatile write would cost each put two full fences.
    private long sequence;
    private long wroteOffset;
    private long messages;
    private long acknowledgedAtAppend;
    private long storeTimestamp;
    /// Where the log stood at the end of each full file that is not wholly flushed, by that end. Written under the put
    /// lock, read by committer and flusher; the flusher takes out what nobody will ask for any more.
    private final ConcurrentSkipListMap<Long, LogPosition> fileEnds = new ConcurrentSkipListMap<>();
    private volatile LogPosition committed = new LogPosition(0, 0, 0, 0);
    private volatile LogPosition flushed = committed;
    private volatile LogPosition acknowledged = committed;
    // Set once, before the store runs.
    private volatile Runnable follower = () -> {
    };

    /// Told each time that committed or flushed have moved, by whoever moved them.
    void follower(Runnable whoFollows) {
        follower = whoFollows;
    }

    /// Says that records may have become readable.
    void moved() {
        follower.run();
    }

    /// All pointers at once, for the recovery.
    void reset(long offset, long lastStoreTimestamp) {
        wroteOffset = offset;
        storeTimestamp = lastStoreTimestamp;
        committed = new LogPosition(offset, 0, 0, lastStoreTimestamp);
        flushed = committed;
        acknowledged = committed;
        fileEnds.clear();
        SEQUENCE.setRelease(this, 0L);
    }

    /// Only under the put lock.
    void advanceWroteLocked(long offset, int messageCount, int acknowledgedCount, long lastStoreTimestamp) {
        long even = sequence;
        SEQUENCE.setOpaque(this, even + 1);
        VarHandle.storeStoreFence();
        wroteOffset = offset;
        messages += messageCount;
        acknowledgedAtAppend += acknowledgedCount;
        storeTimestamp = lastStoreTimestamp;
        SEQUENCE.setRelease(this, even + 2);
    }

    /// Of the last message. Only under the put lock.
    long storeTimestampLocked() {
        return storeTimestamp;
    }

    /// Goes to the end of a file that is filled with a blank. Only under the put lock.
    void advanceToFileEndLocked(long offset) {
        // First, so that whoever sees the log behind the end finds it.
        fileEnds.put(offset, new LogPosition(offset, messages, acknowledgedAtAppend, storeTimestamp));
        advanceWroteLocked(offset, 0, 0, storeTimestamp);
    }

    /// Where the log stood when the file that ends at `offset` was full; nothing before, and once it is flushed.
    Optional<LogPosition> fileEnd(long offset) {
        return Optional.ofNullable(fileEnds.get(offset));
    }

    LogPosition wrote() {
        while (true) {
            long before = (long) SEQUENCE.getAcquire(this);
            long offset = wroteOffset;
            long count = messages;
            long atAppend = acknowledgedAtAppend;
            long lastStoreTimestamp = storeTimestamp;
            VarHandle.loadLoadFence();
            if ((before & 1) == 0 && before == (long) SEQUENCE.getOpaque(this)) {
                return new LogPosition(offset, count, atAppend, lastStoreTimestamp);
            }
        }
    }

    LogPosition committed() {
        return committed;
    }

    void committed(LogPosition position) {
        committed = position;
        moved();
    }

    LogPosition flushed() {
        return flushed;
    }

    /// Whoever flushes has committed before: nobody goes on before this position any more.
    void flushed(LogPosition position) {
        flushed = position;
        if (!fileEnds.isEmpty()) {
            fileEnds.headMap(position.offset(), true).clear();
        }
        moved();
    }

    /// Puts up to the flushed pointer are about to be acknowledged.
    void acknowledgeFlushed() {
        LogPosition now = flushed;
        if (acknowledged.offset() < now.offset()) {
            acknowledged = now;
        }
    }

    /// The slowest first, so that their order holds without a lock.
    LogPositions snapshot(long minOffset, PoolUse pool) {
        LogPosition nowAcknowledged = acknowledged;
        LogPosition nowFlushed = flushed;
        LogPosition nowCommitted = committed;
        LogPosition nowWrote = wrote();
        return new LogPositions(minOffset, nowAcknowledged, nowFlushed,
                pool == PoolUse.BUFFERED ? nowCommitted : nowWrote, nowWrote);
    }

    /// Whether bytes stand in write buffers before they are in the page cache.
    enum PoolUse {
        BUFFERED, DIRECT
    }
}
