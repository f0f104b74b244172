package dev.storescope.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// Runs the benchmarks of parts.
@Command(name = "jmh", description = "Benchmarks of parts; takes JMH's own options (-h lists them).")
final class JmhCommand implements Callable<Integer> {
    @Unmatched private List<String> options = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        Main.main(options.toArray(String[]::new));
        return 0;
    }
}
