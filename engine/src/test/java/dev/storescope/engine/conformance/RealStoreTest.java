package dev.storescope.engine.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.conformance.RealStoreProgram.Task;
import dev.storescope.engine.inspect.check.CheckReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
    /// So many acknowledgements a process lives through before it is killed; the real store looks no further back than ten
    /// files when it makes queues and index again.
    private static final int FEWEST_ACKNOWLEDGED = 50;
    private static final int MOST_ACKNOWLEDGED = 200;
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

    /// 10 to 15 s on a quiet machine: five JVMs, two of them with RocketMQ's stores. They work all that time, so a machine
    /// that has no core to spare takes many times as long; the limit is for one that hangs.
    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void shouldFindWhatTheOtherHasWrittenInTurnWhateverTheModeAndTheEnd() throws Exception {
        // given
        List<Lineage> oursFirst = new ArrayList<>();
        List<Lineage> killedFirst = new ArrayList<>();
        List<Lineage> powerCutFirst = new ArrayList<>();
        List<Lineage> realFirst = new ArrayList<>();
        for (String mode : List.of("SYNC", "ASYNC", "POOL")) {
            for (String end : List.of("CLEAN", "KILLED")) {
                oursFirst.add(new Lineage("ours-first-" + mode + "-" + end, mode, end));
            }
            killedFirst.add(new Lineage("process-killed-" + mode, mode, "CLEAN"));
            realFirst.add(new Lineage("real-first-" + mode, mode, mode.equals("SYNC") ? "KILLED" : "CLEAN"));
        }
        oursFirst.add(new Lineage("ours-expired", "ASYNC", "EXPIRED"));
        // Under async flush a queue may be left of which the log has lost every message: RocketMQ then takes the zeros at the
        // begin of its file for an entry, in directories of its own as well.
        powerCutFirst.add(new Lineage("power-cut-SYNC", "SYNC", "CLEAN"));
        List<Lineage> all = Stream.of(oursFirst, killedFirst, powerCutFirst, realFirst).flatMap(List::stream).toList();

        // when, then: each turn compares all that was put before
        ours(oursFirst, 1);
        for (Lineage lineage : killedFirst) {
            oursUntilKilled(lineage);
        }
        for (Lineage lineage : powerCutFirst) {
            oursUntilThePowerFails(lineage);
        }
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

    private void ours(List<Lineage> lineages, int turn) throws IOException {
        for (Lineage lineage : lineages) {
            Task task = lineage.task(folder, turn);
            lineage.put().addAll(OurStore.run(task, lineage.put()));
            long minOffset = minOffset(task.directory());
            lineage.put().removeIf(line -> line.commitLogOffset() < minOffset);
            assertThat(minOffset > 0).as("%s", task).isEqualTo(task.end().equals("EXPIRED"));
        }
    }

    private static long minOffset(Path store) throws IOException {
        try (Stream<Path> files = Files.list(store.resolve("commitlog"))) {
            return files.mapToLong(file -> Long.parseLong(file.getFileName().toString())).min().orElse(0);
        }
    }

    /// A process of its own puts until it is killed from outside. What it left is what this engine shows of a copy, for
    /// opening changes it.
    private void oursUntilKilled(Lineage lineage) throws IOException, InterruptedException {
        Task task = lineage.task(folder, 1);
        int wanted = FEWEST_ACKNOWLEDGED
                + new Random(task.seed()).nextInt(MOST_ACKNOWLEDGED - FEWEST_ACKNOWLEDGED);
        Path errors = folder.resolve(lineage.name() + ".errors");
        Process process = new ProcessBuilder(java(OurStoreProgram.class, task.text())).redirectError(errors.toFile())
                .start();
        List<String> said = new ArrayList<>();
        try (BufferedReader output = process.inputReader()) {
            String line = output.readLine();
            while (line != null) {
                said.add(line);
                if (said.size() == wanted) {
                    // By its handle: the process itself would close the stream that is read here.
                    process.toHandle().destroyForcibly();
                }
                line = output.readLine();
            }
        }
        process.waitFor();
        assertThat(said).as("%s: %s", task, Files.readString(errors)).hasSizeGreaterThanOrEqualTo(wanted);
        Path copy = folder.resolve(lineage.name() + "-copy");
        copy(task.directory(), copy);
        List<Line> shown = OurStore.read(new Task(copy, task.mode(), task.end(), task.seed(), 0));
        if (!task.mode().equals("POOL")) {
            // The last line may be half a line.
            assertThat(shown).as("%s", task)
                    .containsAll(said.subList(0, said.size() - 1).stream().map(Line::parse).toList());
        }
        lineage.put().addAll(shown);
    }

    /// Likewise. RocketMQ's store opens what the power cut left, not what this engine made of it.
    private void oursUntilThePowerFails(Lineage lineage) throws IOException {
        Task task = lineage.task(folder, 1);
        List<Line> put = OurStore.putUntilPowerFails(task);
        Path copy = folder.resolve(lineage.name() + "-copy");
        copy(task.directory(), copy);
        List<Line> shown = OurStore.read(new Task(copy, task.mode(), task.end(), task.seed(), 0));
        assertThat(shown).as("%s", task).isEqualTo(put);
        lineage.put().addAll(shown);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
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
        List<String> command = java(RealStoreProgram.class, tasks.stream().map(Task::text).toArray(String[]::new));
        Path errors = folder.resolve("real.errors");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(errors.toFile()).start();
        try {
            process.waitFor();
        } finally {
            process.destroyForcibly();
        }
        boolean killed = tasks.stream().anyMatch(task -> task.end().equals("KILLED"));
        assertThat(process.exitValue()).as(Files.readString(errors)).isEqualTo(killed ? RealStoreProgram.HALTED : 0);
    }

    private List<String> java(Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                // where RocketMQ keeps its logs
                "-Duser.home=" + folder, "-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        return command;
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
