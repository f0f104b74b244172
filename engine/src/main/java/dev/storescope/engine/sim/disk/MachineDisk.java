package dev.storescope.engine.sim.disk;

import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.env.FileDisk;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongSupplier;

/// Measures the disk that a directory lies on: how long it forces a page and how fast it writes many, how long it makes a
/// file. Takes about a second, and 16 MiB of room for as long.
///
/// Threads: one.
public final class MachineDisk {
    private static final int PAGE_BYTES = 4096;
    private static final int FILE_BYTES = 16 << 20;
    private static final int PIECE_BYTES = 4 << 20;
    private static final int MOST_FORCES = 64;
    private static final int FEWEST_FORCES = 8;
    private static final int PIECES = 3;
    private static final int FILES = 5;
    /// A slow disk is measured less often.
    private static final long MOST_NS = 500_000_000;
    /// What a disk in memory answers must not become a division by zero.
    private static final long LEAST_NS = 100;
    /// Of the absolute differences from the median of a normal distribution, the median is so much of its deviation.
    private static final double MEDIAN_OF_DEVIATION = 0.6745;

    private final FileDisk disk = new FileDisk();
    private final LongSupplier nanoTime;
    private final Path directory;

    private MachineDisk(Path directory, LongSupplier nanoTime) {
        this.directory = directory;
        this.nanoTime = nanoTime;
    }

    /// @param directory that exists; nothing is left in it
    public static DiskModel measure(Path directory) throws IOException {
        return measure(directory, System::nanoTime);
    }

    static DiskModel measure(Path directory, LongSupplier nanoTime) throws IOException {
        return new MachineDisk(directory, nanoTime).measure();
    }

    private DiskModel measure() throws IOException {
        Path path = directory.resolve(".storescope-measures-this-disk");
        disk.delete(path);
        try (DiskFile file = disk.create(path, FILE_BYTES)) {
            MemorySegment memory = file.map();
            memory.fill((byte) 1);
            file.force(0, FILE_BYTES);
            long[] pageNs = forcePages(file, memory);
            long medianNs = Math.max(LEAST_NS, pageNs[pageNs.length / 2]);
            long pieceNs = Math.max(medianNs + LEAST_NS, forcePieces(file, memory));
            long bytesPerSecond = (long) (PIECE_BYTES * 1e9 / (pieceNs - medianNs));
            return DiskModel.measured(medianNs, bytesPerSecond, spread(pageNs), makeFiles(), forceDirectory());
        } finally {
            disk.delete(path);
        }
    }

    /// @return how long each took, the shortest first
    private long[] forcePages(DiskFile file, MemorySegment memory) throws IOException {
        long[] tookNs = new long[MOST_FORCES];
        long began = nanoTime.getAsLong();
        int count = 0;
        while (count < MOST_FORCES && (count < FEWEST_FORCES || nanoTime.getAsLong() - began < MOST_NS)) {
            long position = (long) count * PAGE_BYTES;
            memory.set(ValueLayout.JAVA_BYTE, position, (byte) 2);
            long before = nanoTime.getAsLong();
            file.force(position, PAGE_BYTES);
            tookNs[count++] = nanoTime.getAsLong() - before;
        }
        long[] sorted = Arrays.copyOf(tookNs, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private long forcePieces(DiskFile file, MemorySegment memory) throws IOException {
        long[] tookNs = new long[PIECES];
        for (int i = 0; i < PIECES; i++) {
            long position = (long) i * PIECE_BYTES;
            memory.asSlice(position, PIECE_BYTES).fill((byte) 3);
            long before = nanoTime.getAsLong();
            file.force(position, PIECE_BYTES);
            tookNs[i] = nanoTime.getAsLong() - before;
        }
        Arrays.sort(tookNs);
        return tookNs[PIECES / 2];
    }

    private static double spread(long[] sortedNs) {
        double median = StrictMath.log(Math.max(LEAST_NS, sortedNs[sortedNs.length / 2]));
        double[] differences = Arrays.stream(sortedNs)
                .mapToDouble(ns -> StrictMath.abs(StrictMath.log(Math.max(LEAST_NS, ns)) - median))
                .sorted()
                .toArray();
        return Math.min(1, differences[differences.length / 2] / MEDIAN_OF_DEVIATION);
    }

    private long makeFiles() throws IOException {
        long[] tookNs = new long[FILES];
        for (int i = 0; i < FILES; i++) {
            Path path = directory.resolve(".storescope-measures-this-disk-" + i);
            long before = nanoTime.getAsLong();
            disk.create(path, PAGE_BYTES).close();
            tookNs[i] = nanoTime.getAsLong() - before;
            disk.delete(path);
        }
        Arrays.sort(tookNs);
        return Math.max(LEAST_NS, tookNs[FILES / 2]);
    }

    private long forceDirectory() throws IOException {
        long before = nanoTime.getAsLong();
        disk.forceDirectory(directory);
        return Math.max(LEAST_NS, nanoTime.getAsLong() - before);
    }
}
