package dev.storescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.storescope.app.Main;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SHORT = """
            storescope: 1
            title: Short
            settings: {mappedFileSizeCommitLog: 1M, flushDiskType: SYNC_FLUSH}
            load: {producers: 3, body: 1K}
            actions: [{at: 30ms, do: [cutPower, reopen]}]
            until: 60ms
            """;

    @TempDir private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("it.yaml"), text);
    }

    @Test
    void shouldRunAScenarioAndSayWhatCameOfIt() throws IOException {
        // when
        CommandRun run = CommandRun.of("simulate", file(SHORT), "--json", folder.resolve("out.json"));
        // then
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.outText()).contains("it.yaml: Short")
                .contains("world       nvme, seed 1")
                .contains("time        60.0 ms simulated")
                .contains("crash       the power failed at 30.0 ms")
                .contains("recovery    after a stop that was unclean")
                .contains("promises    kept");
        JsonNode json = JSON.readTree(folder.resolve("out.json").toFile());
        long acknowledged = json.at("/ledger/acknowledged").asLong();
        assertThat(acknowledged).isPositive();
        assertThat(json.at("/ledger/byFate/ACKNOWLEDGED_KEPT/FORCED").asLong()).isEqualTo(acknowledged);
        assertThat(json.at("/ledger/byStatus/PUT_OK").asLong()).isEqualTo(acknowledged);
        assertThat(json.at("/events/forces").asLong()).isPositive();
        assertThat(json.at("/crashes/0/kind").asText()).isEqualTo("POWER_CUT");
        assertThat(json.at("/recoveries/1/lastStop").asText()).isEqualTo("UNCLEAN");
        assertThat(json.get("nanos").asLong()).isEqualTo(60_000_000);
        assertThat(run.outText()).contains("trace hash  " + json.get("traceHash").asText());
    }

    @Test
    void shouldGiveTheSameHashForTheSameSeedAndAnotherForAnother() throws Exception {
        // given
        Path file = file(SHORT);
        // when
        List<String> first = CommandRun.of("simulate", file, "--seed", 5).out();
        List<String> second = CommandRun.of("simulate", file, "--seed", 5, "--trace", folder.resolve("t.json")).out();
        List<String> other = CommandRun.of("simulate", file, "--seed", 6).out();
        // then
        assertThat(second).isEqualTo(first);
        assertThat(hash(other)).isNotEqualTo(hash(first));
        assertThat(inAnotherJvm(file, "--seed", "5")).isEqualTo(first);
    }

    private static String hash(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("trace hash")).findFirst().orElseThrow();
    }

    private List<String> inAnotherJvm(Path file, String... options) throws Exception {
        Path out = folder.resolve("out.txt");
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                Main.class.getName(), "simulate", file.toString());
        builder.command().addAll(List.of(options));
        Process process = builder.redirectOutput(out.toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(folder.resolve("err.txt"))).isZero();
        return Files.readAllLines(out);
    }

    @Test
    void shouldDrawTheMomentsThatAFileNamesWithoutChangingTheRun() throws Exception {
        // given
        Path file = file(SHORT + "pictures: [{name: first, at: 20ms}, {name: crashed, at: 31ms}]\n");
        List<String> undrawn = CommandRun.of("simulate", file).out();
        // when
        List<String> drawn = inAnotherJvm(file, "--screenshots", folder.toString());
        // then
        assertThat(drawn).isEqualTo(undrawn);
        assertThat(List.of("first.png", "crashed.png")).allSatisfy(name -> {
            ByteBuffer png = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name)));
            assertThat(png.getInt(16)).as("width of %s", name).isEqualTo(1600);
            assertThat(png.getInt(20)).as("height of %s", name).isEqualTo(1000);
        });
        assertThat(folder.resolve("first.png")).usingCharset(StandardCharsets.ISO_8859_1)
                .content()
                .isNotEqualTo(Files.readString(folder.resolve("crashed.png"), StandardCharsets.ISO_8859_1));
    }

    @Test
    void shouldEndAtTheTimeThatIsAskedFor() throws IOException {
        CommandRun run = CommandRun.of("simulate", file(SHORT), "--until", "10ms");

        assertThat(run.exitCode()).isZero();
        assertThat(run.outText()).contains("time        10.0 ms simulated").doesNotContain("crash ");
    }

    @Test
    void shouldWriteATraceOfEveryThread() throws IOException {
        // when
        CommandRun run = CommandRun.of("simulate", file(SHORT), "--trace", folder.resolve("trace.json"));
        // then
        assertThat(run.exitCode()).isZero();
        JsonNode trace = JSON.readTree(folder.resolve("trace.json").toFile());
        assertThat(trace.findValuesAsText("name")).contains("GroupCommitService", "producer-0");
        assertThat(trace.get("traceEvents")).hasSizeGreaterThan(100);
    }

    @Test
    void shouldRunThoseThatComeWithTheProgramByName() {
        CommandRun run = CommandRun.of("simulate", "async-kill");

        assertThat(run.exitCode()).as(run.outText()).isZero();
        assertThat(run.outText()).contains("expected    acknowledgedLost: exactly 0, found 0");
    }

    @Test
    void shouldFailWhenSomethingElseComesThanTheFileExpects() throws IOException {
        CommandRun run = CommandRun.of("simulate", file(SHORT + "expect: {crashes: 2}\n"));

        assertThat(run.exitCode()).isOne();
        assertThat(run.outText()).contains("expected    crashes: exactly 2, found 1  <- not as expected");
    }

    @Test
    void shouldRefuseAWrongFileWithLineAndField() throws IOException {
        // when
        Path file = file(SHORT + "sed: 3\nseed: x\n");
        CommandRun run = CommandRun.of("simulate", file);
        // then
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(run.err().get(0)).startsWith(file + ":7:1: sed: expected one of storescope,");
        assertThat(run.err().get(1)).startsWith(file + ":8:7: seed: expected a number");
        assertThat(run.err().get(2)).contains("not run: 2 things are wrong");
    }

    @Test
    void shouldRefuseWrongArguments() throws IOException {
        Path file = file(SHORT);

        assertThat(CommandRun.of("simulate", "no-such-thing").err().getFirst()).contains(
                "no-such-thing: no such file, nor a scenario that comes with the program; those are group-commit-slow-disk,");
        assertThat(CommandRun.of("simulate").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("simulate", file, "--until", "soon").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("simulate", file, "--seed", "x").exitCode()).isEqualTo(2);
    }

    @Test
    void shouldSayThatAnActionCannotBeDoneAtItsMoment() throws IOException {
        CommandRun run = CommandRun.of("simulate",
                file("storescope: 1\nuntil: 1s\nactions: [{at: 100ms, do: reopen}]\n"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().getFirst()).contains("at 100,000,000 ns").contains("found it RUNNING");
    }

    @Test
    void shouldGatherWhatTheStoreLogs() {
        CommandRun run = CommandRun.of("simulate", "failing-force");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).anySatisfy(line -> assertThat(line).startsWith(
                "logged      ERROR LogFlusher: store turns unwriteable: force failed at offset"));
    }
}
