package dev.storescope.engine.sim.disk;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/// Memory for page caches and buffers, used again by one world after the other: a million of them must not wait for the
/// garbage collector.
///
/// It is never freed while the pool has it, so that who still reads what was given back sees wrong bytes and no crash.
///
/// Threads: any.
public final class NativePages {
    private static final long PAGE_BYTES = 4096;
    /// From here on memory is taken only for what is written.
    private static final long SPARSE_FROM_BYTES = 64L << 20;
    private static final long MOST_KEPT_BYTES = 128L << 20;
    private static final Map<Long, Deque<MemorySegment>> FREE = new TreeMap<>();
    private static long keptBytes;

    private NativePages() {
    }

    /// Zeros: so many whole pages that `sizeBytes` fit into.
    public static MemorySegment take(long sizeBytes) {
        long rounded = Math.max(1, Math.ceilDiv(sizeBytes, PAGE_BYTES)) * PAGE_BYTES;
        if (rounded >= SPARSE_FROM_BYTES) {
            return sparse(rounded);
        }
        MemorySegment used = pollUsed(rounded);
        if (used == null) {
            return Arena.ofAuto().allocate(rounded, PAGE_BYTES);
        }
        used.fill((byte) 0);
        return used;
    }

    private static synchronized MemorySegment pollUsed(long rounded) {
        Deque<MemorySegment> free = FREE.get(rounded);
        MemorySegment used = free == null ? null : free.pollFirst();
        if (used != null) {
            keptBytes -= rounded;
        }
        return used;
    }

    /// The pair of [#take]; nobody uses it any more.
    public static synchronized void giveBack(MemorySegment taken) {
        long bytes = taken.byteSize();
        if (bytes < SPARSE_FROM_BYTES && keptBytes + bytes <= MOST_KEPT_BYTES) {
            keptBytes += bytes;
            FREE.computeIfAbsent(bytes, size -> new ArrayDeque<>()).addFirst(taken);
        }
    }

    private static MemorySegment sparse(long sizeBytes) {
        try {
            Path hole = Files.createTempFile("storescope-", ".sparse");
            try (FileChannel channel = FileChannel.open(hole, READ, WRITE, DELETE_ON_CLOSE)) {
                return channel.map(MapMode.READ_WRITE, 0, sizeBytes, Arena.ofAuto());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no memory for a page cache of " + sizeBytes + " bytes", e);
        }
    }
}
