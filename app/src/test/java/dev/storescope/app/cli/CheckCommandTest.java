package dev.storescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LAST_FILE = "commitlog/00000000000000000000";

    @TempDir private Path folder;

    private Path store;

    @BeforeEach
    void makeStore() {
        store = folder.resolve("store");
        assertThat(CommandRun.of("load", "--dir", store, "--messages", 100, "--topics", 2, "--queues", 2,
                "--segment-size", "1M", "--seed", 3).exitCode()).isZero();
    }

    @Test
    void shouldFindSoundWhatWasWrittenAndClosed() throws IOException {
        // when
        CommandRun text = CommandRun.of("check", store);
        JsonNode json = JSON.readTree(CommandRun.of("check", store, "--json").outText());
        // then
        assertThat(text.exitCode()).as(text.outText()).isZero();
        assertThat(text.err()).isEmpty();
        assertThat(text.outText()).contains("100 sound records", "100 entries that match their record",
                "verdict     sound");
        assertThat(json.get("sound").asBoolean()).isTrue();
        assertThat(json.get("faults")).isEmpty();
        assertThat(json.get("queueEntries").asLong()).isEqualTo(100);
    }

    @Test
    void shouldNameEachFaultWithFileAndOffset() throws IOException {
        // given
        try (FileChannel file = FileChannel.open(store.resolve(LAST_FILE), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {1}), 200);
        }
        // when
        CommandRun text = CommandRun.of("check", store);
        JsonNode json = JSON.readTree(CommandRun.of("check", store, "--json").outText());
        // then
        assertThat(text.exitCode()).isEqualTo(1);
        assertThat(text.err()).isEmpty();
        assertThat(text.out()).anyMatch(line -> line.startsWith("  " + LAST_FILE + " at 0: expected body CRC "));
        assertThat(text.outText()).contains("99 sound records", "verdict     damaged, ");
        JsonNode fault = json.get("faults")
                .valueStream()
                .filter(each -> each.get("kind").asText().equals("record"))
                .findFirst()
                .orElseThrow();
        assertThat(fault.get("part").asText()).isEqualTo("log");
        assertThat(fault.get("file").asText()).isEqualTo(LAST_FILE);
        assertThat(fault.get("position").asLong()).isZero();
        assertThat(fault.get("offset").asLong()).isZero();
        assertThat(fault.get("found").asText()).contains("the next sound record is ");
        assertThat(json.get("sound").asBoolean()).isFalse();
        assertThat(json.get("records").asLong()).isEqualTo(99);
    }

    @Test
    void shouldEndWithTwoWhereThereIsNoStore() throws IOException {
        // given
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path file = Files.writeString(folder.resolve("letter.txt"), "dear reader");
        // then
        for (Path directory : new Path[] {empty, folder.resolve("missing"), file}) {
            CommandRun run = CommandRun.of("check", directory);
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err().getFirst()).startsWith(
                    "storescope check: " + directory + ": expected the directory of a store");
        }
        assertThat(Files.list(empty)).isEmpty();
    }

    @Test
    void shouldTakeTheGeometryOfTheIndexAndRefuseUnknownSettings() {
        assertThat(CommandRun.of("check", store, "--set", "maxHashSlotNum=100", "--set", "maxIndexNum=400").err())
                .isEmpty();
        CommandRun wrong = CommandRun.of("check", store, "--set", "noSuchThing=1");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err().getFirst()).contains("noSuchThing");
    }
}
