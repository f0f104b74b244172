package dev.storescope.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.file.MappedFileQueue.Options;
import dev.storescope.engine.queue.ConsumeQueue.Appended;
import dev.storescope.engine.testing.ManualEnvironment;
import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsumeQueueTest {
    private static final Path DIRECTORY = Path.of("/store/consumequeue/t/0");
    private static final int ENTRIES = 10;
    private static final int FILE_BYTES = ENTRIES * ConsumeQueueEntry.BYTES;

    private final UnforcedDisk disk = new UnforcedDisk();
    private ConsumeQueue queue;

    @BeforeEach
    void setUp() throws IOException {
        disk.createDirectories(DIRECTORY);
        queue = newQueue(disk);
    }

    @Test
    void shouldPutEntriesBigEndianOneBehindTheOther() throws IOException {
        // when
        queue.append(0, 0x0102030405060708L, 0x11121314, 0x2122232425262728L);
        queue.append(1, 500, 100, -1);
        // then
        ByteBuffer expected = ByteBuffer.allocate(FILE_BYTES)
                .putLong(0x0102030405060708L)
                .putInt(0x11121314)
                .putLong(0x2122232425262728L)
                .putLong(500)
                .putInt(100)
                .putLong(-1);
        assertThat(disk.readAll(DIRECTORY.resolve("00000000000000000000"))).isEqualTo(expected.array());
        assertThat(queue.entry(1)).contains(new ConsumeQueueEntry(500, 100, -1));
        assertThat(queue.entry(2)).isEmpty();
        assertThat(queue.entry(-1)).isEmpty();
        assertThat(queue.entry(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void shouldChangeNothingWhenAnEntryComesAgain() throws IOException {
        // given
        append(0, 25);
        byte[] before = disk.readAll(DIRECTORY.resolve("00000000000000000200"));
        // when, then
        assertThat(queue.append(13, 777, 1, 1)).isEqualTo(Appended.KNOWN);
        assertThat(disk.readAll(DIRECTORY.resolve("00000000000000000200"))).isEqualTo(before);
        assertThat(queue.maxQueueOffset()).isEqualTo(25);
    }

    @Test
    void shouldPutNothingBehindAGap() throws IOException {
        // given
        append(0, 3);
        // when, then
        assertThat(queue.append(4, 777, 1, 1)).isEqualTo(Appended.GAP);
        assertThat(queue.maxQueueOffset()).isEqualTo(3);
        assertThat(queue.append(3, 777, 1, 1)).isEqualTo(Appended.ADDED);
    }

    @Test
    void shouldFillItsFirstFileWithBlanksUpToTheFirstEntry() throws IOException {
        // when
        append(23, 2);
        // then
        assertThat(queue.files().files()).extracting(MappedFile::fromOffset).containsExactly(2L * FILE_BYTES);
        ByteBuffer bytes = ByteBuffer.wrap(disk.readAll(DIRECTORY.resolve("00000000000000000400")));
        for (int i = 0; i < 3; i++) {
            assertThat(ConsumeQueueEntry.read(MemorySegment.ofBuffer(bytes), i * 20L))
                    .isEqualTo(new ConsumeQueueEntry(0, Integer.MAX_VALUE, 0));
            assertThat(queue.entry(20 + i)).isEmpty();
        }
        assertThat(queue.minQueueOffset()).isEqualTo(23);
        assertThat(queue.maxQueueOffset()).isEqualTo(25);
    }

    @Test
    void shouldGiveEntriesUpToTheEndOfTheirFile() throws IOException {
        // given
        append(0, 25);
        // when, then
        assertThat(entriesAt(8, 100)).isEqualTo(2);
        assertThat(entriesAt(10, 3)).isEqualTo(3);
        assertThat(entriesAt(24, 100)).isEqualTo(1);
        assertThat(queue.select(25, 1)).isEmpty();
        assertThat(queue.rollNextFile(8)).isEqualTo(10);
        assertThat(queue.rollNextFile(10)).isEqualTo(20);
    }

    @Test
    void shouldFindItsEndWhenItIsOpenedAgain() throws IOException {
        // given
        append(0, 57);
        // when
        ConsumeQueue again = reopen();
        // then
        assertThat(again.maxQueueOffset()).isEqualTo(57);
        assertThat(again.minQueueOffset()).isZero();
        assertThat(again.append(57, 1, 1, 1)).isEqualTo(Appended.ADDED);
    }

    @Test
    void shouldEndAtTheFirstBadEntryOfItsLastThreeFiles() throws IOException {
        // given
        append(0, 57);
        queue.files().find(35 * 20).orElseThrow().mapping().asSlice(5 * 20, 20).fill((byte) 0);
        // when
        ConsumeQueue again = reopen();
        // then
        assertThat(again.maxQueueOffset()).isEqualTo(35);
        assertThat(again.files().files()).hasSize(4);
        assertThat(again.append(35, 1, 1, 1)).isEqualTo(Appended.ADDED);
        assertThat(again.entry(36)).isEmpty();
    }

    @Test
    void shouldBeginWhereTheLogBeginsAndDeleteFilesBefore() throws IOException {
        // given entries that point to 0, 100, 200 …
        append(0, 35);
        // when, then
        assertThat(queue.correctMinOffset(0)).isZero();
        assertThat(queue.correctMinOffset(1_201)).isEqualTo(13);
        assertThat(queue.deleteExpired(2_500)).containsExactly("00000000000000000000", "00000000000000000200");
        assertThat(queue.minQueueOffset()).isEqualTo(25);
        assertThat(queue.files().minOffset()).isEqualTo(2L * FILE_BYTES);
        assertThat(queue.deleteExpired(1_000_000)).containsExactly("00000000000000000400");
        assertThat(queue.minQueueOffset()).isEqualTo(35);
        assertThat(queue.maxQueueOffset()).as("it knows how far it has come").isEqualTo(35);
    }

    @Test
    void shouldKeepOnDiskWhatWasFlushed() throws IOException {
        // given
        append(0, 15);
        // when
        queue.flush(0);
        append(15, 3);
        // then
        assertThat(queue.flushedQueueOffset()).isEqualTo(15);
        ConsumeQueue left = newQueue(disk.powerCut());
        left.files().load();
        left.findEnd(0);
        assertThat(left.maxQueueOffset()).isEqualTo(15);
    }

    @Test
    void shouldFindTheFirstMessageOfATime() throws IOException {
        // given
        append(0, 30);
        // when, then
        assertThat(queue.offsetByTime(50, offset -> offset * 10)).isEqualTo(5);
        assertThat(queue.offsetByTime(51, offset -> offset * 10)).isEqualTo(6);
        assertThat(queue.offsetByTime(-1, offset -> offset * 10)).isZero();
        assertThat(queue.offsetByTime(1_000, offset -> offset * 10)).isEqualTo(30);
    }

    private int entriesAt(long queueOffset, int most) {
        try (SelectMappedBufferResult lease = queue.select(queueOffset, most).orElseThrow()) {
            return lease.sizeBytes() / ConsumeQueueEntry.BYTES;
        }
    }

    private void append(long from, int count) throws IOException {
        for (long i = from; i < from + count; i++) {
            assertThat(queue.append(i, i * 100, 100, i)).isEqualTo(Appended.ADDED);
        }
    }

    private ConsumeQueue reopen() throws IOException {
        queue.files().close();
        ConsumeQueue again = newQueue(disk);
        again.files().load();
        again.findEnd(0);
        return again;
    }

    private static ConsumeQueue newQueue(UnforcedDisk disk) {
        return new ConsumeQueue(new ManualEnvironment(disk), "t", 0,
                Options.of(DIRECTORY, FILE_BYTES, "mappedFileSizeConsumeQueue"));
    }
}
