package dev.storescope.engine.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Any sequence of what a row can do, readers, failures and power cuts among it: what was forced is there, the row has no
/// hole, behind its end are zeros, and who reads sees what was put.
class RowWalkTest {
    private static final long FILE_BYTES = 4096;
    private static final Path DIRECTORY = FileParts.ROOT.resolve("consumequeue/topic/0");
    private static final int STEPS = 250;
    private static final long FORCIBLY_NS = Duration.ofSeconds(120).toNanos();

    private final List<Lease> leases = new ArrayList<>();
    private Random random;
    private UnforcedDisk disk;
    private FileParts parts;
    private MappedFileQueue row;
    private String where;
    /// What the row holds; `bytes[i]` is that of offset `base + i`.
    private byte[] bytes = {};
    private long base;
    private long min;
    private long end;
    private long flushed;

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldHoldWhatItPromises(long seed) throws IOException {
        // given
        random = new Random(seed);
        base = random.nextInt(5) * FILE_BYTES;
        bytes = new byte[STEPS * 1_500 + (int) FILE_BYTES];
        open(new UnforcedDisk(UnforcedDisk.Entries.DURABLE_WHEN_FORCED));
        min = base;
        end = base;
        flushed = base;
        for (int step = 0; step < STEPS; step++) {
            where = "seed %d, step %d".formatted(seed, step);
            // when
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> append();
                case 4, 5 -> flush();
                case 6 -> deleteBefore();
                case 7 -> truncate();
                case 8 -> read();
                case 9 -> letGo();
                case 10 -> parts.environment.clock().advance(Duration.ofSeconds(random.nextInt(90)));
                default -> cutPowerSometimes();
            }
            // then
            check();
        }
    }

    private void open(UnforcedDisk on) throws IOException {
        disk = on;
        parts = FileParts.on(on, FILE_BYTES);
        row = parts.newRow(DIRECTORY);
        row.load();
    }

    private void append() throws IOException {
        int left = random.nextInt(1, 1_500);
        while (left > 0) {
            MappedFile file = row.lastOrCreate(end);
            long position = end - file.fromOffset();
            int length = (int) Math.min(left, file.sizeBytes() - position);
            byte[] put = new byte[length];
            random.nextBytes(put);
            MemorySegment.copy(put, 0, file.appendTarget(), ValueLayout.JAVA_BYTE, position, length);
            file.advanceWrote(position + length, 1);
            System.arraycopy(put, 0, bytes, (int) (end - base), length);
            end += length;
            left -= length;
        }
    }

    private void flush() throws IOException {
        if (row.last().isEmpty()) {
            return;
        }
        long leastPages = random.nextInt(3);
        if (random.nextInt(20) == 0) {
            disk.faults().failNextForce();
            try {
                row.flush(leastPages);
            } catch (IOException e) {
                // Final: only what was forced before counts, and nobody goes on with this row.
                flushed = row.flushedWhere();
                cutPower();
                return;
            } finally {
                disk.faults().heal();
            }
        } else {
            row.flush(leastPages);
        }
        flushed = row.flushedWhere();
        if (leastPages == 0) {
            assertThat(flushed).as(where).isEqualTo(row.wroteOffset());
        }
    }

    private void deleteBefore() throws IOException {
        // As the store has it: nothing is deleted that is not flushed.
        long before = min + random.nextLong(flushed - min + 1);
        if (random.nextInt(6) == 0) {
            disk.faults().beforeDelete(path -> {
                throw new UncheckedIOException(new IOException("in use"));
            });
        }
        try {
            row.deleteBefore(before);
            row.destroyHeld(FORCIBLY_NS);
        } catch (IOException e) {
            assertThat(e).as(where).hasMessage("in use");
        }
        disk.faults().beforeDelete(path -> {
        });
        List<MappedFile> files = row.files();
        if (!files.isEmpty()) {
            assertThat(files.getFirst().endOffset() > before || files.size() == 1).as(where).isTrue();
            assertThat(row.minOffset()).as(where).isGreaterThanOrEqualTo(min);
            min = row.minOffset();
            flushed = Math.max(flushed, min);
        }
    }

    private void truncate() throws IOException {
        if (row.last().isEmpty() || random.nextInt(3) > 0) {
            return;
        }
        long at = min + random.nextLong(end - min + 1);
        row.truncate(at);
        leases.removeIf(lease -> lease.wasCutAt(at));
        end = at;
        flushed = at;
    }

    private void read() {
        if (end > min) {
            long offset = min + random.nextLong(end - min);
            SelectMappedBufferResult lease = row.select(offset, random.nextInt(1, 2_000)).orElseThrow();
            byte[] expected = slice(offset, lease.sizeBytes());
            assertSame(expected, lease.segment().toArray(ValueLayout.JAVA_BYTE), where);
            leases.add(new Lease(lease, offset, expected));
        }
    }

    /// What was read may be read on, also when its file was deleted, unless it was taken by force after two minutes.
    private void letGo() {
        if (!leases.isEmpty()) {
            Lease one = leases.remove(random.nextInt(leases.size()));
            if (one.lease.segment().scope().isAlive()) {
                assertSame(one.expected, one.lease.segment().toArray(ValueLayout.JAVA_BYTE), where);
            } else {
                assertThat(one.offset).as(where).isLessThan(min);
            }
            one.lease.close();
        }
    }

    private void cutPowerSometimes() throws IOException {
        if (random.nextInt(3) == 0) {
            cutPower();
        }
    }

    /// Whoever opens the row again knows what was forced and ends it there.
    private void cutPower() throws IOException {
        leases.forEach(lease -> lease.lease.close());
        leases.clear();
        UnforcedDisk left = disk.powerCut(random.nextLong());
        open(left);
        if (row.last().isEmpty()) {
            assertThat(flushed).as(where + ": all that was forced").isEqualTo(min);
            end = min;
            return;
        }
        assertThat(row.minOffset()).as(where + ": what was deleted").isLessThanOrEqualTo(min);
        assertThat(row.wroteOffset()).as(where + ": what was forced").isGreaterThanOrEqualTo(flushed);
        assertHasNoHole();
        row.truncate(flushed);
        end = flushed;
        min = row.minOffset();
    }

    private void check() {
        assertHasNoHole();
        if (row.last().isEmpty()) {
            return;
        }
        assertThat(row.wroteOffset()).as(where).isEqualTo(end);
        assertThat(row.maxOffset()).as(where).isEqualTo(end);
        assertThat(row.flushedWhere()).as(where).isEqualTo(flushed).isBetween(row.minOffset(), end);
        assertThat(row.remainHowManyDataToFlush()).as(where).isEqualTo(end - flushed);
        for (MappedFile file : row.files()) {
            assertThat(row.find(file.fromOffset())).as(where).hasValue(file);
            assertThat(row.find(file.endOffset() - 1)).as(where).hasValue(file);
            long wrote = file.wrotePosition();
            byte[] content = file.mapping().toArray(ValueLayout.JAVA_BYTE);
            byte[] expected = new byte[(int) FILE_BYTES];
            System.arraycopy(slice(file.fromOffset(), (int) wrote), 0, expected, 0, (int) wrote);
            assertSame(expected, content, where + ", file " + file.name());
        }
    }

    private void assertHasNoHole() {
        long expected = row.minOffset();
        for (MappedFile file : row.files()) {
            assertThat(file.fromOffset()).as(where).isEqualTo(expected);
            expected = file.endOffset();
        }
    }

    private static void assertSame(byte[] expected, byte[] found, String description) {
        assertThat(Arrays.mismatch(expected, found)).as(description + ": first other byte").isEqualTo(-1);
    }

    private byte[] slice(long offset, int length) {
        byte[] slice = new byte[length];
        System.arraycopy(bytes, (int) (offset - base), slice, 0, length);
        return slice;
    }

    /// What a reader holds.
    private record Lease(SelectMappedBufferResult lease, long offset, byte[] expected) {
        private boolean wasCutAt(long end) {
            boolean cut = offset + expected.length > end;
            if (cut) {
                lease.close();
            }
            return cut;
        }
    }
}
