package dev.storescope.engine.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.inspect.StoreBrowser.Growth;
import dev.storescope.engine.inspect.StoreBrowser.Progress;
import dev.storescope.engine.testing.DirectoryContents;
import dev.storescope.engine.testing.GoldenFields;
import dev.storescope.engine.testing.GoldenStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoreBrowserTest {
    private static final int RECORDS_P03 = 300;

    @TempDir private Path folder;

    static List<String> stores() {
        return GoldenStore.names();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void shouldListEveryMessageThatAnIndependentReaderFoundAndWriteNothing(String name) throws IOException {
        // given
        GoldenStore store = GoldenStore.unpack(name, folder);
        var before = DirectoryContents.of(store.store());

        // when
        StoreBrowser browser = readAll(store.store(), 7);
        List<BrowsedRow> rows = browser.rows(0, Integer.MAX_VALUE);

        // then
        List<BrowsedRow> sound = rows.stream().filter(row -> row.step() instanceof LogStep.Record).toList();
        List<JsonNode> expected = store.written();
        assertThat(sound).extracting(BrowsedRow::commitLogOffset)
                .containsExactlyElementsOf(expected.stream().map(line -> line.get("physicalOffset").asLong()).toList());
        for (int i = 0; i < sound.size(); i++) {
            MessageExt message = browser.detail(sound.get(i).commitLogOffset()).orElseThrow().message();
            assertThat(GoldenFields.of(message, GoldenFields.WRITTEN))
                    .isEqualTo(GoldenFields.of(expected.get(i), GoldenFields.WRITTEN));
        }
        assertThat(DirectoryContents.of(store.store())).isEqualTo(before);
    }

    @Test
    void shouldKnowNothingButTheFilesBeforeItHasRead() {
        // given
        StoreBrowser browser = StoreBrowser.open(environment(), p03());

        // then
        assertThat(browser.files()).hasSize(3);
        assertThat(browser.progress())
                .isEqualTo(new Progress(0, 0, List.of(), 0, 3 * 65_536, 0, false, 0));
        assertThat(browser.rows(0, 10)).isEmpty();
        assertThat(browser.rowAt(1_000)).isEmpty();
    }

    @Test
    void shouldGiveAnyPartOfTheRowsAsFarAsItHasRead() {
        // given
        StoreBrowser browser = StoreBrowser.open(environment(), p03());

        // when
        boolean more = browser.readOn(280);

        // then
        assertThat(more).isTrue();
        assertThat(browser.progress().rows()).isEqualTo(280);
        assertThat(browser.progress().readBytes()).isEqualTo(browser.progress().endOffset());
        assertThat(browser.rows(250, 20)).extracting(BrowsedRow::row)
                .containsExactlyElementsOf(LongStream.range(250, 270).boxed().toList());
        assertThat(browser.rows(270, 100)).hasSize(10);
        assertThat(browser.rows(280, 1)).isEmpty();
        assertThat(browser.rows(-1, 1)).isEmpty();
        assertThat(browser.readOn(1_000)).isFalse();
        assertThat(browser.progress().complete()).isTrue();
        assertThat(browser.progress().readBytes()).isEqualTo(3 * 65_536);
        assertThat(browser.progress().endOffset()).isEqualTo(134_856);
    }

    @Test
    void shouldFindTheRowOfAnyOffset() {
        // given
        StoreBrowser browser = readAll(p03(), 1_000);
        List<BrowsedRow> rows = browser.rows(0, RECORDS_P03);

        // then
        for (BrowsedRow row : rows) {
            assertThat(browser.rowAt(row.commitLogOffset())).hasValue(row.row());
            assertThat(browser.rowAt(row.commitLogOffset() + 90)).hasValue(row.row());
        }
        assertThat(browser.rowAt(Long.MAX_VALUE)).hasValue(RECORDS_P03 - 1);
        assertThat(browser.rowAt(-1)).isEmpty();
    }

    @Test
    void shouldCoverEachByteOfARecordWithOneField() {
        // given
        StoreBrowser browser = readAll(p03(), 1_000);

        // then
        for (BrowsedRow row : browser.rows(0, RECORDS_P03)) {
            MessageDetail detail = browser.detail(row.commitLogOffset()).orElseThrow();
            int position = 0;
            for (FieldSpan field : detail.fields()) {
                assertThat(field.fromByte()).as(field.name()).isEqualTo(position);
                position = field.toByte();
            }
            assertThat(position).isEqualTo(detail.bytes().length).isEqualTo(detail.message().storeSizeBytes());
            assertThat(field(detail, "TOPIC")).isEqualTo(detail.message().topic());
            assertThat(field(detail, "PHYSICALOFFSET")).isEqualTo(Long.toString(row.commitLogOffset()));
            assertThat(field(detail, "BORNHOST")).isEqualTo(detail.message().bornHost().toString());
        }
        assertThat(browser.detail(1)).isEmpty();
        assertThat(browser.detail(1 << 20)).isEmpty();
    }

    @Test
    void shouldShowAFaultAsARowAndGoOnBehindIt() throws IOException {
        // given
        Path store = p03();
        overwrite(store.resolve("commitlog/00000000000000000000"), 100, new byte[] {1, 2, 3});

        // when
        StoreBrowser browser = readAll(store, 1);

        // then
        assertThat(browser.progress().rows()).isEqualTo(RECORDS_P03);
        assertThat(browser.progress().faultCount()).isOne();
        assertThat(browser.rows(0, 2)).satisfiesExactly(
                row -> assertThat(row.step()).isInstanceOf(LogStep.Fault.class),
                row -> assertThat(row.step()).isInstanceOf(LogStep.Record.class));
        assertThat(browser.detail(0)).isEmpty();
    }

    @Test
    void shouldGoOnWhereTheLogHasGrown() throws IOException {
        // given
        Path store = p03();
        Path last = store.resolve("commitlog/00000000000000131072");
        byte[] whole = Files.readAllBytes(last);
        int end = (int) readAll(store, 1_000).rows(RECORDS_P03 - 3, 1).getFirst().commitLogOffset() - 131_072;
        overwrite(last, end, new byte[whole.length - end]);
        StoreBrowser browser = readAll(store, 100);
        long before = browser.progress().rows();

        // when
        overwrite(last, 0, whole);
        browser.refresh();
        readOn(browser, 100);

        // then
        assertThat(before).isEqualTo(RECORDS_P03 - 3);
        assertThat(browser.progress().rows()).isEqualTo(RECORDS_P03);
        assertThat(browser.progress().faultCount()).isZero();
        assertThat(browser.rows(before, RECORDS_P03)).hasSize((int) (RECORDS_P03 - before));
    }

    @Test
    void shouldTakeARecordThatIsHalfWrittenForOneWhenItIsWhole() throws IOException {
        // given
        Path store = p03();
        Path last = store.resolve("commitlog/00000000000000131072");
        byte[] whole = Files.readAllBytes(last);
        List<BrowsedRow> all = readAll(store, 1_000).rows(0, RECORDS_P03);
        int half = (int) all.get(RECORDS_P03 - 3).commitLogOffset() - 131_072 + 100;
        overwrite(last, half, new byte[whole.length - half]);
        StoreBrowser browser = readAll(store, 100);
        assertThat(browser.progress().rows()).isEqualTo(RECORDS_P03 - 2);
        assertThat(browser.progress().faultCount()).isOne();
        assertThat(browser.rows(RECORDS_P03 - 3, 5)).hasSize(1)
                .allSatisfy(row -> assertThat(row.step()).isInstanceOf(LogStep.Fault.class));
        assertThat(browser.lookAhead(100)).isEqualTo(Growth.NONE);

        // when
        overwrite(last, 0, whole);
        Growth growth = browser.lookAhead(100);
        browser.refresh();
        readOn(browser, 100);

        // then
        assertThat(growth).isEqualTo(new Growth(134_856 - all.get(RECORDS_P03 - 3).commitLogOffset(), 3));
        assertThat(browser.progress().faultCount()).isZero();
        assertThat(browser.progress().faults()).isEmpty();
        assertThat(browser.rows(0, RECORDS_P03)).isEqualTo(all);
        assertThat(browser.isSameLog()).isTrue();
        assertThat(browser.lookAhead(100)).isEqualTo(Growth.NONE);
    }

    @Test
    void shouldCountOnceWhatHasComeHoweverOftenItIsAsked() throws IOException {
        // given
        Path store = p03();
        Path last = store.resolve("commitlog/00000000000000131072");
        byte[] whole = Files.readAllBytes(last);
        overwrite(last, 0, new byte[whole.length]);
        StoreBrowser browser = readAll(store, 100);
        long before = browser.progress().rows();

        // when
        overwrite(last, 0, whole);
        Growth first = browser.lookAhead(2);
        browser.lookAhead(1);
        Growth all = browser.lookAhead(1_000);

        // then
        assertThat(first.messages()).isEqualTo(2);
        assertThat(all).isEqualTo(new Growth(134_856 - 131_072, RECORDS_P03 - before));
        assertThat(browser.lookAhead(1_000)).isEqualTo(all);
        assertThat(browser.progress().rows()).as("rows before anybody reads on").isEqualTo(before);
    }

    @Test
    void shouldGoOnBehindARecordOfUnknownLengthWhereTheNextSoundOneBegins() throws IOException {
        // given
        Path store = p03();
        List<BrowsedRow> all = readAll(store, 1_000).rows(0, RECORDS_P03);
        overwrite(store.resolve("commitlog/00000000000000000000"), all.get(3).commitLogOffset(),
                new byte[] {0x7F, 0x7F, 0x7F, 0x7F});

        // when
        StoreBrowser browser = readAll(store, 1);

        // then
        assertThat(browser.progress().faultCount()).isOne();
        List<BrowsedRow> rows = browser.rows(0, RECORDS_P03);
        assertThat(rows.get(3).step()).isInstanceOf(LogStep.Fault.class);
        assertThat(rows.subList(4, RECORDS_P03)).isEqualTo(all.subList(4, RECORDS_P03));
        assertThat(browser.rowAt(all.get(5).commitLogOffset())).hasValue(5);
    }

    @Test
    void shouldShowZerosInTheMiddleOfTheLogAsAFault() throws IOException {
        // given
        Path store = p03();
        List<BrowsedRow> all = readAll(store, 1_000).rows(0, RECORDS_P03);
        long from = all.get(10).commitLogOffset();
        overwrite(store.resolve("commitlog/00000000000000000000"), from,
                new byte[(int) (all.get(12).commitLogOffset() - from)]);

        // when
        StoreBrowser browser = readAll(store, 1);

        // then
        List<BrowsedRow> rows = browser.rows(0, RECORDS_P03);
        assertThat(rows.get(10).step()).isInstanceOfSatisfying(LogStep.Fault.class, fault -> {
            assertThat(fault.commitLogOffset()).isEqualTo(from);
            assertThat(fault.problem()).contains("expected a record or a blank", "found zeros");
        });
        assertThat(rows.subList(11, rows.size())).extracting(BrowsedRow::step)
                .isEqualTo(all.subList(12, RECORDS_P03).stream().map(BrowsedRow::step).toList());
    }

    @Test
    void shouldKeepTheNumbersOfRowsWhenTheFilesBeforeThemAreDeleted() throws IOException {
        // given
        Path store = p03();
        StoreBrowser browser = readAll(store, 100);
        List<BrowsedRow> all = browser.rows(0, RECORDS_P03);
        int gone = (int) all.stream().filter(row -> row.commitLogOffset() < 65_536).count();

        // when
        Files.delete(store.resolve("commitlog/00000000000000000000"));
        boolean sameLog = browser.isSameLog();
        browser.refresh();
        readOn(browser, 100);

        // then
        assertThat(sameLog).isTrue();
        assertThat(browser.progress().goneRows()).isEqualTo(gone);
        assertThat(browser.progress().rows()).isEqualTo(RECORDS_P03);
        assertThat(browser.rows(0, RECORDS_P03)).isEqualTo(all.subList(gone, RECORDS_P03));
        assertThat(browser.rows(gone - 2, 5)).isEqualTo(all.subList(gone, gone + 3));
        assertThat(browser.rowAt(all.get(gone + 7).commitLogOffset())).hasValue(gone + 7);
        assertThat(browser.rowAt(0)).isEmpty();
    }

    @Test
    void shouldReadOnWhenAFileIsDeletedBeforeItWasRead() throws IOException {
        // given
        Path store = p03();
        StoreBrowser browser = StoreBrowser.open(environment(), store);
        long inFirst = readAll(store, 100).rows(0, RECORDS_P03)
                .stream()
                .filter(row -> row.commitLogOffset() < 65_536)
                .count();

        // when
        Files.delete(store.resolve("commitlog/00000000000000000000"));
        readOn(browser, 10);

        // then
        assertThat(browser.progress().rows()).isEqualTo(RECORDS_P03 - inFirst);
        assertThat(browser.rows(0, 1).getFirst().commitLogOffset()).isEqualTo(65_536);
    }

    @Test
    void shouldNoticeThatTheDirectoryHasAnotherLogNow() throws IOException {
        // given
        Path store = p03();
        StoreBrowser browser = readAll(store, 100);
        assertThat(browser.isSameLog()).isTrue();

        // when
        overwrite(store.resolve("commitlog/00000000000000131072"), 0, new byte[65_536]);

        // then
        assertThat(browser.isSameLog()).isFalse();
    }

    @Test
    void shouldFindTheMessagesThatAreAskedFor() {
        // given
        GoldenStore golden = GoldenStore.unpack("p03-async-clean", folder);
        StoreBrowser browser = StoreBrowser.open(environment(), golden.store());
        List<JsonNode> all = golden.written();
        JsonNode some = all.get(137);
        String topic = some.get("topic").asText();
        int queue = some.get("queueId").asInt();
        String tags = all.stream()
                .map(line -> line.get("tags").asText())
                .filter(it -> !it.isEmpty())
                .findFirst()
                .orElseThrow();
        String key = all.stream()
                .map(line -> line.get("keys").asText())
                .filter(it -> it.contains(" "))
                .findFirst()
                .orElseThrow()
                .split(" ")[1];
        long time = some.get("storeTimestamp").asLong();

        // then
        assertThat(offsets(browser.search(MessageQuery.ALL))).hasSize(RECORDS_P03);
        assertThat(offsets(browser.search(MessageQuery.ALL.ofTopic(topic).ofQueue(queue))))
                .isEqualTo(offsets(all, line -> line.get("topic").asText().equals(topic)
                        && line.get("queueId").asInt() == queue));
        assertThat(offsets(browser.search(MessageQuery.ALL.withTags(tags))))
                .isEqualTo(offsets(all, line -> line.get("tags").asText().equals(tags)));
        assertThat(offsets(browser.search(MessageQuery.ALL.withKey(key))))
                .isEqualTo(offsets(all, line -> List.of(line.get("keys").asText().split(" ")).contains(key)))
                .isNotEmpty();
        assertThat(offsets(browser.search(MessageQuery.ALL.stored(time, time))))
                .isEqualTo(offsets(all, line -> line.get("storeTimestamp").asLong() == time));
        assertThat(offsets(browser.search(MessageQuery.ALL.ofTopic("none")))).isEmpty();
    }

    @Test
    void shouldFindTheQueueEntryOfEachMessage() throws IOException {
        // given
        GoldenStore store = GoldenStore.unpack("p03-async-clean", folder);
        StoreBrowser browser = readAll(store.store(), 100);

        // when, then
        for (BrowsedRow row : browser.rows(0, RECORDS_P03)) {
            MessageExt message = browser.detail(row.commitLogOffset()).orElseThrow().message();
            QueueEntryView entry = browser.queueEntry(message);
            assertThat(entry.state()).as("entry of row %d", row.row()).isEqualTo(QueueEntryView.State.FITS);
            assertThat(entry.tagsCode()).isEqualTo(message.tags().hashCode());
        }
    }

    @Test
    void shouldSayThatAQueueEntryIsMissing() throws IOException {
        // given
        GoldenStore store = GoldenStore.unpack("p09-no-consumequeue", folder);
        StoreBrowser browser = readAll(store.store(), 100);
        MessageExt message = browser.detail(0).orElseThrow().message();

        // when
        QueueEntryView entry = browser.queueEntry(message);

        // then
        assertThat(entry.state()).isEqualTo(QueueEntryView.State.NO_FILE);
        assertThat(entry.file()).isEqualTo("consumequeue/%s/%d".formatted(message.topic(), message.queueId()));
    }

    @Test
    void shouldRefuseADirectoryThatIsNoStore() {
        // then
        assertThatThrownBy(() -> StoreBrowser.open(environment(), folder)).isInstanceOf(StoreException.class)
                .hasMessageContaining("expected the directory of a store");
    }

    private Path p03() {
        return GoldenStore.unpack("p03-async-clean", folder).store();
    }

    private static LiveEnvironment environment() {
        return LiveEnvironment.builder().build();
    }

    private static StoreBrowser readAll(Path store, int atATime) {
        StoreBrowser browser = StoreBrowser.open(environment(), store);
        readOn(browser, atATime);
        return browser;
    }

    private static void readOn(StoreBrowser browser, int atATime) {
        while (browser.readOn(atATime)) {
            // to the end
        }
    }

    private static List<Long> offsets(MessageSearch search) {
        List<Long> offsets = new ArrayList<>();
        while (!search.isComplete()) {
            search.lookOn(11).forEach(row -> offsets.add(row.commitLogOffset()));
        }
        return offsets;
    }

    private static List<Long> offsets(List<JsonNode> lines, Predicate<JsonNode> wanted) {
        return lines.stream().filter(wanted).map(line -> line.get("physicalOffset").asLong()).toList();
    }

    private static String field(MessageDetail detail, String name) {
        return detail.fields().stream().filter(field -> field.name().equals(name)).findFirst().orElseThrow().value();
    }

    private static void overwrite(Path file, long position, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), position);
        }
    }
}
