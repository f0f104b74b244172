package dev.storescope.engine.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `flushed <= committed <= wrote <= size`, and each position says the truth about the bytes before it, after any
/// sequence of appends, commits and flushes, some of which fail.
class FilePositionsTest {
    private static final int PAGES = 12;
    private static final long FILE_BYTES = PAGES * 4096L;
    private static final int STEPS = 150;

    private final byte[] expected = new byte[(int) FILE_BYTES];
    private Random random;
    private FileParts parts;
    private MappedFile file;
    private long wrote;
    private long committed;
    private long flushed;
    /// Then the file is never forced again, as the engine has it.
    private boolean forceFailed;

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldKeepTheirOrderWithoutAWriteBuffer(long seed) throws IOException {
        parts = FileParts.withoutPool(FILE_BYTES);
        walk(seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldKeepTheirOrderWithAWriteBuffer(long seed) throws IOException {
        parts = FileParts.withPool(FILE_BYTES, 1);
        walk(seed);
    }

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    private void walk(long seed) throws IOException {
        // given
        random = new Random(seed);
        file = parts.newFile(FILE_BYTES);
        for (int step = 0; step < STEPS; step++) {
            // when
            switch (random.nextInt(5)) {
                case 0, 1 -> append();
                case 2, 3 -> commit();
                default -> flush();
            }
            // then
            assertPositions("seed %d, step %d".formatted(seed, step));
        }
        assertOnDisk("seed " + seed);
    }

    private void append() {
        int bytes = (int) Math.min(FILE_BYTES - wrote, random.nextInt(1 << random.nextInt(1, 14)));
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        System.arraycopy(content, 0, expected, (int) wrote, bytes);
        MemorySegment.copy(content, 0, file.appendTarget(), ValueLayout.JAVA_BYTE, wrote, bytes);
        wrote += bytes;
        file.advanceWrote(wrote, 1);
    }

    private void commit() {
        long limit = random.nextBoolean() ? wrote : committedNow() + random.nextLong(wrote - committedNow() + 1);
        long leastPages = random.nextInt(4);
        boolean due = isDue(committedNow(), limit, leastPages);
        assertThat(file.isCommitDue(limit, leastPages)).isEqualTo(due);
        if (due && !failsSometimes(() -> parts.disk.faults().failNextWrite(), () -> file.commit(limit))) {
            committed = limit;
        }
    }

    private void flush() {
        if (forceFailed) {
            return;
        }
        long limit = random.nextBoolean() ? committedNow() : flushed + random.nextLong(committedNow() - flushed + 1);
        long leastPages = random.nextInt(4);
        boolean due = isDue(flushed, limit, leastPages);
        assertThat(file.isFlushDue(limit, leastPages)).isEqualTo(due);
        if (due) {
            forceFailed = failsSometimes(() -> parts.disk.faults().failNextForce(), () -> file.flush(limit));
            flushed = forceFailed ? flushed : limit;
        }
    }

    /// @return whether it failed, as it was to
    private boolean failsSometimes(Runnable fault, Action action) {
        boolean toFail = random.nextInt(20) == 0;
        if (toFail) {
            fault.run();
        }
        try {
            action.run();
            parts.disk.faults().heal();
            return false;
        } catch (IOException e) {
            assertThat(toFail).isTrue();
            return true;
        }
    }

    private static boolean isDue(long done, long limit, long leastPages) {
        return limit > done
                && (limit == FILE_BYTES || leastPages == 0 || limit / 4096 - done / 4096 >= leastPages);
    }

    private long committedNow() {
        return parts.pool.acts() ? committed : wrote;
    }

    private void assertPositions(String when) {
        assertThat(file.flushedPosition()).as(when).isEqualTo(flushed).isLessThanOrEqualTo(file.committedPosition());
        assertThat(file.committedPosition()).as(when)
                .isEqualTo(committedNow())
                .isLessThanOrEqualTo(file.wrotePosition());
        assertThat(file.wrotePosition()).as(when).isEqualTo(wrote).isLessThanOrEqualTo(file.sizeBytes());
        assertThat(file.hasWriteBuffer()).as(when).isEqualTo(parts.pool.acts() && committed < FILE_BYTES);

        byte[] readable = Arrays.copyOf(Arrays.copyOf(expected, (int) committedNow()), (int) FILE_BYTES);
        assertThat(Arrays.mismatch(file.mapping().toArray(ValueLayout.JAVA_BYTE), readable))
                .as("%s: first byte of the page cache that differs", when)
                .isEqualTo(-1);
    }

    /// What lies before flushed outlives a power failure, whatever failed after.
    private void assertOnDisk(String when) throws IOException {
        UnforcedDisk left = parts.disk.powerCut();
        byte[] kept = left.readAll(FileParts.path(FILE_BYTES));
        assertThat(Arrays.mismatch(Arrays.copyOf(kept, (int) flushed), Arrays.copyOf(expected, (int) flushed)))
                .as("%s: first flushed byte that is lost", when)
                .isEqualTo(-1);
    }

    private interface Action {
        void run() throws IOException;
    }
}
