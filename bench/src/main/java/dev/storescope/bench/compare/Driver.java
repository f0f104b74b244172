package dev.storescope.bench.compare;

import dev.storescope.bench.drive.DriveProgram;
import dev.storescope.bench.drive.Engine;
import dev.storescope.bench.drive.Figures;
import dev.storescope.bench.drive.Load;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The process in which one engine works, as the comparison sees it.
///
/// Both engines get the same virtual machine with the same flags; some of them only RocketMQ's needs on this JDK.
final class Driver implements AutoCloseable {
    private static final List<String> FLAGS = List.of("-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch",
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.ref=ALL-UNNAMED");

    private final Engine engine;
    private final Process process;
    private final BufferedReader answers;
    private final Writer orders;
    private final Path log;

    /// @param home where the process may leave its own logs
    Driver(Engine engine, Load load, Path home, List<String> jvmFlags) throws IOException {
        this.engine = engine;
        this.log = home.resolve(engine.name().toLowerCase(java.util.Locale.ROOT) + ".err");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(jvmFlags);
        command.add("-Duser.home=" + home);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), DriveProgram.class.getName(),
                engine.name()));
        command.addAll(load.arguments());
        process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    /// Gives an order and waits for its figures.
    Figures order(DriveProgram.Order order, Path directory) throws IOException {
        orders.write(order.line(directory) + "\n");
        orders.flush();
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(DriveProgram.ANSWER)) {
                return Figures.parse(line.substring(DriveProgram.ANSWER.length()));
            }
            if (line.startsWith(DriveProgram.FAILURE)) {
                throw new IOException("%s: %s: %s; more in %s".formatted(engine.label(), order,
                        line.substring(DriveProgram.FAILURE.length()), log));
            }
        }
        throw new IOException("%s: %s: the process ended without an answer; see %s".formatted(engine.label(), order,
                log));
    }

    @Override
    public void close() {
        try {
            orders.close();
            process.waitFor();
        } catch (IOException e) {
            // It has died already.
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
