package dev.storescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.storescope.app.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills `load` at random moments, again and again on the same store, and looks whether every line of its ledgers is
/// there: acknowledged is acknowledged. (A kill leaves the page cache; what a power cut leaves is tested elsewhere.)
///
/// `-Dstorescope.kills=N` kills N times.
class KilledLoadTest {
    private static final int KILLS = Integer.getInteger("storescope.kills", 3);
    private static final int MAX_LEDGER_BYTES = 1_000_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path folder;

    @Test
    void shouldKeepEveryLineOfTheLedgerUnderSyncFlush() throws Exception {
        killAndCheck("--flush", "sync");
    }

    @Test
    void shouldKeepEveryLineOfTheLedgerUnderAsyncFlushWithoutPool() throws Exception {
        killAndCheck("--flush", "async", "--batch", "3");
    }

    private void killAndCheck(String... options) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> ledger = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            // when
            ledger.addAll(killedAt(random.nextInt(1, MAX_LEDGER_BYTES), seed + kill, options));
            // then what was killed is there, before anybody recovers it and after the next one did
            check(ledger, "seed %d, kill %d".formatted(seed, kill));
        }
        assertThat(CommandRun.of("load", "--dir", folder.resolve("store"), "--messages", 10).exitCode()).isZero();
        check(ledger, "seed %d, after a clean stop".formatted(seed));
    }

    /// @param ledgerBytes how long the ledger is when the process is killed, or a little longer
    /// @return the whole lines of its ledger
    private List<String> killedAt(int ledgerBytes, long loadSeed, String... options) throws Exception {
        Path acks = folder.resolve("acks.jsonl");
        Files.writeString(acks, "");
        Path errors = folder.resolve("errors");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-classpath", System.getProperty("java.class.path"),
                Main.class.getName(), "load", "--dir", folder.resolve("store").toString(), "--producers", "16",
                "--body", "0-2K", "--topics", "3", "--keys", "--tags", "4", "--segment-size", "1M", "--max-log", "1G",
                "--seed", Long.toString(loadSeed), "--acks", acks.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile())
                .start();
        try {
            while (Files.size(acks) < ledgerBytes) {
                assertThat(process.waitFor(1, TimeUnit.MILLISECONDS))
                        .as("ended before it was killed: %s", Files.readString(errors))
                        .isFalse();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        String text = Files.readString(acks);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private void check(List<String> ledger, String context) throws IOException {
        Map<Long, JsonNode> records = new HashMap<>();
        for (String line : CommandRun.of("inspect", folder.resolve("store"), "--records").out()) {
            JsonNode record = JSON.readTree(line);
            if (record.has("physicalOffset")) {
                records.put(record.get("physicalOffset").asLong(), record);
            }
        }
        assertThat(ledger).as(context).isNotEmpty();
        for (String line : ledger) {
            JsonNode acknowledged = JSON.readTree(line);
            JsonNode record = records.get(acknowledged.get("physicalOffset").asLong());
            assertThat(record).as("%s: the record of %s", context, line).isNotNull();
            acknowledged.properties()
                    .forEach(field -> assertThat(record.get(field.getKey()))
                            .as("%s: %s of %s", context, field.getKey(), line)
                            .isEqualTo(field.getValue()));
        }
    }
}
