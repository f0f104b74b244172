package dev.storescope.engine.recovery;

import static dev.storescope.engine.recovery.DamagedStore.FILE_BYTES;
import static dev.storescope.engine.testing.StoreImage.FIRST_TIMESTAMP;
import static dev.storescope.engine.testing.StoreImage.body;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.LogHole;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.log.MessageLayout;
import dev.storescope.engine.recovery.DamagedStore.Opening;
import dev.storescope.engine.recovery.DamagedStore.Put;
import dev.storescope.engine.testing.LogContents;
import dev.storescope.engine.testing.StoreImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Bad bytes where a crash leaves none: in front of records that are known to have been on disk. They become holes, and
/// everything else stays readable.
class DamageTest {
    private static final byte[] BODY = body(2_000);
    /// Ten messages in two files, flushed to the last.
    private static final StoreImage SOUND = StoreImage
            .of(Stream.generate(() -> BODY).limit(10).toArray(byte[][]::new))
            .flushedUpTo(FIRST_TIMESTAMP + 9_000);
    private static final int RECORD_BYTES = ByteBuffer.wrap(SOUND.log(0)).getInt();
    private static final int MESSAGES = 24;
    private static final String NO_SEED = "no seed";

    private final DamagedStore damaged = new DamagedStore();

    enum Stop {
        CLEAN, KILLED
    }

    /// Four files, the last of them half full; four queues of two topics.
    private void fill(Stop stop) throws IOException {
        try (DefaultMessageStore store = damaged.start()) {
            for (int i = 0; i < MESSAGES; i++) {
                damaged.put(store, i % 3 == 0 ? "one" : "two", i % 2, BODY);
            }
        }
        if (stop == Stop.KILLED) {
            damaged.killed();
        }
    }

    private List<LogHole> holes() {
        DefaultMessageStore store = damaged.start();
        List<LogHole> holes = store.snapshot().recovery().holes();
        store.kill();
        return holes;
    }

    private void assertHole(long fromOffset, long toOffset, String reason) {
        assertThat(holes()).singleElement().satisfies(hole -> {
            assertThat(hole.fromOffset()).isEqualTo(fromOffset);
            assertThat(hole.toOffset()).isEqualTo(toOffset);
            assertThat(hole.reason()).contains(reason);
        });
    }

    private int firstInFile(int file) {
        int index = 0;
        while (damaged.put(index).offset() < (long) file * FILE_BYTES) {
            index++;
        }
        return index;
    }

    @ParameterizedTest
    @EnumSource
    void shouldServeAllButARecordWithADamagedBody(Stop stop) throws IOException {
        // given
        fill(stop);
        Put bad = damaged.put(3);
        // when
        damaged.flipBit(bad.offset() + 500);
        // then
        assertHole(bad.offset(), bad.endOffset(), "body CRC: expected");
        damaged.assertServed(i -> i == 3, NO_SEED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldServeAllButARecordWithADamagedSize(Stop stop) throws IOException {
        // given
        fill(stop);
        Put bad = damaged.put(4);
        // when
        damaged.flipBit(bad.offset() + MessageLayout.SIZE + 3);
        // then
        assertHole(bad.offset(), bad.endOffset(), "size: expected");
        damaged.assertServed(i -> i == 4, NO_SEED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldServeAllButARecordWithADamagedMagic(Stop stop) throws IOException {
        // given
        fill(stop);
        Put bad = damaged.put(9);
        // when
        damaged.flipBit(bad.offset() + MessageLayout.MAGIC);
        // then
        assertHole(bad.offset(), bad.endOffset(), "magic: expected");
        damaged.assertServed(i -> i == 9, NO_SEED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldServeAllThatDoesNotReachIntoAPageOfZeros(Stop stop) throws IOException {
        // given
        fill(stop);
        long page = FILE_BYTES + 4_096;
        // when
        damaged.zero(page, page + 4_096);
        // then
        damaged.assertServed(i -> damaged.put(i).endOffset() > page && damaged.put(i).offset() < page + 4_096, NO_SEED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotServeARecordWhosePropertiesWereZeroedWithTheNextOne(Stop stop) throws IOException {
        // given
        fill(stop);
        Put torn = damaged.put(2);
        // when
        damaged.zero(torn.endOffset() - 3, torn.endOffset() + 1_000);
        // then
        assertHole(torn.offset(), damaged.put(3).endOffset(), "topic and properties: expected text, found zeros");
        damaged.assertServed(i -> i == 2 || i == 3, NO_SEED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldServeAllButTheFirstRecordOfTheLog(Stop stop) throws IOException {
        // given
        fill(stop);
        // when
        damaged.flipBit(MessageLayout.PHYSICAL_OFFSET + 7);
        // then
        assertHole(0, damaged.put(0).endOffset(), "physical offset: expected 0");
        damaged.assertServed(i -> i == 0, NO_SEED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldServeAllButTheFirstRecordOfAFile(Stop stop) throws IOException {
        // given
        fill(stop);
        Put bad = damaged.put(firstInFile(2));
        // when
        damaged.zero(bad.offset(), bad.offset() + 100);
        // then
        assertHole(2 * FILE_BYTES, bad.endOffset(), "expected a record, found zeros");
        damaged.assertServed(i -> i == firstInFile(2), NO_SEED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldServeAllBehindADamagedBlank(Stop stop) throws IOException {
        // given
        fill(stop);
        long blank = damaged.put(firstInFile(1) - 1).endOffset();
        // when
        damaged.flipBit(blank + 3);
        // then
        assertHole(blank, FILE_BYTES, "size of the blank");
        damaged.assertServed(i -> false, NO_SEED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndAHoleAtTheBlankOfItsFile(Stop stop) throws IOException {
        // given
        fill(stop);
        Put bad = damaged.put(firstInFile(1) - 1);
        // when
        damaged.flipBit(bad.offset() + 500);
        // then
        assertHole(bad.offset(), bad.endOffset(), "body CRC");
        damaged.assertServed(i -> i == firstInFile(1) - 1, NO_SEED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldServeWhatLiesBehindTheZeroedRestOfAFile(Stop stop) throws IOException {
        // given
        fill(stop);
        // when
        damaged.zero(4_096, FILE_BYTES);
        // then
        assertHole(damaged.put(1).offset(), FILE_BYTES, "size: expected");
        damaged.assertServed(i -> i >= 1 && i < firstInFile(1), NO_SEED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldServeWhatLiesBehindAFileOfZeros(Stop stop) throws IOException {
        // given
        fill(stop);
        // when
        damaged.zero(FILE_BYTES, 2 * FILE_BYTES);
        // then
        assertHole(FILE_BYTES, 2 * FILE_BYTES, "found zeros");
        damaged.assertServed(i -> i >= firstInFile(1) && i < firstInFile(2), NO_SEED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldServeWhatLiesAroundAMissingFile(Stop stop) throws IOException {
        // given
        fill(stop);
        // when
        damaged.removeFile(FILE_BYTES);
        // then
        assertHole(FILE_BYTES, 2 * FILE_BYTES,
                "expected a file that begins at offset %d, found the next at %d".formatted(FILE_BYTES, 2 * FILE_BYTES));
        damaged.assertServed(i -> i >= firstInFile(1) && i < firstInFile(2), NO_SEED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoOnAcrossADamagedRecordAndTheMissingFileBehindIt(Stop stop) throws IOException {
        // given
        fill(stop);
        int last = firstInFile(1) - 1;
        // when
        damaged.zero(damaged.put(last).offset(), FILE_BYTES);
        damaged.removeFile(FILE_BYTES);
        damaged.removeFile(2 * FILE_BYTES);
        // then
        assertHole(damaged.put(last).offset(), 3 * FILE_BYTES, "found zeros");
        damaged.assertServed(i -> i >= last && i < firstInFile(3), NO_SEED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldServeWhatLiesBetweenTwoHoles(Stop stop) throws IOException {
        // given
        fill(stop);
        // when
        damaged.flipBit(damaged.put(2).offset() + 500);
        damaged.flipBit(damaged.put(15).offset() + 500);
        damaged.flipBit(damaged.put(16).offset() + 500);
        // then
        assertThat(holes()).extracting(LogHole::fromOffset)
                .containsExactly(damaged.put(2).offset(), damaged.put(15).offset());
        damaged.assertServed(i -> i == 2 || i == 15 || i == 16, NO_SEED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldServeTheLastRecordBehindAHole(Stop stop) throws IOException {
        // given
        fill(stop);
        // when
        damaged.flipBit(damaged.put(MESSAGES - 2).offset() + 500);
        // then
        damaged.assertServed(i -> i == MESSAGES - 2, NO_SEED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotGiveTheQueueOffsetOfALostMessageAgain(Stop stop) throws IOException {
        // given the last two messages of a queue in a hole, and another queue's behind it
        try (DefaultMessageStore store = damaged.start()) {
            for (String topic : List.of("one", "one", "one", "two")) {
                damaged.put(store, topic, 0, BODY);
            }
        }
        if (stop == Stop.KILLED) {
            damaged.killed();
        }
        // when
        damaged.zero(damaged.put(1).offset(), damaged.put(3).offset());
        // then
        try (DefaultMessageStore store = damaged.start()) {
            assertThat(store.getMaxOffsetInQueue("one", 0)).isEqualTo(3);
            damaged.put(store, "one", 0, BODY);
            assertThat(damaged.put(4).queueOffset()).isEqualTo(3);
        }
        damaged.assertServed(i -> i == 1 || i == 2, NO_SEED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldRebuildQueuesAndIndexAroundHoles(Stop stop) throws IOException {
        // given
        fill(Stop.CLEAN);
        damaged.flipBit(damaged.put(5).offset() + 500);
        damaged.removeFile(FILE_BYTES);
        // when
        damaged.removeQueuesAndIndex();
        if (stop == Stop.KILLED) {
            damaged.killed();
        }
        // then
        damaged.assertServed(i -> i == 5 || i >= firstInFile(1) && i < firstInFile(2), NO_SEED);
    }

    @Test
    void shouldCutADamagedRecordBehindWhichNothingIsSoundWhenNobodyKnowsThatTheDiskHadIt() throws IOException {
        // given
        fill(Stop.KILLED);
        damaged.forgetRecoveryPoint();
        Put last = damaged.put(MESSAGES - 1);
        // when
        damaged.flipBit(last.offset() + 500);
        // then
        DefaultMessageStore store = damaged.start();
        RecoveryReport report = store.snapshot().recovery();
        assertThat(report.holes()).isEmpty();
        assertThat(report.endOffset()).isEqualTo(last.offset());
        assertThat(report.cutBytes()).isEqualTo(last.sizeBytes());
        assertThat(damaged.read(last.offset(), last.sizeBytes())).containsOnly(0);
        store.shutdown();
    }

    /// Where in the last record the damage is.
    enum InLast {
        SIZE(2), MAGIC(5), OWN_OFFSET(34), BODY(500);

        private final int position;

        InLast(int position) {
            this.position = position;
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReportADamagedLastRecordThatWasOnDiskAsAHole(InLast where) throws IOException {
        // given
        fill(Stop.CLEAN);
        Put last = damaged.put(MESSAGES - 1);
        // when
        damaged.flipBit(last.offset() + where.position);
        // then also when nothing is put behind it
        assertHole(last.offset(), last.endOffset(), "");
        damaged.start().shutdown();
        damaged.start().shutdown();
        damaged.assertServed(i -> i == MESSAGES - 1, NO_SEED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldReportADamagedLastRecordWhenOnlyWhatIsBehindThePointIsChecked(InLast where) throws IOException {
        // given
        fill(Stop.CLEAN);
        damaged.open(Opening.BOUNDED);
        Put last = damaged.put(MESSAGES - 1);
        // when
        damaged.flipBit(last.offset() + where.position);
        // then
        assertHole(last.offset(), last.endOffset(), "");
        damaged.assertServed(i -> i == MESSAGES - 1, NO_SEED);
    }

    @Test
    void shouldReportTheLastRecordsAsAHoleWhenTheyAreZeros() throws IOException {
        // given
        fill(Stop.CLEAN);
        Put first = damaged.put(MESSAGES - 3);
        // when
        damaged.zero(first.offset(), damaged.put(MESSAGES - 1).endOffset());
        // then
        damaged.assertServed(i -> i >= MESSAGES - 3, NO_SEED);
    }

    @Test
    void shouldReportADamagedLastBodyAfterACleanStopWithoutARecoveryPoint() throws IOException {
        // given
        fill(Stop.CLEAN);
        damaged.forgetRecoveryPoint();
        Put last = damaged.put(MESSAGES - 1);
        // when
        damaged.flipBit(last.offset() + 500);
        // then
        damaged.start().shutdown();
        damaged.assertServed(i -> i == MESSAGES - 1, NO_SEED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldReportDamagedLastRecordsThatTheQueuesKnowAfterACleanStopWithoutARecoveryPoint(InLast where)
            throws IOException {
        // given the last two records
        fill(Stop.CLEAN);
        damaged.forgetRecoveryPoint();
        Put first = damaged.put(MESSAGES - 2);
        Put last = damaged.put(MESSAGES - 1);
        // when
        damaged.flipBit(first.offset() + where.position);
        damaged.flipBit(last.offset() + where.position);
        // then
        assertHole(first.offset(), last.endOffset(), "");
        damaged.start().shutdown();
        damaged.start().shutdown();
        damaged.assertServed(i -> i >= MESSAGES - 2, NO_SEED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldKnowOfDamagedLastRecordsAfterAKillBeforeAnythingWasFlushed(InLast where) throws IOException {
        // given
        fill(Stop.CLEAN);
        damaged.forgetRecoveryPoint();
        Put first = damaged.put(MESSAGES - 2);
        Put last = damaged.put(MESSAGES - 1);
        damaged.flipBit(first.offset() + where.position);
        damaged.flipBit(last.offset() + where.position);
        // when the opening that found them is killed at once
        damaged.withhold("FlushConsumeQueueService");
        assertHole(first.offset(), last.endOffset(), "");
        damaged.withhold("");
        // then
        damaged.assertServed(i -> i >= MESSAGES - 2, NO_SEED);
    }

    @Test
    void shouldCutWhatFollowsTheEndThoughAQueueKnowsTheLastRecord() throws IOException {
        // given
        fill(Stop.CLEAN);
        damaged.forgetRecoveryPoint();
        Put last = damaged.put(MESSAGES - 1);
        // when bytes stand behind it that were no record ever
        damaged.flipBit(last.endOffset() + 2);
        // then
        assertThat(holes()).isEmpty();
        damaged.assertServed(i -> false, NO_SEED);
    }

    /// RocketMQ zeroes nothing behind its end: what stands there is older than the log's last records.
    @ParameterizedTest
    @EnumSource
    void shouldNotTakeOlderRecordsBehindTheEndForTheLog(Stop stop) throws IOException {
        // given a record that was cut off long ago, at the place where it stood
        fill(stop);
        Put stale = damaged.put(MESSAGES - 1);
        Put bad = damaged.put(MESSAGES - 2);
        byte[] record = damaged.read(stale.offset(), stale.sizeBytes());
        ByteBuffer.wrap(record)
                .putLong(MessageLayout.BORN_HOST + MessageLayout.IPV4_HOST_BYTES, FIRST_TIMESTAMP - 5_000);
        damaged.write(stale.offset(), record);
        // when
        damaged.flipBit(bad.offset() + 500);
        // then
        DefaultMessageStore store = damaged.start();
        assertThat(store.snapshot().recovery().holes()).isEmpty();
        assertThat(store.getMaxPhyOffset()).isEqualTo(bad.offset());
        assertThat(LogContents.of(store)).hasSize(MESSAGES - 2);
        store.shutdown();
    }

    @Test
    void shouldPutNothingBehindARecordThatLeavesNoRoomForABlank() {
        // given
        byte[] log = StoreImage.of(body(FILE_BYTES - 100 - 30)).log(0);
        int sizeBytes = ByteBuffer.wrap(log).getInt();
        StoreImage image = StoreImage.of(body(FILE_BYTES - 100 - 30 + FILE_BYTES - sizeBytes - 8));
        byte[] full = image.log(0);
        assertThat(ByteBuffer.wrap(full).getInt()).isEqualTo(FILE_BYTES - 8);
        // a record that is 4 bytes longer at the end: one more property
        ByteBuffer.wrap(full).putInt(FILE_BYTES - 4);
        int propertiesLengthAt = FILE_BYTES - 8 - "KEYS\1k\2TAGS\1t\2".length() - 2;
        ByteBuffer.wrap(full).putShort(propertiesLengthAt, (short) ("KEYS\1k\2TAGS\1t\2".length() + 4));
        ByteBuffer.wrap(full).put(FILE_BYTES - 8, new byte[] {'a', 1, 'b', 2, 0, 0, 0, 0});
        // when
        DefaultMessageStore store = StoreImage.load(image.disk());
        store.start();
        // then
        assertThat(store.snapshot().recovery().holes()).extracting(LogHole::fromOffset)
                .containsExactly(FILE_BYTES - 4L);
        assertThat(store.putMessage(StoreImage.message(body(10))).append().wroteOffset()).isEqualTo(FILE_BYTES);
        assertThat(store.lookMessageByOffset(0)).isPresent();
        store.shutdown();
    }

    @Test
    void shouldCutWhatIsNotKnownToHaveBeenOnDisk() {
        // given
        StoreImage image = SOUND.copy().aborted().flushedUpTo(FIRST_TIMESTAMP + 2_000);
        image.log(0)[3 * RECORD_BYTES + 500] ^= 1;
        // when
        DefaultMessageStore store = StoreImage.load(image.disk());
        // then
        RecoveryReport report = store.snapshot().recovery();
        assertThat(report.holes()).isEmpty();
        assertThat(report.endOffset()).isEqualTo(3L * RECORD_BYTES);
        assertThat(report.filesDeleted()).containsExactly(StoreImage.file(FILE_BYTES).getFileName().toString());
        assertThat(report.notes()).singleElement()
                .asString()
                .contains("the log ends at offset " + 3 * RECORD_BYTES, "body CRC: expected", "found");
        assertThat(LogContents.of(store)).hasSize(3);
        store.shutdown();
    }

    static List<Named<UnaryOperator<StoreImage>>> unknownCheckpoints() {
        return List.of(Named.of("missing", StoreImage::withoutCheckpoint),
                Named.of("zeros", image -> image.checkpoint(new byte[4_096])),
                Named.of("short", image -> image.checkpoint(new byte[] {0, 0, 0, 0, 0x7F, 0, 0, 0, 0})),
                Named.of("empty", image -> image.checkpoint(new byte[0])));
    }

    @ParameterizedTest
    @MethodSource("unknownCheckpoints")
    void shouldKnowOfNothingOnDiskWithoutAWholeCheckpoint(UnaryOperator<StoreImage> lose) {
        // given
        StoreImage image = lose.apply(SOUND.copy().aborted());
        image.log(0)[3 * RECORD_BYTES + 500] ^= 1;
        // when
        DefaultMessageStore store = StoreImage.load(image.disk());
        // then
        assertThat(store.getMaxPhyOffset()).isEqualTo(3L * RECORD_BYTES);
        store.shutdown();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    /// Any few damages in front of the last record: what they touch is lost, and nothing else.
    @ParameterizedTest
    @MethodSource("seeds")
    void shouldLoseOnlyWhatIsDamagedWhereverThatIs(long seed) throws IOException {
        // given
        Random random = new Random(seed);
        try (DefaultMessageStore store = damaged.start()) {
            for (int i = 10 + random.nextInt(50); i > 0; i--) {
                damaged.put(store, "t" + random.nextInt(3), random.nextInt(2), body(1 + random.nextInt(3_000)));
            }
        }
        int count = damaged.puts().size();
        TreeSet<Integer> lost = new TreeSet<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            damage(random, lost);
        }
        // when, then
        if (random.nextInt(3) == 0) {
            damaged.open(Opening.BOUNDED);
        } else if (random.nextBoolean()) {
            damaged.removeQueuesAndIndex();
        }
        if (random.nextBoolean()) {
            damaged.killed();
        }
        damaged.assertServed(lost::contains, "seed %d, %d messages, lost %s".formatted(seed, count, lost));
    }

    private void damage(Random random, TreeSet<Integer> lost) throws IOException {
        int index = random.nextInt(damaged.puts().size() - 1);
        Put put = damaged.put(index);
        switch (random.nextInt(6)) {
            case 0 -> damageAt(put.offset() + MessageLayout.SIZE + random.nextInt(4), index, lost);
            case 1 -> damageAt(put.offset() + MessageLayout.MAGIC + random.nextInt(4), index, lost);
            case 2 -> damageAt(put.offset() + MessageLayout.BODY_CRC + 1 + random.nextInt(3), index, lost);
            case 3 -> damageAt(put.offset() + 88 + random.nextInt(put.body().length), index, lost);
            case 4 -> zeroPage(put.offset() / 4_096 * 4_096, lost);
            default -> removeFile(put.offset() / FILE_BYTES * FILE_BYTES, lost);
        }
    }

    private void damageAt(long offset, int index, TreeSet<Integer> lost) throws IOException {
        if (lost.add(index)) {
            damaged.flipBit(offset);
        }
    }

    private void zeroPage(long from, TreeSet<Integer> lost) throws IOException {
        long last = damaged.puts().getLast().offset();
        if (from + 4_096 > last || !damaged.disk().exists(DamagedStore.fileOf(from))) {
            return;
        }
        for (int i = 0; i < damaged.puts().size(); i++) {
            // The first bytes of a record, of its size, may be zero as they are.
            long begin = Math.max(from, damaged.put(i).offset());
            long end = Math.min(from + 4_096, damaged.put(i).endOffset());
            if (begin < end && !isZero(damaged.read(begin, (int) (end - begin)))) {
                lost.add(i);
            }
        }
        damaged.zero(from, from + 4_096);
    }

    private static boolean isZero(byte[] bytes) {
        return Arrays.equals(bytes, new byte[bytes.length]);
    }

    private void removeFile(long from, TreeSet<Integer> lost) throws IOException {
        boolean first = from == 0;
        boolean last = from + FILE_BYTES > damaged.puts().getLast().offset();
        if (first || last || !damaged.disk().exists(DamagedStore.fileOf(from))) {
            return;
        }
        damaged.removeFile(from);
        for (int i = 0; i < damaged.puts().size(); i++) {
            if (damaged.put(i).offset() / FILE_BYTES * FILE_BYTES == from) {
                lost.add(i);
            }
        }
    }
}
