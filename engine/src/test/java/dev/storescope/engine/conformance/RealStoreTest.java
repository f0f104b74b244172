package dev.storescope.engine.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.conformance.RealStoreProgram.Task;
import dev.storescope.engine.inspect.CheckReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// RocketMQ's own store, 5.5.1, and this engine take turns on the same directories. Whatever one has acknowledged the
/// other finds: every field of every message, every queue entry, every key.
///
/// One start of RocketMQ's store takes some seconds of waiting, so that all directories go through each turn at once.
class RealStoreTest {
    private static final int PUTS = 60;
    /// Of the 18 levels.
    private static final long[] DELAYS_SECONDS = {1, 5, 10, 30, 60, 120, 180, 240, 300, 360, 420, 480, 540, 600, 1_200,
        1_800, 3_600, 7_200};

    @TempDir private Path folder;

    /// A directory and what was put into it, by offset.
    private record Lineage(String name, String mode, String end, List<Line> put) {
        Lineage(String name, String mode, String end) {
            this(name, mode, end, new ArrayList<>());
        }

        Task task(Path folder, int turn) {
            return new Task(folder.resolve(name), mode, end, 100 * turn + name.hashCode() % 100, PUTS);
        }
    }

    /// 10 s on a quiet machine; RocketMQ's store starts two times in a JVM of its own.
    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void shouldFindWhatTheOtherHasWrittenInTurnWhateverTheModeAndTheEnd() throws Exception {
        // given
        List<Lineage> oursFirst = new ArrayList<>();
        List<Lineage> realFirst = new ArrayList<>();
        for (String mode : List.of("SYNC", "ASYNC", "POOL")) {
            for (String end : List.of("CLEAN", "KILLED")) {
                oursFirst.add(new Lineage("ours-first-" + mode + "-" + end, mode, end));
            }
            realFirst.add(new Lineage("real-first-" + mode, mode, mode.equals("SYNC") ? "KILLED" : "CLEAN"));
        }
        List<Lineage> all = Stream.concat(oursFirst.stream(), realFirst.stream()).toList();

        // when, then: each turn compares all that was put before
        ours(oursFirst, 1);
        real(all, 2);
        ours(all, 3);
        real(all, 4);
        ours(all, 5);

        // then
        assertThat(all).allSatisfy(lineage -> {
            CheckReport report = OurStore.check(lineage.task(folder, 5));
            assertThat(report.faults()).as(lineage.name()).isEmpty();
            assertThat(report.log().records()).as(lineage.name()).isEqualTo(lineage.put().size());
        });
    }

    private void ours(List<Lineage> lineages, int turn) {
        for (Lineage lineage : lineages) {
            lineage.put().addAll(OurStore.run(lineage.task(folder, turn), lineage.put()));
        }
    }

    private void real(List<Lineage> lineages, int turn) throws IOException, InterruptedException {
        List<Task> tasks = lineages.stream().map(lineage -> lineage.task(folder, turn)).toList();
        run(tasks);
        for (int i = 0; i < tasks.size(); i++) {
            List<String> found = Files.readAllLines(tasks.get(i).found());
            assertThat(found).as("%s", tasks.get(i)).last().isEqualTo("done");
            compare(tasks.get(i), found, lineages.get(i).put());
            lineages.get(i).put().addAll(lines(found, "put ").map(Line::parse).toList());
        }
    }

    private void run(List<Task> tasks) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                // where it keeps its logs
                "-Duser.home=" + folder, "-cp", System.getProperty("java.class.path"),
                RealStoreProgram.class.getName()));
        tasks.forEach(task -> command.add(task.text()));
        Path errors = folder.resolve("real.errors");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(errors.toFile()).start();
        try {
            assertThat(process.waitFor(150, TimeUnit.SECONDS)).as("the real store ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        boolean killed = tasks.stream().anyMatch(task -> task.end().equals("KILLED"));
        assertThat(process.exitValue()).as(Files.readString(errors)).isEqualTo(killed ? RealStoreProgram.HALTED : 0);
    }

    private static void compare(Task task, List<String> found, List<Line> expected) {
        assertThat(lines(found, "msg ").map(Line::parse)).as("%s", task).containsExactlyElementsOf(expected);
        assertThat(lines(found, "cq ").map(RealStoreTest::entry)).as("%s", task)
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .filter(Line::entersQueue)
                        .map(RealStoreTest::entry)
                        .toList());
        Set<String> keys = new TreeSet<>();
        expected.stream()
                .filter(Line::isIndexed)
                .forEach(line -> line.keys().forEach(key -> keys.add(line.commitLogOffset() + " " + key)));
        assertThat(new TreeSet<>(lines(found, "key ").toList())).as("%s", task).isEqualTo(keys);
    }

    /// An entry without the size of its record, which no line has.
    private static String entry(String found) {
        String[] fields = found.split(" ");
        return String.join(" ", fields[0], fields[1], fields[2], fields[3], fields[5]);
    }

    private static String entry(Line line) {
        return String.join(" ", line.topic(), Integer.toString(line.queueId()), Long.toString(line.queueOffset()),
                Long.toString(line.commitLogOffset()), Long.toString(tagsCode(line)));
    }

    private static long tagsCode(Line line) {
        if (line.topic().equals("SCHEDULE_TOPIC_XXXX")) {
            return line.storeTimestamp() + DELAYS_SECONDS[line.queueId()] * 1_000;
        }
        return line.property(TestMessage.TAGS).hashCode();
    }

    private static Stream<String> lines(List<String> found, String kind) {
        return found.stream().filter(line -> line.startsWith(kind)).map(line -> line.substring(kind.length()));
    }
}
