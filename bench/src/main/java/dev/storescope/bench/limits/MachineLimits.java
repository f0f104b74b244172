package dev.storescope.bench.limits;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/// Measures what a store is made of, without a store: copying into a mapped file, forcing, writing, CRC.
///
/// The file is written and forced beforehand, so that neither pages nor blocks are new.
///
/// Threads: one.
public final class MachineLimits {
    /// A record of 1 KiB of body, about.
    private static final int RECORD_BYTES = 1_216;
    private static final int BODY_BYTES = 1_024;
    private static final int QUEUES = 16;
    private static final int PAGE_BYTES = 4_096;
    private static final int PIECE_BYTES = 1 << 16;
    /// What 256 puts of 1 KiB under way give one force, about.
    private static final int BATCH_BYTES = 1 << 18;
    private static final long FILE_BYTES = 256L << 20;
    private static final int REPETITIONS = 5;
    private static final long REPETITION_NS = 300_000_000L;
    private static final int CLOCK_INTERVAL = 16;

    private final FileChannel channel;
    private final MemorySegment mapping;
    private final byte[] record = new byte[RECORD_BYTES];
    private final ByteBuffer direct = ByteBuffer.allocateDirect(BATCH_BYTES);
    private final CRC32 crc = new CRC32();
    private long position;
    private long apartPosition;
    private long sum;

    private MachineLimits(FileChannel channel, MemorySegment mapping) {
        this.channel = channel;
        this.mapping = mapping;
        new Random(1).nextBytes(record);
    }

    /// @param directory on the disk that is measured
    public static List<Limit> measure(Path directory) throws IOException {
        Path file = directory.resolve("limits");
        try (Arena arena = Arena.ofShared();
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE_BYTES);
            for (long at = 0; at < FILE_BYTES; at += PIECE_BYTES) {
                channel.write(zeros.clear(), at);
            }
            channel.force(true);
            MemorySegment mapping = channel.map(MapMode.READ_WRITE, 0, FILE_BYTES, arena);
            for (long at = 0; at < FILE_BYTES; at += PAGE_BYTES) {
                mapping.set(ValueLayout.JAVA_BYTE, at, (byte) 1);
            }
            mapping.force();
            return new MachineLimits(channel, mapping).all();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private List<Limit> all() {
        List<Limit> limits = new ArrayList<>();
        limits.add(limit("crc32", "CRC32 of 1 KiB", BODY_BYTES, this::checksum));
        limits.add(limit("mapped-copy", "copy of 1,216 bytes into a mapped warm file", RECORD_BYTES, this::copy));
        limits.add(limit("mapped-read", "reading every byte of 1,216 in a mapped warm file", RECORD_BYTES, this::read));
        limits.add(limit("mapped-read-apart", "likewise, of each 16th record, as they lie for one of 16 queues",
                RECORD_BYTES, this::readApart));
        limits.add(limit("channel-write", "channel write of 1,216 bytes", RECORD_BYTES, () -> write(RECORD_BYTES)));
        limits.add(limit("channel-write-64k", "channel write of 64 KiB", PIECE_BYTES, () -> write(PIECE_BYTES)));
        limits.add(limit("fdatasync", "channel write of 4 KiB and fdatasync, file written before", PAGE_BYTES,
                () -> writeAndForce(PAGE_BYTES)));
        limits.add(limit("fdatasync-64k", "channel write of 64 KiB and fdatasync, file written before", PIECE_BYTES,
                () -> writeAndForce(PIECE_BYTES)));
        limits.add(limit("fdatasync-256k", "channel write of 256 KiB and fdatasync, file written before", BATCH_BYTES,
                () -> writeAndForce(BATCH_BYTES)));
        limits.add(limit("msync", "4 KiB dirty in a mapped file and msync, file written before", 0,
                this::dirtyAndForce));
        limits.add(limit("msync-64k", "64 KiB written through the channel and msync, file written before", PIECE_BYTES,
                this::writeAndSync));
        limits.add(Wakes.measure());
        limits.add(limit("nano-time", "reading the clock", 0, () -> sum += System.nanoTime()));
        return limits;
    }

    private Limit limit(String id, String title, long bytesEach, Runnable what) {
        double[] rates = new double[REPETITIONS];
        rate(what);
        for (int i = 0; i < REPETITIONS; i++) {
            rates[i] = rate(what);
        }
        return Limit.of(id, title, bytesEach, rates);
    }

    private static double rate(Runnable what) {
        long began = System.nanoTime();
        long now = began;
        long done = 0;
        while (now - began < REPETITION_NS) {
            for (int i = 0; i < CLOCK_INTERVAL; i++) {
                what.run();
            }
            done += CLOCK_INTERVAL;
            now = System.nanoTime();
        }
        return done / ((now - began) / 1e9);
    }

    private long next(int bytes) {
        if (position + bytes > FILE_BYTES) {
            position = 0;
        }
        long at = position;
        position += bytes;
        return at;
    }

    private void checksum() {
        crc.reset();
        crc.update(record, 0, BODY_BYTES);
        sum += crc.getValue();
    }

    private void copy() {
        MemorySegment.copy(record, 0, mapping, ValueLayout.JAVA_BYTE, next(RECORD_BYTES), RECORD_BYTES);
    }

    private void read() {
        read(next(RECORD_BYTES));
    }

    /// Queue after queue.
    private void readApart() {
        long stepBytes = (long) QUEUES * RECORD_BYTES;
        if (apartPosition + RECORD_BYTES > FILE_BYTES) {
            apartPosition = (apartPosition + RECORD_BYTES) % stepBytes;
        }
        read(apartPosition);
        apartPosition += stepBytes;
    }

    /// By words, counted with an int: the compiler then takes the checks out of the loop.
    private void read(long from) {
        MemorySegment bytes = mapping.asSlice(from, RECORD_BYTES);
        long words = 0;
        for (int i = 0; i < RECORD_BYTES / Long.BYTES; i++) {
            words += bytes.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, i);
        }
        sum += words;
    }

    private void write(int bytes) {
        try {
            direct.clear().limit(bytes);
            channel.write(direct, next(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeAndForce(int bytes) {
        try {
            direct.clear().limit(bytes);
            channel.write(direct, next(bytes));
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void dirtyAndForce() {
        long at = next(PAGE_BYTES) / PAGE_BYTES * PAGE_BYTES;
        MemorySegment.copy(record, 0, mapping, ValueLayout.JAVA_BYTE, at, RECORD_BYTES);
        mapping.asSlice(at, PAGE_BYTES).force();
    }

    private void writeAndSync() {
        int bytes = PIECE_BYTES;
        long at = next(bytes);
        try {
            direct.clear().limit(bytes);
            channel.write(direct, at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        mapping.asSlice(at, bytes).force();
    }

    /// What was read and reckoned, so that none of it can be left out.
    long sum() {
        return sum;
    }
}
