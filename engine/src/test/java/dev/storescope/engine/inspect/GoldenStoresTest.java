package dev.storescope.engine.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.inspect.LogFileReport.FileState;
import dev.storescope.engine.testing.DirectoryContents;
import dev.storescope.engine.testing.GoldenFields;
import dev.storescope.engine.testing.GoldenStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Reads what RocketMQ itself wrote, byte for byte.
class GoldenStoresTest {
    @TempDir private Path folder;

    private static List<String> names() {
        return GoldenStore.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldReadEveryFieldOfEveryRecord(String name) {
        // given
        GoldenStore golden = GoldenStore.unpack(name, folder);
        List<JsonNode> dumped = golden.dump("msg").stream().filter(GoldenStoresTest::isSound).toList();
        // when
        List<MessageExt> read = messages(inspector(golden));
        // then
        assertSame(read, dumped, GoldenFields.DUMPED);
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldReadWhatTheRealStoreGaveBack(String name) {
        // given
        GoldenStore golden = GoldenStore.unpack(name, folder);
        // when
        List<MessageExt> read = messages(inspector(golden));
        // then
        assertSame(read, golden.written(), GoldenFields.WRITTEN);
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldFindTheBlanksAndTheEndOfEachFile(String name) {
        // given
        GoldenStore golden = GoldenStore.unpack(name, folder);
        // when
        StoreReport report = inspector(golden).inspect();
        // then
        Map<String, Long> blanks = positions(golden, "blank");
        Map<String, Long> ends = positions(golden, "end");
        for (LogFileReport file : report.files()) {
            switch (file.state()) {
                case FULL -> assertThat(file.last().position()).isEqualTo(blanks.remove(file.file().name()));
                case OPEN, PREPARED ->
                        assertThat(file.dataEndPosition()).isEqualTo(ends.remove(file.file().name()));
                case DAMAGED -> {
                    assertThat(name).isEqualTo("p08-torn-tail-aborted");
                    ends.remove(file.file().name());
                }
            }
        }
        assertThat(blanks).isEmpty();
        assertThat(ends).isEmpty();
        assertThat(report.endOffset())
                .isEqualTo(golden.recoveredEndOffset());
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldReportTheDirectory(String name) {
        // given
        GoldenStore golden = GoldenStore.unpack(name, folder);
        JsonNode checkpoint = golden.dump("checkpoint").getFirst();
        List<JsonNode> abort = golden.dump("abort");
        // when
        StoreReport report = inspector(golden).inspect();
        // then
        assertThat(report.checkpoint()).hasValueSatisfying(values -> {
            assertThat(values.physicMsgTimestamp()).isEqualTo(checkpoint.get("physicMsgTimestamp").asLong());
            assertThat(values.logicsMsgTimestamp()).isEqualTo(checkpoint.get("logicsMsgTimestamp").asLong());
            assertThat(values.indexMsgTimestamp()).isEqualTo(checkpoint.get("indexMsgTimestamp").asLong());
            assertThat(values.masterFlushedOffset()).isEqualTo(checkpoint.get("masterFlushedOffset").asLong());
            assertThat(values.confirmPhyOffset()).isEqualTo(checkpoint.get("confirmPhyOffset").asLong());
            assertThat(values.logicsPhysicalOffset()).isEqualTo(checkpoint.get("logicsPhysicalOffset").asLong());
        });
        assertThat(report.abort()).isEqualTo(abort.stream().map(line -> line.get("text").asText()).findFirst());
        assertThat(report.derived().queueFiles()).isEqualTo(golden.dump("cqfile").size());
        assertThat(report.derived().indexFiles()).isEqualTo(golden.dump("index").size());
        assertThat(report.faults()).hasSize(name.startsWith("p08") ? 1 : 0);
        assertThat(report.notes()).isEmpty();
        if (!report.files().isEmpty()) {
            assertThat(report.fileSizeBytes()).hasValue(golden.segmentSizeBytes());
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldCountTheRecordsOfEachQueue(String name) {
        // given
        GoldenStore golden = GoldenStore.unpack(name, folder);
        Map<String, Long> expected = new LinkedHashMap<>();
        golden.expected()
                .get("afterLoad")
                .get("queues")
                .properties()
                .forEach(queue -> expected.put(queue.getKey(), queue.getValue().get("max").asLong()));
        // when
        StoreReport report = inspector(golden).inspect();
        // then
        Map<String, Long> counted = new LinkedHashMap<>();
        for (QueueReport queue : report.queues()) {
            assertThat(queue.isContiguous()).as("%s", queue).isTrue();
            counted.put(queue.topic() + "/" + queue.queueId(), queue.maxQueueOffset() + 1);
        }
        assertThat(counted).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldChangeNothing(String name) throws IOException {
        // given
        GoldenStore golden = GoldenStore.unpack(name, folder);
        Map<String, String> before = DirectoryContents.of(golden.store());
        // when
        inspector(golden).inspect();
        // then
        assertThat(DirectoryContents.of(golden.store())).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldNameTheFaultOfATornTail(String name) {
        // given
        GoldenStore golden = GoldenStore.unpack(name, folder);
        // when
        StoreReport report = inspector(golden).inspect();
        // then
        if (name.equals("p08-torn-tail-aborted")) {
            assertThat(report.files()).extracting(LogFileReport::state)
                    .containsExactly(FileState.FULL,
                            FileState.DAMAGED, FileState.PREPARED);
            assertThat(report.faults().getFirst().commitLogOffset()).isEqualTo(91_157);
            assertThat(report.faults().getFirst().text())
                    .startsWith("00000000000000065536 at 25621 (offset 91157), ")
                    .contains("expected", "found");
        } else {
            assertThat(report.faultCount()).isZero();
        }
    }

    private static void assertSame(List<MessageExt> read, List<JsonNode> lines, List<String> names) {
        assertThat(read.stream().map(message -> GoldenFields.of(message, names)))
                .containsExactlyElementsOf(lines.stream().map(line -> GoldenFields.of(line, names)).toList());
    }

    private static StoreInspector inspector(GoldenStore golden) {
        return new StoreInspector(LiveEnvironment.withoutProbe(), golden.store());
    }

    private static List<MessageExt> messages(StoreInspector inspector) {
        List<MessageExt> messages = new ArrayList<>();
        for (LogFile file : inspector.logFiles()) {
            try (RecordCursor cursor = inspector.open(file)) {
                LogStep step = cursor.next();
                while (!(step instanceof LogStep.End)) {
                    if (step instanceof LogStep.Record record) {
                        MessageExt message = cursor.message();
                        assertThat(record.bodyCrc32()).isEqualTo(message.bodyCrc32());
                        assertThat(record.commitLogOffset()).isEqualTo(message.commitLogOffset());
                        messages.add(message);
                    }
                    step = cursor.next();
                }
            }
        }
        return messages;
    }

    private static boolean isSound(JsonNode line) {
        return line.get("crcOk").asBoolean() && line.get("sizeOk").asBoolean();
    }

    private static Map<String, Long> positions(GoldenStore golden, String type) {
        Map<String, Long> positions = new LinkedHashMap<>();
        golden.dump(type).forEach(line -> positions.put(line.get("file").asText(), line.get("pos").asLong()));
        return positions;
    }
}
