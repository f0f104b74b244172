package dev.storescope.engine.env;

import com.sun.management.OperatingSystemMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;

/// The machine's memory. Locking and advising work on Linux; elsewhere the answer says that they do not.
final class LiveMemory implements StoreMemory {
    private static final int PAGE_BYTES = 4096;

    @Override
    public Block allocate(long sizeBytes) {
        Arena arena = Arena.ofShared();
        try {
            return new ArenaBlock(arena, arena.allocate(sizeBytes, PAGE_BYTES));
        } catch (OutOfMemoryError e) {
            arena.close();
            throw e;
        }
    }

    @Override
    public MemoryLock lock(MemorySegment segment) {
        if (!segment.isNative()) {
            return new MemoryLock(false, "mlock: memory on the heap cannot be locked");
        }
        return LinuxCalls.find()
                .map(calls -> calls.mlock(segment))
                .orElseGet(() -> new MemoryLock(false, "mlock: " + LinuxCalls.whyMissing()));
    }

    @Override
    public void unlock(MemorySegment segment) {
        if (segment.isNative()) {
            LinuxCalls.find().ifPresent(calls -> calls.munlock(segment));
        }
    }

    @Override
    public void adviseWillNeed(MemorySegment segment) {
        if (segment.isNative()) {
            LinuxCalls.find().ifPresent(calls -> calls.adviseWillNeed(segment));
        }
    }

    @Override
    public void adviseRandom(MemorySegment segment) {
        LinuxCalls.find().ifPresent(calls -> calls.adviseRandom(segment));
    }

    @Override
    public void adviseNormal(MemorySegment segment) {
        LinuxCalls.find().ifPresent(calls -> calls.adviseNormal(segment));
    }

    @Override
    public long totalBytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Runtime.getRuntime().maxMemory();
    }

    private record ArenaBlock(Arena arena, MemorySegment segment) implements Block {
        @Override
        public void close() {
            arena.close();
        }
    }
}
