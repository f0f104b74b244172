package dev.storescope.engine.env;

import java.lang.foreign.MemorySegment;

/// Memory outside the heap, and what may be asked of the system about it.
public interface StoreMemory {
    /// Zeroed memory, aligned to a page of 4 KiB. Close it.
    Block allocate(long sizeBytes);

    /// Locks the pages of `segment` in physical memory (`mlock`). The pair of [#unlock].
    MemoryLock lock(MemorySegment segment);

    /// Lets the pages be swapped and evicted again (`munlock`). Unlocking what is not locked does nothing.
    void unlock(MemorySegment segment);

    /// Tells the system that the pages will be needed soon (`madvise` with `MADV_WILLNEED`); may do nothing.
    void adviseWillNeed(MemorySegment segment);

    /// Tells the system to bring only those pages of a mapping that are touched, and none ahead of them (`madvise` with
    /// `MADV_RANDOM`), until [#adviseNormal]; may do nothing.
    default void adviseRandom(MemorySegment segment) {
        // nothing is read ahead where nothing is a file's
    }

    /// Takes [#adviseRandom] back.
    default void adviseNormal(MemorySegment segment) {
        // it did nothing
    }

    /// How much memory the machine has, as a measure of what its page cache can hold.
    long totalBytes();

    /// Memory of the environment's, lent until it is closed.
    interface Block extends AutoCloseable {
        MemorySegment segment();

        /// Gives it back; whoever uses the segment after gets an [IllegalStateException].
        @Override
        void close();
    }

    /// How an attempt to lock memory ended.
    ///
    /// @param locked whether the pages are locked
    /// @param reason "" when they are; else what the system said, to be shown
    record MemoryLock(boolean locked, String reason) {
        public static final MemoryLock LOCKED = new MemoryLock(true, "");
    }
}
