package dev.storescope.engine.file;

import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.DiskFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Up to when log, queues and index are known to be on disk: six longs in a file of 4,096 bytes (`format.md` §8).
///
///      0                     8                     16                    24
///      +---------------------+---------------------+---------------------+
///      | physicMsgTimestamp  | logicsMsgTimestamp  | indexMsgTimestamp   |
///      +---------------------+---------------------+---------------------+
///      24                    32                    40                    48
///      +---------------------+---------------------+---------------------+
///      | masterFlushedOffset | confirmPhyOffset    | logicsPhysicalOffset|
///      +---------------------+---------------------+---------------------+
///
/// Each part owns its time (RocketMQ threads 678 and 467 tell what happens else). Threads: each time has one writer;
/// [#flush()] by any.
public final class StoreCheckpoint implements AutoCloseable {
    public static final int BYTES = 4096;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int PHYSIC_MSG_TIMESTAMP = 0;
    private static final int LOGICS_MSG_TIMESTAMP = 8;
    private static final int INDEX_MSG_TIMESTAMP = 16;
    private static final int LOGICS_PHYSICAL_OFFSET = 40;
    /// What was dispatched less than this before the crash may not have been on disk (RocketMQ's `getMinTimestamp`).
    private static final long SAFETY_MS = 3_000;

    private final DiskFile file;
    private final MemorySegment segment;
    // Set by whoever flushes in vain, read by whoever flushes.
    private volatile boolean failed;

    private StoreCheckpoint(DiskFile file) throws IOException {
        this.file = file;
        this.segment = file.map();
    }

    /// Opens the file, or makes one of zeros. One that is too short is replaced: zeros are always a safe answer.
    public static StoreCheckpoint openOrCreate(Disk disk, Path path) throws IOException {
        long size = disk.size(path).orElse(-1L);
        if (size >= 0 && size < BYTES) {
            disk.delete(path);
        }
        DiskFile file = size >= BYTES ? disk.open(path) : disk.create(path, BYTES);
        try {
            return new StoreCheckpoint(file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /// [#physicMsgTimestamp()] of a file that is not to be touched; 0 when there is none or it is too short.
    public static long readPhysicMsgTimestamp(Disk disk, Path path) throws IOException {
        if (disk.size(path).orElse(0L) < BYTES) {
            return 0;
        }
        return MemorySegment.ofArray(disk.readAll(path)).get(LONG, PHYSIC_MSG_TIMESTAMP);
    }

    /// Store time of the last message of the log that is known to be on disk, milliseconds since 1970; 0 for unknown.
    public long physicMsgTimestamp() {
        return segment.get(LONG, PHYSIC_MSG_TIMESTAMP);
    }

    /// Likewise for the consume queues.
    public long logicsMsgTimestamp() {
        return segment.get(LONG, LOGICS_MSG_TIMESTAMP);
    }

    /// Likewise for the index files that are full.
    public long indexMsgTimestamp() {
        return segment.get(LONG, INDEX_MSG_TIMESTAMP);
    }

    /// Only by what flushes the index.
    public void indexMsgTimestamp(long storeTimestamp) {
        segment.set(LONG, INDEX_MSG_TIMESTAMP, storeTimestamp);
    }

    /// Where the last record begins whose queue entry is known to be on disk; 0 for unknown.
    public long logicsPhysicalOffset() {
        return segment.get(LONG, LOGICS_PHYSICAL_OFFSET);
    }

    /// Only by what flushes the consume queues.
    public void logics(long storeTimestamp, long commitLogOffset) {
        segment.set(LONG, LOGICS_MSG_TIMESTAMP, storeTimestamp);
        segment.set(LONG, LOGICS_PHYSICAL_OFFSET, commitLogOffset);
    }

    /// Only by what flushes the log.
    public void physicMsgTimestamp(long storeTimestamp) {
        segment.set(LONG, PHYSIC_MSG_TIMESTAMP, storeTimestamp);
    }

    /// What counts at recovery: the smaller of log and queue, minus 3 s; 0 when one is unknown.
    public long minTimestamp() {
        return Math.max(0, Math.min(physicMsgTimestamp(), logicsMsgTimestamp()) - SAFETY_MS);
    }

    /// All fields, in their order.
    public List<Long> values() {
        List<Long> values = new ArrayList<>();
        for (int position = 0; position <= LOGICS_PHYSICAL_OFFSET; position += Long.BYTES) {
            values.add(segment.get(LONG, position));
        }
        return values;
    }

    /// After a flush that failed the page counts as clean though the disk does not have it: it is written again first.
    public void flush() throws IOException {
        if (failed) {
            file.write(0, segment, 0, BYTES);
        }
        try {
            file.force(0, BYTES);
        } catch (IOException e) {
            failed = true;
            throw e;
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
