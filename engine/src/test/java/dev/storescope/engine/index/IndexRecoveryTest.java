package dev.storescope.engine.index;

import static dev.storescope.engine.api.MessageProperties.KEYS;
import static dev.storescope.engine.api.MessageProperties.TAGS;
import static dev.storescope.engine.api.MessageProperties.UNIQ_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.RecoveryReport.LastStop;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.index.IndexParts.Reopened;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// However the index was left, it says what the log says after opening.
class IndexRecoveryTest {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    @Test
    void shouldKeepAllAfterACleanStopAndReadNothingButTheLastRecord() throws IOException {
        // given
        IndexParts parts = IndexParts.withKeys(30);
        parts.build().close();
        List<byte[]> before = parts.contents();

        // when
        Reopened reopened = parts.reopen(LastStop.CLEAN, 0);

        // then
        assertThat(reopened.from()).isEqualTo(parts.offsets().getLast());
        assertThat(reopened.notes()).isEmpty();
        assertSame(parts.contents(), before);
    }

    @Test
    void shouldBuildAMissingIndexFromTheWholeLog() throws IOException {
        // given
        IndexParts parts = IndexParts.withKeys(30);

        // when
        Reopened reopened = parts.reopen(LastStop.CLEAN, 0);

        // then
        assertThat(reopened.from()).isZero();
        assertThat(reopened.index().snapshot().entries()).isEqualTo(30);
    }

    @Test
    void shouldKeepOnlyFilesThatWereFullAndForcedBeforeACrash() throws IOException {
        // given
        IndexParts parts = IndexParts.withKeys(30);
        IndexService index = parts.build();
        long timestamp = index.snapshot().files().get(1).endTimestamp();
        index.close();
        List<byte[]> before = parts.contents();

        // when
        Reopened nothingForced = parts.reopen(LastStop.UNCLEAN, 0);
        // then
        assertThat(nothingForced.from()).isZero();
        assertSame(parts.contents(), before);
        // when
        Reopened reopened = parts.reopen(LastStop.UNCLEAN, timestamp + 1_000_000);
        // then
        assertThat(reopened.from()).as("the last file was not full").isEqualTo(parts.offsets().get(26));
        assertThat(reopened.notes()).singleElement().asString().contains("before the crash");
        assertSame(parts.contents(), before);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void shouldGoOnInTheMiddleOfAMessagesKeys(int keysOfEach) throws IOException {
        // given
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < keysOfEach; i++) {
            keys.append(" key-").append(i);
        }
        List<MessageExtBrokerInner> messages = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            messages.add(IndexParts.message(Map.of(UNIQ_KEY, "u-" + i, KEYS, keys.toString())));
        }
        IndexParts parts = IndexParts.withLog(messages);
        IndexService index = parts.build();
        int files = index.snapshot().files().size();
        index.close();
        List<byte[]> before = parts.contents();

        // when: the last file is gone, the one before it is full and may have part of a message
        parts.disk().delete(IndexParts.INDEX.resolve(parts.fileNames().getLast()));
        parts.reopen(LastStop.UNCLEAN, Long.MAX_VALUE);

        // then
        assertThat(parts.fileNames()).hasSize(files);
        assertSame(parts.contents(), before);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void shouldBuildAgainFromAMissingFileOn(int missing) throws IOException {
        // given
        IndexParts parts = IndexParts.withKeys(30);
        parts.build().close();
        List<byte[]> before = parts.contents();
        parts.disk().delete(IndexParts.INDEX.resolve(parts.fileNames().get(missing)));

        // when
        Reopened reopened = parts.reopen(LastStop.CLEAN, 0);

        // then
        assertThat(reopened.from()).isEqualTo(missing == 0 ? 0 : parts.offsets().get(9 * missing - 1));
        assertSame(parts.contents(), before);
    }

    @Test
    void shouldNotTakeRecordsWithoutKeysBetweenFilesForAHole() throws IOException {
        // given
        List<MessageExtBrokerInner> messages = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            messages.add(IndexParts.message(i % 2 == 0 ? Map.of() : Map.of(TAGS, "red")));
        }
        IndexParts parts = IndexParts.withLog(messages);
        parts.build().close();

        // when
        Reopened reopened = parts.reopen(LastStop.CLEAN, 0);

        // then
        assertThat(reopened.notes()).isEmpty();
        assertThat(reopened.from()).isEqualTo(parts.offsets().getLast());
    }

    @Test
    void shouldForgetWhatPointsBehindTheEndOfTheLog() throws IOException {
        // given
        IndexParts parts = IndexParts.withKeys(30);
        parts.build().close();
        long end = parts.offsets().get(20);

        // when
        Reopened reopened = parts.reopen(LastStop.CLEAN, 0, 0, end);

        // then
        assertThat(reopened.index().snapshot().entries()).isEqualTo(20);
        assertThat(reopened.index().snapshot().endOffset()).isEqualTo(parts.offsets().get(19));
    }

    @Test
    void shouldNotMissTheMessagesWhoseLogIsGone() throws IOException {
        // given
        IndexParts parts = IndexParts.withKeys(30);
        parts.build().close();
        List<String> names = parts.fileNames();

        // when
        Reopened reopened = parts.reopen(LastStop.CLEAN, 0, parts.offsets().get(12), parts.endOffset());

        // then
        assertThat(parts.fileNames()).isEqualTo(names.subList(1, 4));
        assertThat(reopened.notes()).isEmpty();
    }

    @Test
    void shouldLeaveFilesOfUnknownGeometryAloneAndIndexOnlyWhatComesBehindThem() throws IOException {
        // given
        IndexParts parts = IndexParts.withKeys(30);
        parts.build().close();
        List<byte[]> before = parts.contents();
        parts.config().set(StoreSetting.MAX_HASH_SLOT_NUM, 77);

        // when
        Reopened reopened = parts.reopen(LastStop.CLEAN, 0);

        // then
        assertThat(reopened.notes()).hasSize(4).allSatisfy(note -> assertThat(note).contains("geometry unknown"));
        assertThat(reopened.index().snapshot().unreadableFiles()).isEqualTo(4);
        assertThat(reopened.from()).isEqualTo(parts.offsets().getLast());
        assertSame(parts.contents().subList(0, 4), before);
    }

    @Test
    void shouldDeleteAnEmptyFileAndLeaveAloneWhatIsNoneOfTheIndex() throws IOException {
        // given
        IndexParts parts = IndexParts.withKeys(30);
        parts.build().close();
        List<byte[]> before = parts.contents();
        parts.disk().create(IndexParts.INDEX.resolve("99991231235959999"), 0).close();
        parts.disk().createDirectories(IndexParts.INDEX.resolve("20260101000000000"));
        parts.disk().writeAll(IndexParts.INDEX.resolve("notes.txt"), new byte[] {1});

        // when
        Reopened reopened = parts.reopen(LastStop.CLEAN, 0);

        // then
        assertThat(reopened.notes()).hasSize(3);
        assertThat(reopened.from()).isEqualTo(parts.offsets().getLast());
        assertThat(parts.disk().exists(IndexParts.INDEX.resolve("99991231235959999"))).isFalse();
        assertThat(parts.disk().readAll(IndexParts.INDEX.resolve("notes.txt"))).containsExactly(1);
        parts.disk().delete(IndexParts.INDEX.resolve("notes.txt"));
        parts.disk().delete(IndexParts.INDEX.resolve("20260101000000000"));
        assertSame(parts.contents(), before);
    }

    @Test
    void shouldReadAFileOfTheDefaultGeometryUnderOtherSettings() {
        // given
        IndexGeometry configured = new IndexGeometry(100, 400);

        // then
        assertThat(IndexGeometry.ofFile(8_440, configured)).contains(configured);
        assertThat(IndexGeometry.ofFile(420_000_040, configured)).contains(IndexGeometry.DEFAULT);
        assertThat(IndexGeometry.ofFile(420_000_041, configured)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"8, 5, end time before begin time", "16, 1, begin offset between records",
        "24, 100, end offset between records", "24, 100000000, end offset behind the log",
        "24, -1, end offset below 0"})
    void shouldBuildAgainAFileWhoseHeaderCannotBe(long position, long value, String what) throws IOException {
        // given
        IndexParts parts = IndexParts.withKeys(30);
        parts.build().close();
        List<byte[]> before = parts.contents();
        Path second = IndexParts.INDEX.resolve(parts.fileNames().get(1));
        try (DiskFile file = parts.disk().open(second)) {
            file.map().set(LONG, position, value);
        }

        // when
        Reopened reopened = parts.reopen(LastStop.CLEAN, 0);

        // then
        assertThat(reopened.notes()).as(what).isNotEmpty();
        assertSame(parts.contents(), before);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void shouldOpenAndAnswerWhateverBytesTheFilesHave(long seed) throws IOException {
        // given
        Random random = new Random(seed);
        IndexParts parts = IndexParts.withKeys(30);
        parts.build().close();
        for (String name : parts.fileNames()) {
            try (DiskFile file = parts.disk().open(IndexParts.INDEX.resolve(name))) {
                for (int i = random.nextInt(20); i > 0; i--) {
                    long at = random.nextLong(random.nextBoolean() ? 40 : file.size());
                    file.map().set(INT, at / 4 * 4, random.nextBoolean() ? random.nextInt() : random.nextInt(50));
                }
            }
        }

        // when
        IndexService index = parts.reopen(LastStop.CLEAN, 0).index();

        // then
        for (int key = 0; key < 30; key++) {
            assertThat(index.query(IndexQuery.of("topic", "key-" + key, 1_000), 0, parts.endOffset()))
                    .as("seed %d", seed)
                    .allMatch(offset -> offset >= 0 && offset < parts.endOffset());
        }
    }

    @Test
    void shouldTakeNoNewNameBeforeTheLastOneEvenIfTheClockWasPutBack() {
        // given
        ZoneOffset zone = ZoneOffset.UTC;

        // when, then
        assertThat(IndexFileName.next(0, zone, "")).isEqualTo("19700101000000000");
        assertThat(IndexFileName.next(0, zone, "20260101235959999")).isEqualTo("20260102000000000");
        assertThat(IndexFileName.next(0, zone, "20269999999999999")).isEqualTo("20270000000000000");
    }

    private static void assertSame(List<byte[]> actual, List<byte[]> expected) {
        assertThat(actual).usingElementComparator(Arrays::compare).isEqualTo(expected);
    }
}
