package dev.storescope.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program as the shell sees it: a process of its own, its output, its exit code.
class MainTest {

    private record Run(int exitCode, List<String> output, List<String> errors) {}

    @TempDir private Path folder;

    @Test
    void shouldSayInOneLineThatThereIsNoDisplay() throws Exception {
        Run run = storescope();

        assertThat(run.exitCode).isEqualTo(1);
        assertThat(run.output).isEmpty();
        assertThat(run.errors).singleElement().asString().startsWith("storescope: there is no display");
    }

    @Test
    void shouldSayInOneLineThatTheDisplayCannotBeReached() throws Exception {
        Run run = storescope("DISPLAY=:4711");

        assertThat(run.exitCode).isEqualTo(1);
        assertThat(run.errors).singleElement().asString().startsWith("storescope: the window cannot open");
    }

    @Test
    void shouldSayItsVersion() throws Exception {
        Run run = storescope(new String[0], "--version");

        assertThat(run.exitCode).isZero();
        assertThat(run.output).singleElement().asString().matches("storescope \\d+\\.\\d+\\.\\d+.*");
        assertThat(run.errors).isEmpty();
    }

    private Run storescope(String... variables) throws IOException, InterruptedException {
        return storescope(variables, new String[0]);
    }

    private Run storescope(String[] variables, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-classpath",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        var builder = new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY", "JAVA_TOOL_OPTIONS"));
        for (String variable : variables) {
            builder.environment().put(variable.split("=")[0], variable.split("=")[1]);
        }
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended within a minute").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readAllLines(output), Files.readAllLines(errors));
    }
}
