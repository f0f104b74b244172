package dev.storescope.engine.testing;

import dev.storescope.engine.env.StoreMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Memory that remembers what is locked and can refuse to lock.
public final class ManualMemory implements StoreMemory {
    private static final int PAGE_BYTES = 4096;

    private final List<Range> locked = new ArrayList<>();
    private final List<Range> advised = new ArrayList<>();
    private long totalBytes = 16L << 30;
    private String refusal = "";

    @Override
    public Block allocate(long sizeBytes) {
        Arena arena = Arena.ofShared();
        MemorySegment segment = arena.allocate(sizeBytes, PAGE_BYTES);
        return new Block() {
            @Override
            public MemorySegment segment() {
                return segment;
            }

            @Override
            public void close() {
                arena.close();
            }
        };
    }

    @Override
    public synchronized MemoryLock lock(MemorySegment segment) {
        if (!refusal.isEmpty()) {
            return new MemoryLock(false, refusal);
        }
        locked.add(Range.of(segment));
        return MemoryLock.LOCKED;
    }

    @Override
    public synchronized void unlock(MemorySegment segment) {
        locked.remove(Range.of(segment));
    }

    @Override
    public synchronized void adviseWillNeed(MemorySegment segment) {
        advised.add(Range.of(segment));
    }

    @Override
    public synchronized long totalBytes() {
        return totalBytes;
    }

    /// So much memory has the machine; 16 GiB before.
    public synchronized void totalBytes(long bytes) {
        totalBytes = bytes;
    }

    /// From now on nothing is locked, for this reason.
    public synchronized void refuseLocks(String reason) {
        refusal = reason;
    }

    public synchronized void allowLocks() {
        refusal = "";
    }

    /// Bytes that are locked and not yet unlocked.
    public synchronized long lockedBytes() {
        return locked.stream().mapToLong(Range::sizeBytes).sum();
    }

    public synchronized boolean isLocked(MemorySegment segment) {
        return locked.contains(Range.of(segment));
    }

    public synchronized boolean isAdvised(MemorySegment segment) {
        return advised.contains(Range.of(segment));
    }

    /// Bytes that are said to be needed soon.
    public synchronized long advisedBytes() {
        return advised.stream().mapToLong(Range::sizeBytes).sum();
    }

    private record Range(long address, long sizeBytes) {
        static Range of(MemorySegment segment) {
            return new Range(segment.address(), segment.byteSize());
        }
    }
}
