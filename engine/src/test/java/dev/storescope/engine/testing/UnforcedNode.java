package dev.storescope.engine.testing;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongPredicate;

/// The content of one file of an [UnforcedDisk]: what the page cache has, and what the platter has.
///
/// Threads: guarded by the disk, but for the bytes of the cache, which mappings see.
final class UnforcedNode {
    static final int PAGE_BYTES = 4096;

    /// Pages that differ from zeros; the last one is as long as the others.
    private final Map<Long, byte[]> platter = new HashMap<>();
    /// Pages that a failed force took off the list of dirty ones, as they were then.
    private final Map<Long, byte[]> givenUp = new HashMap<>();
    private MemorySegment cache;
    private long platterSizeBytes;
    private int mappings;

    /// @param platterSizeBytes how long the file is when the power fails at once
    UnforcedNode(long sizeBytes, long platterSizeBytes) {
        this.cache = zeros(sizeBytes);
        this.platterSizeBytes = platterSizeBytes;
    }

    MemorySegment cache() {
        return cache;
    }

    long sizeBytes() {
        return cache.byteSize();
    }

    void mapped() {
        mappings++;
    }

    void unmapped() {
        mappings--;
    }

    void resize(long sizeBytes) {
        if (mappings > 0) {
            throw new UnsupportedOperationException("changing the length of a mapped file is not modelled");
        }
        MemorySegment resized = zeros(sizeBytes);
        long keptBytes = Math.min(sizeBytes, cache.byteSize());
        MemorySegment.copy(cache, 0, resized, 0, keptBytes);
        cache = resized;
    }

    /// Copies the pages of the range to the platter, but for those that were given up and not written since.
    void force(long position, long lengthBytes) {
        for (long page = firstPage(position); page <= lastPage(position, lengthBytes); page++) {
            byte[] content = cachedPage(page);
            if (!Arrays.equals(content, givenUp.get(page))) {
                givenUp.remove(page);
                platter.put(page, content);
            }
        }
        platterSizeBytes = cache.byteSize();
    }

    /// Pages that are written through the file are dirty again, also those that a failed force gave up.
    void written(long position, long lengthBytes) {
        for (long page = firstPage(position); page <= lastPage(position, lengthBytes); page++) {
            givenUp.remove(page);
        }
    }

    /// What Linux does with the pages of a failed force: they count as clean and are not on the platter.
    void giveUp(long position, long lengthBytes) {
        for (long page = firstPage(position); page <= lastPage(position, lengthBytes); page++) {
            byte[] content = cachedPage(page);
            if (!Arrays.equals(content, platterPage(page))) {
                givenUp.put(page, content);
            }
        }
    }

    /// What is left when the power fails.
    ///
    /// @param writtenBack which pages the system has written back of its own accord
    UnforcedNode afterPowerCut(LongPredicate writtenBack) {
        UnforcedNode left = new UnforcedNode(platterSizeBytes, platterSizeBytes);
        for (long page = 0; page * PAGE_BYTES < platterSizeBytes; page++) {
            boolean cached = page * PAGE_BYTES < cache.byteSize() && !givenUp.containsKey(page)
                    && writtenBack.test(page);
            byte[] content = cached ? cachedPage(page) : platterPage(page);
            left.platter.put(page, content);
            left.putPage(page, content);
        }
        return left;
    }

    /// What is left when the process dies: the page cache too.
    UnforcedNode afterKill() {
        UnforcedNode left = new UnforcedNode(cache.byteSize(), platterSizeBytes);
        left.cache.copyFrom(cache);
        left.platter.putAll(platter);
        left.givenUp.putAll(givenUp);
        return left;
    }

    /// Whether the platter has what the cache has.
    boolean isForced(long position, long lengthBytes) {
        for (long page = firstPage(position); page <= lastPage(position, lengthBytes); page++) {
            if (!Arrays.equals(cachedPage(page), platterPage(page))) {
                return false;
            }
        }
        return true;
    }

    private byte[] platterPage(long page) {
        return platter.getOrDefault(page, new byte[PAGE_BYTES]);
    }

    private byte[] cachedPage(long page) {
        byte[] content = new byte[PAGE_BYTES];
        long position = page * PAGE_BYTES;
        int bytes = (int) Math.max(0, Math.min(PAGE_BYTES, cache.byteSize() - position));
        MemorySegment.copy(cache, ValueLayout.JAVA_BYTE, position, content, 0, bytes);
        return content;
    }

    private void putPage(long page, byte[] content) {
        long position = page * PAGE_BYTES;
        int bytes = (int) Math.min(PAGE_BYTES, cache.byteSize() - position);
        MemorySegment.copy(content, 0, cache, ValueLayout.JAVA_BYTE, position, bytes);
    }

    private static long firstPage(long position) {
        return position / PAGE_BYTES;
    }

    private static long lastPage(long position, long lengthBytes) {
        return lengthBytes == 0 ? -1 : (position + lengthBytes - 1) / PAGE_BYTES;
    }

    private static MemorySegment zeros(long sizeBytes) {
        return Arena.ofAuto().allocate(sizeBytes, PAGE_BYTES);
    }
}
