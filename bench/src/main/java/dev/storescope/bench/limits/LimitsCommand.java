package dev.storescope.bench.limits;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Tells the machine's limits.
@Command(name = "limits", description = "What memory and disk of this machine can do, without a store.",
        mixinStandardHelpOptions = true)
public final class LimitsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--dir", description = "On the disk that is measured (default: ${DEFAULT-VALUE}).",
            defaultValue = "bench/target") private Path directory;

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(directory);
        PrintWriter console = spec.commandLine().getOut();
        MachineLimits.measure(directory)
                .forEach(limit -> console.printf("%-60s %s (%s to %s)%n", limit.title(), limit.text(limit.median()),
                        limit.text(limit.min()), limit.text(limit.max())));
        console.flush();
        return 0;
    }
}
