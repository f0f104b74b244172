package dev.storescope.app.session.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.storescope.engine.inspect.BrowsedRow;
import dev.storescope.engine.inspect.LogStep;
import dev.storescope.engine.inspect.MessageQuery;
import dev.storescope.engine.inspect.StoreBrowser.Growth;
import dev.storescope.engine.inspect.check.IndexShape;
import dev.storescope.engine.inspect.check.IndexShape.Source;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectionTest {
    private static final int SAMPLE_MESSAGES = 300;

    @TempDir private Path folder;
    private final Inspection inspection = new Inspection();

    @AfterEach
    void close() {
        inspection.close();
    }

    @Test
    void shouldReadTheSampleToItsEnd() {
        openSample();

        InspectionState.Open open = open();
        assertThat(open.files()).hasSize(3);
        assertThat(open.progress().rows()).isEqualTo(SAMPLE_MESSAGES);
        assertThat(open.progress().faultCount()).isZero();
        assertThat(open.isReading()).isFalse();
    }

    @Test
    void shouldGiveRowsAndMessages() {
        // given
        openSample();
        long generation = inspection.read().generation();
        // when
        List<BrowsedRow> rows = inspection.rows(generation, 250, 100).join();
        var detail = inspection.detail(generation, rows.getFirst().commitLogOffset()).join().orElseThrow();
        // then
        assertThat(rows).hasSize(50);
        assertThat(detail.message().commitLogOffset()).isEqualTo(rows.getFirst().commitLogOffset());
        assertThat(inspection.rowAt(generation, rows.getFirst().commitLogOffset() + 1).join()).hasValue(250);
        assertThat(inspection.rows(generation - 1, 0, 10).join()).as("rows of what is no longer open").isEmpty();
    }

    @Test
    void shouldNotBeIdleBeforeWhatAnAnswerAskedForIsAnswered() {
        // given
        openSample();
        long generation = inspection.read().generation();
        for (int i = 0; i < 200; i++) {
            // when
            var entry = inspection.detail(generation, 0)
                    .thenCompose(found -> inspection.queueEntry(generation, found.orElseThrow().message()));
            inspection.idle().join();
            // then
            assertThat(entry).as("round %d", i).isDone();
        }
    }

    @Test
    void shouldSearchTheWholeLog() {
        // given
        openSample();
        // when
        inspection.search(MessageQuery.ALL.ofTopic("topic-1").ofQueue(2));
        inspection.idle().join();
        // then
        SearchReading search = inspection.read().search().orElseThrow();
        assertThat(search.state()).isEqualTo(SearchReading.State.DONE);
        assertThat(search.lookedBytes()).isEqualTo(search.totalBytes());
        assertThat(search.found()).isNotEmpty().allSatisfy(row -> {
            LogStep.Record record = (LogStep.Record) row.step();
            assertThat(record.topic()).isEqualTo("topic-1");
            assertThat(record.queueId()).isEqualTo(2);
        });
    }

    @Test
    void shouldForgetASearch() {
        // given
        openSample();
        inspection.search(MessageQuery.ALL.ofTopic("no such topic"));
        inspection.idle().join();
        assertThat(inspection.read().search()).hasValueSatisfying(search -> assertThat(search.found()).isEmpty());
        // when
        inspection.endSearch();
        inspection.idle().join();
        // then
        assertThat(inspection.read().search()).isEmpty();
    }

    @Test
    void shouldWriteEveryRowAsCsv() throws IOException {
        // given
        openSample();
        Path target = folder.resolve("rows.csv");
        // when
        inspection.export(ExportFormat.CSV, target);
        inspection.idle().join();
        // then
        assertThat(export().state()).isEqualTo(ExportReading.State.DONE);
        assertThat(export().rows()).isEqualTo(SAMPLE_MESSAGES);
        List<String> lines = Files.readAllLines(target);
        assertThat(lines).hasSize(SAMPLE_MESSAGES + 1);
        assertThat(lines.getFirst()).startsWith("row,file,commitLogOffset,sizeBytes,topic,queueId,queueOffset");
        assertThat(lines.get(1)).startsWith("0,00000000000000000000,0,");
    }

    @Test
    void shouldWriteWhatASearchFindsAsJson() throws IOException {
        // given
        openSample();
        inspection.search(MessageQuery.ALL.ofTopic("topic-2"));
        inspection.idle().join();
        int found = inspection.read().search().orElseThrow().found().size();
        Path target = folder.resolve("rows.json");
        // when
        inspection.export(ExportFormat.JSON, target);
        inspection.idle().join();
        // then
        JsonNode rows = new ObjectMapper().readTree(target.toFile());
        assertThat(rows).hasSize(found).allSatisfy(row -> assertThat(row.get("topic").asText()).isEqualTo("topic-2"));
    }

    @Test
    void shouldWriteNothingIntoTheDirectoryThatItLooksAt() throws IOException {
        // given
        openSample();
        Path directory = open().directory();
        Map<Path, String> before = contents(directory);
        // when
        inspection.search(MessageQuery.ALL.withKey("k"));
        inspection.export(ExportFormat.CSV, directory.resolve("rows.csv"));
        inspection.refresh();
        inspection.idle().join();
        // then
        assertThat(export().state()).isEqualTo(ExportReading.State.FAILED);
        assertThat(export().problem()).contains("rows.csv", "expected a place outside of", directory.toString());
        assertThat(contents(directory)).isEqualTo(before);
    }

    @Test
    void shouldLeaveNoPartOfACancelledExport() throws IOException {
        // given
        openSample();
        Path exports = Files.createDirectory(folder.resolve("exports"));
        // when
        inspection.export(ExportFormat.CSV, exports.resolve("rows.csv"));
        inspection.cancelExport();
        inspection.idle().join();
        // then
        boolean wasDone = export().state() == ExportReading.State.DONE;
        try (var files = Files.list(exports)) {
            assertThat(files.map(file -> file.getFileName().toString()).toList())
                    .isEqualTo(wasDone ? List.of("rows.csv") : List.of());
        }
    }

    @Test
    void shouldTellOfAMissingFolderToExportTo() {
        openSample();

        inspection.export(ExportFormat.CSV, folder.resolve("missing/rows.csv"));
        inspection.idle().join();

        assertThat(export().state()).isEqualTo(ExportReading.State.FAILED);
        assertThat(export().problem()).contains("missing");
    }

    @Test
    void shouldShowAFaultAsARow() throws IOException {
        // given
        openSample();
        Path directory = open().directory();
        BrowsedRow tenth = inspection.rows(inspection.read().generation(), 10, 1).join().getFirst();
        try (var file = new RandomAccessFile(directory.resolve("commitlog").resolve(tenth.file()).toFile(), "rw")) {
            file.seek(tenth.commitLogOffset() + 90);
            file.write(~file.read());
        }
        // when
        inspection.open(directory);
        inspection.idle().join();
        // then
        assertThat(open().progress().faultCount()).isEqualTo(1);
        assertThat(open().progress().rows()).isEqualTo(SAMPLE_MESSAGES);
        LogStep step = inspection.rows(inspection.read().generation(), 10, 1).join().getFirst().step();
        assertThat(step).isInstanceOf(LogStep.Fault.class);
    }

    @Test
    void shouldProveTheWholeStore() {
        // given
        openSample();
        assertThat(inspection.readCheck()).isEmpty();
        // when
        inspection.check(Map.of());
        inspection.idle().join();
        // then
        CheckReading check = inspection.readCheck().orElseThrow();
        assertThat(check.state()).isEqualTo(CheckReading.State.DONE);
        assertThat(check.report().orElseThrow().isSound()).isTrue();
        assertThat(check.report().orElseThrow().log().records()).isEqualTo(SAMPLE_MESSAGES);
    }

    @Test
    void shouldCheckTheIndexByWhatItIsToldAndSayByWhat() {
        // given
        openSample();
        // when, then
        assertThat(shapesFoundWith(Map.of("maxHashSlotNum", "100", "maxIndexNum", "400")))
                .containsExactly(new IndexShape(Source.SETTINGS, 100, 400, 3));
        assertThat(shapesFoundWith(Map.of("maxHashSlotNum", "7", "maxIndexNum", "70")))
                .as("what fits no file is not believed")
                .containsExactly(new IndexShape(Source.CONTENT, 100, 400, 3));
        assertThat(shapesFoundWith(Map.of())).containsExactly(new IndexShape(Source.CONTENT, 100, 400, 3));
    }

    @Test
    void shouldCheckByTheSettingsWithWhichTheStoreWasOpenedHere() {
        // given
        try (var knowing = new Inspection(
                _ -> Map.of("maxHashSlotNum", "100", "maxIndexNum", "400", "flushDiskType", "SYNC_FLUSH"))) {
            knowing.openSample(folder.resolve("samples"));
            // when
            knowing.check(Map.of());
            knowing.idle().join();
            // then
            assertThat(knowing.readCheck().orElseThrow().report().orElseThrow().indexShapes())
                    .containsExactly(new IndexShape(Source.SETTINGS, 100, 400, 3));
        }
    }

    @Test
    void shouldSayWhatItExpectedOfASettingThatItIsTold() {
        // given
        openSample();
        // when
        inspection.check(Map.of("maxHashSlotNum", "many"));
        inspection.idle().join();
        // then
        CheckReading check = inspection.readCheck().orElseThrow();
        assertThat(check.state()).isEqualTo(CheckReading.State.FAILED);
        assertThat(check.problem()).contains("maxHashSlotNum", "many");
    }

    private List<IndexShape> shapesFoundWith(Map<String, String> told) {
        inspection.check(told);
        inspection.idle().join();
        return inspection.readCheck().orElseThrow().report().orElseThrow().indexShapes();
    }

    @Test
    void shouldEndACheckWhenItIsCancelledOrTheDirectoryIsLetGo() {
        // given
        openSample();
        // when
        inspection.check(Map.of());
        inspection.cancelCheck();
        inspection.idle().join();
        // then
        assertThat(inspection.readCheck().orElseThrow().state())
                .isIn(CheckReading.State.CANCELLED, CheckReading.State.DONE);
        // when
        inspection.closeStore();
        inspection.idle().join();
        // then
        assertThat(inspection.readCheck()).isEmpty();
    }

    @Test
    void shouldTellHowMuchHasComeAndReadItWhenAsked() throws IOException {
        // given
        Growing log = growingSample();
        assertThat(open().progress().rows()).isEqualTo(log.rowsBefore());
        // when
        log.grow();
        inspection.lookNow().join();
        // then
        assertThat(open().tail().growth())
                .isEqualTo(new Growth(log.bytes(), SAMPLE_MESSAGES - log.rowsBefore()));
        assertThat(open().progress().rows()).as("nothing is read unasked").isEqualTo(log.rowsBefore());
        // when
        inspection.refresh();
        inspection.idle().join();
        // then
        assertThat(open().progress().rows()).isEqualTo(SAMPLE_MESSAGES);
        assertThat(open().tail()).isEqualTo(LogTail.QUIET);
    }

    @Test
    void shouldReadByItselfWhatHasComeWhileItFollows() throws IOException {
        // given
        Growing log = growingSample();
        inspection.follow();
        inspection.idle().join();
        assertThat(open().tail().mode()).isEqualTo(LogTail.Mode.FOLLOWED);
        long generation = inspection.read().generation();
        // when
        log.grow();
        inspection.lookNow().join();
        inspection.idle().join();
        // then
        assertThat(open().progress().rows()).isEqualTo(SAMPLE_MESSAGES);
        assertThat(inspection.read().generation()).isEqualTo(generation);
        // when
        inspection.stopFollowing();
        inspection.idle().join();
        // then
        assertThat(open().tail().mode()).isEqualTo(LogTail.Mode.TOLD);
    }

    @Test
    void shouldSayThatTheLogWasReplacedAndReadItAnewWhenAsked() throws IOException {
        // given
        openSample();
        Path directory = open().directory();
        long generation = inspection.read().generation();
        // when
        Files.delete(directory.resolve("commitlog/00000000000000131072"));
        inspection.lookNow().join();
        // then
        assertThat(open().tail().mode()).isEqualTo(LogTail.Mode.REPLACED);
        // when
        inspection.refresh();
        inspection.idle().join();
        // then
        assertThat(inspection.read().generation()).isGreaterThan(generation);
        assertThat(open().files()).hasSize(2);
        assertThat(open().progress().rows()).isLessThan(SAMPLE_MESSAGES);
        assertThat(open().tail()).isEqualTo(LogTail.QUIET);
    }

    @Test
    void shouldSayWhatItExpectedOfADirectory() throws IOException {
        Path photos = Files.createDirectory(folder.resolve("photos"));

        inspection.open(photos);
        inspection.idle().join();

        assertThat(inspection.read().state()).isInstanceOfSatisfying(InspectionState.Failed.class, failed -> {
            assertThat(failed.directory()).isEqualTo(photos);
            assertThat(failed.message()).contains("photos", "expected", "commitlog");
        });
    }

    @Test
    void shouldFindTheStoreThatIsMeant() {
        openSample();
        Path directory = open().directory();

        for (Path pointed : List.of(directory.resolve("commitlog"),
                directory.resolve("commitlog/00000000000000065536"))) {
            inspection.open(pointed);
            inspection.idle().join();
            assertThat(open().directory()).as("store meant by %s", pointed).isEqualTo(directory);
        }
    }

    @Test
    void shouldLookAtNothingAfterClosing() {
        openSample();

        inspection.closeStore();
        inspection.idle().join();

        assertThat(inspection.read().state()).isEqualTo(new InspectionState.Nothing());
    }

    /// A log whose last file is written later.
    private record Growing(Path file, byte[] content, long rowsBefore, long bytes) {
        private void grow() throws IOException {
            try (var open = new RandomAccessFile(file.toFile(), "rw")) {
                open.write(content);
            }
        }
    }

    private Growing growingSample() throws IOException {
        openSample();
        Path directory = open().directory();
        long end = open().progress().endOffset();
        Path last = directory.resolve("commitlog/00000000000000131072");
        byte[] content = Files.readAllBytes(last);
        new Growing(last, new byte[content.length], 0, 0).grow();
        inspection.open(directory);
        inspection.idle().join();
        return new Growing(last, content, open().progress().rows(), end - 131_072);
    }

    private void openSample() {
        inspection.openSample(folder.resolve("samples"));
        inspection.idle().join();
    }

    private InspectionState.Open open() {
        return (InspectionState.Open) inspection.read().state();
    }

    private ExportReading export() {
        return inspection.read().export().orElseThrow();
    }

    /// Every file with its length, time and checksum.
    private static Map<Path, String> contents(Path directory) throws IOException {
        var contents = new TreeMap<Path, String>();
        try (var files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                var crc = new CRC32();
                crc.update(Files.readAllBytes(file));
                FileTime time = Files.getLastModifiedTime(file);
                contents.put(file, "%d %s %x".formatted(Files.size(file), time, crc.getValue()));
            }
        }
        return contents;
    }
}
