package dev.storescope.engine.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexFileTest {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final IndexGeometry GEOMETRY = new IndexGeometry(10, 20);
    private static final Path PATH = Path.of("/index/20260101000000000");
    private static final int COUNT = 36;
    private static final long T0 = 1_000_000;

    private final UnforcedDisk disk = new UnforcedDisk();
    private MemorySegment bytes;
    private IndexFile file;

    @BeforeEach
    void setUp() throws IOException {
        disk.createDirectories(PATH.getParent());
        DiskFile diskFile = disk.createSparse(PATH, GEOMETRY.fileSizeBytes());
        bytes = diskFile.map();
        file = new IndexFile(diskFile, GEOMETRY);
    }

    @Test
    void shouldLayOutHeaderSlotsAndEntriesAsTheFormatSays() {
        // when
        file.put(3, 100, T0);
        file.put(13, 200, T0 + 2_999);
        file.put(4, 200, T0 + 2_999);

        // then
        assertThat(GEOMETRY.fileSizeBytes()).isEqualTo(40 + 4 * 10 + 20 * 20);
        assertThat(longs(0, 4)).containsExactly(T0, T0 + 2_999, 100L, 200L);
        assertThat(ints(32, 2)).as("used slots, count").containsExactly(2, 4);
        assertThat(ints(40, 10)).as("slots").containsExactly(0, 0, 0, 2, 3, 0, 0, 0, 0, 0);
        assertThat(ints(80, 5)).as("entry 0 is never used").containsOnly(0);
        assertThat(entry(1)).containsExactly(3L, 100L, 0L, 0L);
        assertThat(entry(2)).as("in the chain of entry 1").containsExactly(13L, 200L, 2L, 1L);
        assertThat(entry(3)).containsExactly(4L, 200L, 2L, 0L);
    }

    @Test
    void shouldHoldOneEntryLessThanItsGeometrySays() {
        // when
        while (!file.isFull()) {
            file.put(1, 7, T0);
        }

        // then
        assertThat(file.entries()).isEqualTo(19);
        assertThat(file.fault()).isEmpty();
    }

    @Test
    void shouldBeginWhereTheOneBeforeEndsUntilItsFirstEntry() throws IOException {
        // given
        try (DiskFile again = disk.open(PATH)) {
            IndexFile.begin(again.map(), 500, T0);
        }
        assertThat(longs(0, 4)).containsExactly(T0, T0, 500L, 500L);

        // when
        file.put(1, 600, T0 + 1_500);

        // then
        assertThat(longs(0, 4)).containsExactly(T0 + 1_500, T0 + 1_500, 600L, 600L);
        assertThat(entry(1)).as("seconds since the begin time as it was before").containsExactly(1L, 600L, 1L, 0L);
    }

    @Test
    void shouldClampTheSecondsOfAnEntry() {
        // given
        file.put(1, 0, T0);

        // when
        file.put(2, 100, T0 - 5_000);
        file.put(3, 200, Long.MAX_VALUE / 2);

        // then
        assertThat(entry(2)[2]).isZero();
        assertThat(entry(3)[2]).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void shouldFindTheNewestFirstWithinTheTimeToTheSecond() {
        // given
        for (int second = 0; second < 9; second++) {
            file.put(3, 100 * second, T0 + 1_000 * second);
            file.put(13, 100 * second + 1, T0 + 1_000 * second);
        }
        file.put(3, 5_000, T0 + 8_999);

        // when, then
        assertThat(select(3, 0, Long.MAX_VALUE, 4)).containsExactly(5_000L, 800L, 700L, 600L);
        assertThat(select(3, T0 + 2_000, T0 + 4_000, 100)).containsExactly(400L, 300L, 200L);
        assertThat(select(3, T0 + 2_001, T0 + 3_999, 100)).containsExactly(300L);
        assertThat(select(23, 0, Long.MAX_VALUE, 100)).as("another key of the same slot").isEmpty();
    }

    @Test
    void shouldTakeALinkThatDoesNotGoBackForTheEndOfItsChain() {
        // given
        file.put(3, 100, T0);
        file.put(3, 200, T0);
        file.put(3, 300, T0);
        long linkOfSecond = GEOMETRY.entryPosition(2) + 16;
        for (int link : new int[] {2, 3, 19, 20, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            // when
            bytes.set(INT, linkOfSecond, link);

            // then
            assertThat(select(3, 0, Long.MAX_VALUE, 100)).as("link %d", link).containsExactly(300L, 200L);
        }
    }

    @Test
    void shouldTakeASlotBeyondTheEntriesForNone() {
        // given
        file.put(3, 100, T0);
        for (int slot : new int[] {2, 19, Integer.MAX_VALUE, -1}) {
            // when
            bytes.set(INT, GEOMETRY.slotPosition(3), slot);

            // then
            assertThat(select(3, 0, Long.MAX_VALUE, 100)).as("slot %d", slot).isEmpty();
        }
        file.put(3, 200, T0);
        assertThat(entry(2)).as("begins a chain of its own").containsExactly(3L, 200L, 0L, 0L);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 21, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void shouldReadNothingOutsideWhateverItsCountSays(int count) throws IOException {
        // given
        bytes.set(INT, COUNT, count);

        // when
        IndexFile opened = new IndexFile(disk.open(PATH), GEOMETRY);

        // then
        assertThat(opened.fault()).contains("count", String.valueOf(count));
        assertThat(opened.entries()).isBetween(0, 19);
        assertThat(opened.entriesOfLastMessage()).isBetween(0, 19);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void shouldComeToAnEndWhateverBytesTheFileHas(long seed) throws IOException {
        // given
        Random random = new Random(seed);
        for (long at = 40; at < bytes.byteSize(); at += Integer.BYTES) {
            bytes.set(INT, at, random.nextInt(40) - 5);
        }
        bytes.set(INT, COUNT, 20);

        // when
        IndexFile opened = new IndexFile(disk.open(PATH), GEOMETRY);

        // then
        for (int hash = 0; hash < 40; hash++) {
            assertThat(select(opened, hash, Long.MIN_VALUE, Long.MAX_VALUE, 1_000)).as("seed %d", seed)
                    .hasSizeLessThan(20);
        }
    }

    private List<Long> select(int hash, long begin, long end, int max) {
        return select(file, hash, begin, end, max);
    }

    private static List<Long> select(IndexFile file, int hash, long begin, long end, int max) {
        List<Long> found = new ArrayList<>();
        file.select(hash, begin, end, new IndexFile.OffsetSink() {
            @Override
            public boolean hasEnough() {
                return found.size() >= max;
            }

            @Override
            public void take(long commitLogOffset) {
                found.add(commitLogOffset);
            }
        });
        return found;
    }

    private long[] longs(long position, int count) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = bytes.get(LONG, position + (long) Long.BYTES * i);
        }
        return values;
    }

    private int[] ints(long position, int count) {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = bytes.get(INT, position + (long) Integer.BYTES * i);
        }
        return values;
    }

    /// Hash, offset, seconds, entry before.
    private long[] entry(int entry) {
        long at = 80 + 20L * entry;
        return new long[] {bytes.get(INT, at), bytes.get(LONG, at + 4), bytes.get(INT, at + 12),
            bytes.get(INT, at + 16)};
    }
}
