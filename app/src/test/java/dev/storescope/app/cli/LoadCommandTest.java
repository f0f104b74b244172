package dev.storescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.env.FileDisk;
import dev.storescope.engine.env.LiveEnvironment;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class LoadCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /// What both the ledger and `inspect --records` tell.
    private static final List<String> LEDGER_FIELDS = List.of("topic", "queueId", "queueOffset", "physicalOffset",
            "size", "bodyCrc32", "keys", "tags");

    @TempDir private Path folder;

    @Test
    void shouldPutMessagesAndSumUp() throws IOException {
        // given
        Path json = folder.resolve("summary.json");
        // when
        CommandRun run = load("--messages", 500, "--producers", 3, "--flush", "sync", "--segment-size", "64K",
                "--json", json);
        // then
        assertThat(run.exitCode()).as("%s", run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).anyMatch(line -> line.matches("messages +500 acknowledged of 500 sent in .+"))
                .anyMatch(line -> line.matches("rate +[\\d,]+ messages/s, [\\d.,]+ MB/s"))
                .anyMatch(line -> line.matches("latency +p50 .+  p99 .+  p99.9 .+  max .+"))
                .anyMatch(line -> line.matches("forces +[\\d,]+, mean batch [\\d.]+ puts"))
                .anyMatch(line -> line.matches("file rolls +\\d+, preallocation hits \\d+ of \\d+"));
        JsonNode summary = JSON.readTree(json.toFile());
        assertThat(summary.get("messages").asLong()).isEqualTo(500);
        assertThat(summary.get("bodyBytes").asLong()).isEqualTo(500 * 1024);
        assertThat(summary.get("forces").asLong()).isPositive();
        assertThat(summary.get("meanBatch").asDouble()).isBetween(1.0, 3.0);
        assertThat(summary.get("fileRolls").asLong()).isEqualTo(Files.list(folder.resolve("store/commitlog")).count()
                - 1);
        assertThat(summary.get("latencyNs").get("p99.9").asLong())
                .isBetween(summary.get("latencyNs").get("p50").asLong(), summary.get("latencyNs").get("max").asLong());
        assertThat(summary.get("settings").get("flushDiskType").asText()).isEqualTo("SYNC_FLUSH");
        assertThat(inspect().get("records").asLong()).isEqualTo(500);
        assertThat(inspect().get("abort").isNull()).isTrue();
    }

    /// Under async flush the last force comes when all messages were acknowledged.
    @Test
    void shouldFailWhenTheLastForceDoes() {
        // given
        Disk disk = withoutForce(Disk.class, new FileDisk());
        CommandLine load = new CommandLine(
                new LoadCommand(() -> LiveEnvironment.builder().disk(disk).withoutProbe().build()));
        StringWriter err = new StringWriter();
        load.setOut(new PrintWriter(Writer.nullWriter())).setErr(new PrintWriter(err));
        // when
        int exitCode = load.execute("--dir", folder.resolve("store").toString(), "--messages", "100", "--segment-size",
                "64K", "--set", "flushIntervalCommitLog=3600000");
        // then
        assertThat(err.toString()).contains("could not be stopped cleanly: force failed at offset 0");
        assertThat(exitCode).isEqualTo(1);
        assertThat(folder.resolve("store/abort")).exists();
    }

    /// The same, but the files that it opens or makes cannot be forced.
    private static <T> T withoutForce(Class<T> type, T whole) {
        return type
                .cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
                    if (method.getName().equals("force")) {
                        throw new IOException("input/output error (wanted by the test)");
                    }
                    try {
                        Object result = method.invoke(whole, arguments);
                        return result instanceof DiskFile file && !file.path().endsWith("checkpoint")
                                ? withoutForce(DiskFile.class, file)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--body 5M", "--body 1M --batch 5", "--rate 0", "--rate -1",
        "--body 65438 --segment-size 64K", "--body 0-10K --batch 7 --segment-size 64K"})
    void shouldRefuseALoadThatNoPutCouldEnd(String options) {
        // when
        CommandRun run = load((Object[]) (options + " --seconds 1").split(" "));
        // then
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).anyMatch(line -> line.contains("expected") && line.contains("found"));
        assertThat(folder.resolve("store")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--json", "--acks"})
    void shouldNameTheOptionAndTheDirectoryThatIsMissingBeforeTheRun(String option) {
        // given
        Path missing = folder.resolve("missing");
        // when
        CommandRun run = load("--messages", 500, option, missing.resolve("out.json"));
        // then
        assertFailed(run, "option %s: cannot write %s: there is no directory %s".formatted(option,
                missing.resolve("out.json"), missing));
        assertThat(folder.resolve("store")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--producers 4", "--producers 4 --flush sync", "--producers 4 --transient-pool",
        "--producers 4 --batch 7",
        "--producers 40",
        "--producers 4 --set useReentrantLockWhenPutMessage=false", "--producers 4 --rate 100000"})
    void shouldKeepALedgerOfWhatIsInTheStore(String options) throws IOException {
        // given
        Path acks = folder.resolve("acks.jsonl");
        String line = "--messages 2000 --body 0-300 --topics 3 --queues 2 --keys --tags 5"
                + " --segment-size 64K --acks " + acks + " " + options;
        // when
        CommandRun run = load((Object[]) line.strip().split(" +"));
        // then
        assertThat(run.exitCode()).as("%s", run.err()).isZero();
        List<JsonNode> ledger = sortedByOffset(Files.readAllLines(acks));
        assertThat(ledger).hasSize(2_000)
                .allSatisfy(entry -> assertThat(entry.fieldNames()).toIterable()
                        .containsExactlyElementsOf(LEDGER_FIELDS));
        assertThat(ledger).isEqualTo(records());
    }

    @Test
    void shouldSendTheSameAgainForTheSameSeed() throws IOException {
        // given
        Object[] options = {"--messages", 300, "--body", "10-200", "--topics", 4, "--keys", "--tags", 3, "--seed", 7};
        load(options);
        List<JsonNode> first = records();
        // when
        deleteStore();
        load(options);
        // then
        assertThat(first).hasSize(300);
        assertThat(records()).isEqualTo(first);
        deleteStore();
        options[options.length - 1] = 8;
        load(options);
        assertThat(records()).hasSize(300).isNotEqualTo(first);
    }

    @Test
    void shouldTakeTheLengthOfTheFilesFromAStoreThatExists() throws IOException {
        // given
        load("--messages", 10, "--segment-size", "128K");
        // when
        CommandRun run = load("--messages", 500);
        // then
        assertThat(run.exitCode()).as("%s", run.err()).isZero();
        assertThat(inspect().get("mappedFileSizeCommitLog").asLong()).isEqualTo(128 << 10);
        assertThat(inspect().get("records").asLong()).isEqualTo(510);
    }

    @Test
    void shouldMakeFilesOf64MiBInANewStore() throws IOException {
        load("--messages", 1);

        assertThat(inspect().get("mappedFileSizeCommitLog").asLong()).isEqualTo(64 << 20);
    }

    @Test
    void shouldFailWithOneLineOnFilesOfAnotherLength() throws IOException {
        // given
        load("--messages", 10, "--segment-size", "128K");
        // when
        CommandRun run = load("--messages", 10, "--segment-size", "64K");
        // then
        assertFailed(run, "131072");
        assertThat(inspect().get("records").asLong()).isEqualTo(10);
    }

    @Test
    void shouldNotTouchADirectoryThatIsNoStore() throws IOException {
        // given
        Path store = Files.createDirectory(folder.resolve("store"));
        Files.writeString(store.resolve("letter.txt"), "dear reader");
        // when
        CommandRun run = load("--messages", 10);
        // then
        assertFailed(run, "expected a store, or an empty or missing directory, found other files");
        assertThat(Files.list(store)).containsExactly(store.resolve("letter.txt"));
    }

    @Test
    void shouldNameAFileThatCannotBeALogFile() throws IOException {
        // given
        Path garbage = Files.createDirectories(folder.resolve("store/commitlog")).resolve("00000000000000000000");
        Files.writeString(garbage, "garbage");
        // when
        CommandRun run = load("--messages", 10);
        // then
        assertFailed(run, garbage + ": expected a log file of 4096 to 2147479552 bytes, a multiple of 4096, found 7");
        assertThat(garbage).hasContent("garbage");
    }

    @Test
    void shouldNameTheFileThatHasAnotherLengthThanTheMost() throws IOException {
        // given
        load("--messages", 200, "--segment-size", "64K");
        Path garbage = folder.resolve("store/commitlog/00000000000000000000");
        Files.writeString(garbage, "garbage");
        // when
        CommandRun run = load("--messages", 10);
        // then
        assertFailed(run, garbage + ": expected a file of 65536 bytes (mappedFileSizeCommitLog), found 7 bytes");
        assertThat(garbage).hasContent("garbage");
    }

    @Test
    void shouldSayThatAFileIsNoDirectory() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("store"), "dear reader");
        // when
        CommandRun run = load("--messages", 10);
        // then
        assertFailed(run, "--dir " + file + ": expected a directory, found a file");
        assertThat(file).hasContent("dear reader");
    }

    @Test
    void shouldFailOnAStoreThatIsInUse() {
        // given
        MessageStoreConfig config = MessageStoreConfig.builder(folder.resolve("store"))
                .set("mappedFileSizeCommitLog", "64K")
                .build();
        try (MessageStore store = new DefaultMessageStore(config, LiveEnvironment.withoutProbe())) {
            store.load();
            store.start();
            // when
            CommandRun run = load("--messages", 10, "--segment-size", "64K");
            // then
            assertFailed(run, "store");
        }
    }

    @Test
    void shouldKeepUpTheQueuesOfTheStoreItWritesTo() throws IOException {
        // given
        load("--messages", 10, "--keys", "--tags", 2);
        // when
        CommandRun run = load("--messages", 10, "--keys", "--tags", 2);
        // then
        assertThat(run.exitCode()).isZero();
        assertThat(inspect().get("records").asLong()).isEqualTo(20);
        CommandRun check = CommandRun.of("check", folder.resolve("store"));
        assertThat(check.exitCode()).isZero();
        assertThat(check.outText()).contains("20 entries that match their record", "verdict     sound");
    }

    @Test
    void shouldFailWhenPutsAreRefusedAndKnowNoLatency() throws IOException {
        // given
        Path json = folder.resolve("summary.json");
        // when
        CommandRun run = load("--messages", 3, "--set", "brokerRole=SLAVE", "--json", json);
        // then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).last().asString().contains("not acknowledged: 3 SERVICE_NOT_AVAILABLE");
        assertThat(run.out()).contains("latency     -");
        assertThat(JSON.readTree(json.toFile()).get("latencyNs")).hasSize(4)
                .allSatisfy(latency -> assertThat(latency.isNull()).isTrue());
    }

    @Test
    void shouldFailWhenTheLogIsFullBeforeTheMessagesAreSent() {
        // when
        CommandRun run = load("--messages", 1_000, "--max-log", "256K", "--segment-size", "64K");
        // then
        assertFailed(run, "ended early: the log is 256.0 KiB long, the limit of this load");
        assertThat(run.outText()).contains("rate");
    }

    @Test
    void shouldEndWellAtTheLimitWhenNothingElseWasAskedFor() {
        // when
        CommandRun run = load("--max-log", "256K", "--segment-size", "64K");
        // then
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().getFirst()).endsWith("the log is 256.0 KiB long, the limit of this load");
    }

    @Test
    void shouldFailWhenTheLedgerCannotBeWritten() {
        // when
        CommandRun run = load("--messages", 3, "--acks", folder);
        // then
        assertFailed(run, "option --acks: expected a file, found the directory " + folder);
    }

    @Test
    void shouldSayThatThePoolHasNoEffectWithSyncFlush() {
        // when
        CommandRun run = load("--messages", 3, "--flush", "sync", "--transient-pool", "--segment-size", "64K");
        // then
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).containsExactly("--transient-pool has no effect with sync flush");
    }

    private static void assertFailed(CommandRun run, String reason) {
        assertThat(run.exitCode()).as("%s", run.err()).isEqualTo(1);
        assertThat(run.err()).singleElement().asString().startsWith("storescope load: ").contains(reason);
    }

    private CommandRun load(Object... options) {
        return CommandRun.of(Stream.concat(Stream.of("load", "--dir", folder.resolve("store")), Stream.of(options))
                .toArray());
    }

    private JsonNode inspect() throws IOException {
        return JSON.readTree(CommandRun.of("inspect", folder.resolve("store"), "--json").outText());
    }

    /// By offset, with the fields of the ledger.
    private List<JsonNode> records() throws IOException {
        return sortedByOffset(CommandRun.of("inspect", folder.resolve("store"), "--records").out());
    }

    private static List<JsonNode> sortedByOffset(List<String> lines) {
        return lines.stream()
                .map(LoadCommandTest::ledgerFields)
                .sorted((a, b) -> Long.compare(a.get("physicalOffset").asLong(), b.get("physicalOffset").asLong()))
                .toList();
    }

    private static JsonNode ledgerFields(String line) {
        try {
            return JSON.readTree(line)
                    .<ObjectNode>require()
                    .retain(LEDGER_FIELDS);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }

    private void deleteStore() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("store"))) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
