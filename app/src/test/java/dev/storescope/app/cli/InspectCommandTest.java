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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path folder;

    private Path store;

    @BeforeEach
    void makeStore() {
        store = folder.resolve("store");
        assertThat(CommandRun.of("load", "--dir", store, "--messages", 200, "--topics", 2, "--queues", 2,
                "--segment-size", "64K", "--seed", 3).exitCode()).isZero();
    }

    @Test
    void shouldTellPeople() {
        // when
        CommandRun run = CommandRun.of("inspect", store);
        // then
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.outText()).contains("store       " + store, "records     200, ", "in 4 queues",
                "abort       absent: closed cleanly", "faults      none", "full, blank at", "topic-1 / 1");
    }

    @Test
    void shouldTellPrograms() throws IOException {
        // when
        JsonNode report = JSON.readTree(CommandRun.of("inspect", store, "--json").outText());
        // then
        assertThat(report.get("records").asLong()).isEqualTo(200);
        assertThat(report.get("first").get("physicalOffset").asLong()).isZero();
        assertThat(report.get("last").get("physicalOffset").asLong() + report.get("last").get("size").asLong())
                .isEqualTo(report.get("endOffset").asLong());
        assertThat(report.get("queues")).hasSize(4);
        assertThat(report.get("files").get(0).get("state").asText()).isEqualTo("full");
        assertThat(report.get("faultCount").asLong()).isZero();
        assertThat(report.get("checkpoint").get("physicMsgTimestamp").asLong()).isPositive();
    }

    @Test
    void shouldNameAFault() throws IOException {
        // given
        try (FileChannel file = FileChannel.open(store.resolve("commitlog/00000000000000000000"),
                StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {1}), 200);
        }
        // when
        CommandRun text = CommandRun.of("inspect", store);
        CommandRun json = CommandRun.of("inspect", store, "--json");
        CommandRun records = CommandRun.of("inspect", store, "--records");
        // then
        assertThat(List.of(text, json, records)).allSatisfy(run -> {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).singleElement()
                    .asString()
                    .startsWith(
                            "storescope inspect: a fault: 00000000000000000000 at 0 (offset 0), body CRC:");
        });
        assertThat(JSON.readTree(json.outText()).get("faults").get(0).get("offset").asLong()).isZero();
        assertThat(text.outText()).contains("00000000000000000000 at 0 (offset 0), body CRC: expected",
                "damaged: 1 faults");
        assertThat(records.out()).hasSize(200);
        assertThat(JSON.readTree(records.out().getFirst()).get("problem").asText()).startsWith("body CRC: expected");
    }

    @Test
    void shouldListTheMessagesOfATopic() throws IOException {
        // when
        CommandRun text = CommandRun.of("inspect", store, "--messages", "--topic", "topic-1", "--max", 3);
        List<JsonNode> json = lines("--messages", "--topic", "topic-1");
        // then
        assertThat(text.exitCode()).isZero();
        assertThat(text.err()).isEmpty();
        assertThat(text.out()).hasSize(4);
        assertThat(text.out().subList(1, 4)).allMatch(line -> line.contains("  topic-1 / "));
        assertThat(json).isNotEmpty()
                .isEqualTo(lines("--messages").stream()
                        .filter(line -> line.get("topic").asText().equals("topic-1"))
                        .toList());
    }

    @Test
    void shouldListFromAnOffsetOfTheLogOrOfAQueue() throws IOException {
        // given
        List<JsonNode> all = lines("--messages");
        JsonNode middle = all.get(120);
        long offset = middle.get("physicalOffset").asLong();
        // then
        assertThat(all).hasSize(200);
        assertThat(lines("--messages", "--from", offset)).isEqualTo(all.subList(120, 200));
        assertThat(lines("--messages", "--from", offset + 1)).isEqualTo(all.subList(121, 200));
        assertThat(lines("--messages", "--topic", "topic-0", "--queue", 1, "--from", 20, "--max", 2))
                .extracting(line -> line.get("queueOffset").asLong())
                .containsExactly(20L, 21L);
    }

    @Test
    void shouldListTheMessagesWithAKey() throws IOException {
        // given
        Path keyed = folder.resolve("keyed");
        CommandRun.of("load", "--dir", keyed, "--messages", 50, "--keys", "--segment-size", "64K", "--seed", 3);
        JsonNode one = JSON.readTree(CommandRun.of("inspect", keyed, "--messages", "--json").out().get(17));
        String key = one.get("keys").asText().split(" ")[0];
        // when
        CommandRun found = CommandRun.of("inspect", keyed, "--messages", "--key", key, "--json");
        // then
        assertThat(found.out()).anySatisfy(line -> assertThat(JSON.readTree(line)).isEqualTo(one));
        assertThat(found.out()).allSatisfy(line -> assertThat(JSON.readTree(line).get("keys").asText()).contains(key));
        assertThat(CommandRun.of("inspect", keyed, "--messages", "--key", "no-such-key").out()).isEmpty();
    }

    @Test
    void shouldRefuseToListWhatDoesNotGoTogether() {
        assertWrongUse("expected a --topic with it", "--messages", "--queue", 1);
        assertWrongUse("--messages", "--topic", "topic-1");
        assertWrongUse("--from: expected 0 or more, found -1", "--messages", "--from", -1);
        assertWrongUse("--max: expected 1 or more, found 0", "--messages", "--max", 0);
        assertWrongUse("found both", "--messages", "--records");
        assertWrongUse("'x'", "--messages", "--max", "x");
    }

    private void assertWrongUse(String reason, Object... options) {
        CommandRun run = CommandRun.of(Stream.concat(Stream.of("inspect", store), Stream.of(options)).toArray());
        assertThat(run.exitCode()).as(reason).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().getFirst()).startsWith("storescope inspect: ").contains(reason);
    }

    private List<JsonNode> lines(Object... options) throws IOException {
        CommandRun run = CommandRun.of(
                Stream.concat(Stream.of("inspect", store, "--json"), Stream.of(options)).toArray());
        assertThat(run.exitCode()).isZero();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : run.out()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    @Test
    void shouldFailWithOneLineWhereThereIsNoStore() throws IOException {
        // given
        Path empty = Files.createDirectory(folder.resolve("empty"));
        // then
        for (Path directory : new Path[] {empty, folder.resolve("missing")}) {
            assertNoStore(CommandRun.of("inspect", directory), directory + ": expected the directory of a store, with");
            assertNoStore(CommandRun.of("inspect", directory, "--records"), directory + ": expected the directory");
        }
        assertThat(Files.list(empty)).isEmpty();
    }

    @Test
    void shouldSayThatAFileIsNoStore() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("letter.txt"), "dear reader");
        // then
        assertNoStore(CommandRun.of("inspect", file), file + ": expected the directory of a store, found a file");
    }

    private static void assertNoStore(CommandRun run, String reason) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).singleElement().asString().startsWith("storescope inspect: " + reason);
    }
}
