package dev.storescope.bench;

import dev.storescope.bench.compare.CompareCommand;
import dev.storescope.bench.limits.LimitsCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The benchmarks' command line.
@Command(name = "bench", description = "Measures the engine.", mixinStandardHelpOptions = true,
        subcommands = {CompareCommand.class, LimitsCommand.class, JmhCommand.class})
public final class BenchMain {
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchMain()).setUsageHelpAutoWidth(true).execute(arguments));
    }
}
