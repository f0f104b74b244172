package dev.storescope.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The script that starts the program, with a JDK that only writes down how it was called.
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
    private static final Path SCRIPT = Path.of("src/main/launcher/storescope");
    private static final String JAVA = """
            #!/bin/sh
            echo "$@" >> "%1$s/calls"
            for flag in "$@"; do
                case $flag in
                    -XX:AOTMode=*) mode=${flag#*=} ;;
                    -XX:AOTConfiguration=*) [ "$mode" = record ] && echo learnt > "${flag#*=}" ;;
                    -XX:AOTCache=*) [ -e "${flag#*=}" ] || echo cache > "${flag#*=}" ;;
                esac
            done
            [ "$mode" = create ] || exit 7
            """;
    /// Each call is told a time that lies so many seconds behind the one before.
    private static final String DATE = """
            #!/bin/sh
            now=$(($(cat "%1$s/clock") + %2$d))
            echo $now | tee "%1$s/clock"
            """;

    @TempDir private Path folder;
    private Path cache;

    @BeforeEach
    void setUp() throws IOException {
        cache = folder.resolve("cache folder/storescope");
        Files.createDirectories(folder.resolve("home/bin"));
        Files.createDirectories(folder.resolve("home/lib"));
        Files.writeString(folder.resolve("home/lib/one.jar"), "classes");
        executable(folder.resolve("home/bin/storescope"), Files.readString(SCRIPT));
        executable(folder.resolve("jdk/bin/java"), JAVA.formatted(folder));
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.3\"\n");
    }

    @Test
    void shouldRememberWhatWasLearntInALongUseAndUseItFromThenOn() throws Exception {
        // given
        everyLookAtTheClockTakes(60);

        // when
        int first = start();
        awaitFiles(".aot");
        start();

        // then
        assertThat(first).isEqualTo(7);
        assertThat(calls().getFirst()).contains("-XX:AOTMode=record").endsWith("dev.storescope.app.Main");
        assertThat(calls().get(1)).contains("-XX:AOTMode=create");
        assertThat(calls().getLast()).contains("-XX:AOTCache=" + cached(".aot").getFirst())
                .doesNotContain("AOTMode")
                .endsWith("dev.storescope.app.Main");
    }

    @Test
    void shouldLearnAgainWhereTheFirstUseWasShort() throws Exception {
        // given
        everyLookAtTheClockTakes(1);

        // when
        start();
        start();

        // then
        assertThat(calls()).hasSize(2).allMatch(call -> call.contains("-XX:AOTMode=record"));
        assertThat(cached("")).isEmpty();
    }

    @Test
    void shouldNotUseWhatAnotherBuildHasLearnt() throws Exception {
        // given
        everyLookAtTheClockTakes(60);
        start();
        awaitFiles(".aot");
        Path before = cached(".aot").getFirst();

        // when
        Files.writeString(folder.resolve("home/lib/one.jar"), "other classes");
        start();
        await(() -> !cached(".aot").contains(before));
        awaitFiles(".aot");

        // then
        assertThat(calls().get(2)).contains("-XX:AOTMode=record");
        assertThat(cached(".aot")).hasSize(1).doesNotContain(before);
    }

    @Test
    void shouldLeaveCommandsAndThoseWhoDoNotWantItAlone() throws Exception {
        // given
        everyLookAtTheClockTakes(60);

        // when
        start("inspect", "a folder");
        start(Map.of("STORESCOPE_NO_CACHE", "1"));

        // then
        assertThat(calls()).hasSize(2).noneMatch(call -> call.contains("AOT"));
        assertThat(calls().getFirst()).endsWith("dev.storescope.app.Main inspect a folder")
                .doesNotContain("CompileThreshold");
        assertThat(calls().getLast()).contains("-XX:CompileThresholdScaling=");
    }

    @Test
    void shouldSayWhatItNeedsWhereTheJdkIsTooOld() throws Exception {
        // given
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
        executable(folder.resolve("fakes/java"), "#!/bin/sh\necho 'openjdk version \"17.0.1\"' >&2\n");

        // when
        int status = start();

        // then
        assertThat(status).isEqualTo(1);
        assertThat(folder.resolve("out")).content()
                .isEqualTo("storescope: needs a JDK 25 or newer; JAVA_HOME names Java 17,"
                        + " java on the PATH is Java 17\n");
    }

    private void everyLookAtTheClockTakes(int seconds) throws IOException {
        Files.writeString(folder.resolve("clock"), "1000");
        executable(folder.resolve("fakes/date"), DATE.formatted(folder, seconds));
    }

    private int start(String... arguments) throws Exception {
        return start(Map.of(), arguments);
    }

    private int start(Map<String, String> environment, String... arguments) throws Exception {
        ProcessBuilder process = new ProcessBuilder(
                Stream.concat(Stream.of(folder.resolve("home/bin/storescope").toString()), Stream.of(arguments))
                        .toList())
                                .redirectErrorStream(true)
                                .redirectOutput(folder.resolve("out").toFile());
        process.environment().remove("STORESCOPE_JAVA_OPTS");
        process.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        process.environment().put("XDG_CACHE_HOME", cache.getParent().toString());
        process.environment().put("PATH", folder.resolve("fakes") + ":" + System.getenv("PATH"));
        process.environment().putAll(environment);
        return process.start().waitFor();
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }

    /// The script leaves the last step to another process.
    private void awaitFiles(String ending) {
        await(() -> cached(ending).size() == 1 && cached("").size() == 1);
    }

    /// The time limit of the test is the limit.
    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new AssertionError("it did not happen before the test's time was over");
            }
            Thread.onSpinWait();
        }
    }

    private List<Path> cached(String ending) {
        try (Stream<Path> files = Files.list(cache)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
