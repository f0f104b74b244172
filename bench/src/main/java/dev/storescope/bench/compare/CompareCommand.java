package dev.storescope.bench.compare;

import dev.storescope.bench.compare.CompareCase.Segments;
import dev.storescope.bench.drive.DriveProgram;
import dev.storescope.bench.limits.Limit;
import dev.storescope.bench.limits.MachineLimits;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Compares this engine with RocketMQ's store.
@Command(name = "compare", description = "Drives this engine and rocketmq-store 5.5.1 in turn on one disk.",
        mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer> {
    private static final int QUICK_PAIRS = 2;
    private static final double QUICK_SECONDS = 1;

    @Spec private CommandSpec spec;

    @Option(names = "--cases", split = ",",
            description = "Which cases, separated by commas; all when left out.") private List<String> cases = List
                    .of();

    @Option(names = "--list", description = "Lists the cases and does nothing.") private boolean list;

    @Option(names = "--pairs", description = "Pairs of rounds after the warm-up (default: ${DEFAULT-VALUE}).",
            defaultValue = "5") private int pairs;

    @Option(names = "--seconds", description = "Length of a round (default: ${DEFAULT-VALUE}).",
            defaultValue = "3") private double seconds;

    @Option(names = "--quick", description = "Two pairs of one second: to see that it works.") private boolean quick;

    @Option(names = "--segments",
            description = "warm or fresh, in place of what each case says.") private Optional<String> segments = Optional
                    .empty();

    @Option(names = "--dir", description = "Where the stores are made; all of it is deleted at the end (default: "
            + "${DEFAULT-VALUE}).", defaultValue = "bench/target/compare-data") private Path directory;

    @Option(names = "--out", description = "Where compare-DATE.md and .csv are written (default: ${DEFAULT-VALUE}).",
            defaultValue = "bench/target") private Path out;

    @Option(names = "--no-limits", negatable = true,
            description = "Leaves the limits of the machine out.") private boolean limits = true;

    @Option(names = "--jvm",
            description = "A further flag for the JVMs of both engines; may be repeated.") private List<String> jvmFlags = List
                    .of();

    @Override
    public Integer call() throws IOException {
        PrintWriter console = spec.commandLine().getOut();
        if (list) {
            Arrays.stream(CompareCase.values()).forEach(each -> console.printf("%-20s %s%n", each.id(), each.title()));
            console.flush();
            return 0;
        }
        List<CompareCase> chosen = chosen();
        Files.createDirectories(directory);
        Files.createDirectories(out);
        Path data = directory.toRealPath();
        ZonedDateTime began = ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
        List<String> head = head(data, began);
        try {
            List<CaseResult> results = run(chosen, data, console);
            List<Limit> machine = limits ? MachineLimits.measure(data) : List.of();
            Report report = new Report(head, results, machine);
            String name = "compare-" + began.format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
            Files.writeString(out.resolve(name + ".md"), report.markdown());
            Files.writeString(out.resolve(name + ".csv"), report.csv());
            console.println(report.markdown());
            console.println("written: " + out.resolve(name) + ".md and .csv");
            console.flush();
        } finally {
            DriveProgram.deleteAll(data);
        }
        return 0;
    }

    private List<CompareCase> chosen() {
        if (cases.isEmpty()) {
            return List.of(CompareCase.values());
        }
        return cases.stream()
                .map(name -> CompareCase.named(name)
                        .orElseThrow(() -> new ParameterException(spec.commandLine(),
                                "no case '%s'; there are %s".formatted(name,
                                        Arrays.stream(CompareCase.values())
                                                .map(CompareCase::id)
                                                .collect(Collectors.joining(", "))))))
                .toList();
    }

    private List<CaseResult> run(List<CompareCase> chosen, Path data, PrintWriter console) throws IOException {
        CaseRunner runner = new CaseRunner(data, new CaseRunner.Options(quick ? QUICK_PAIRS : pairs,
                quick ? QUICK_SECONDS : seconds, jvmFlags), line -> {
                    console.println(line);
                    console.flush();
                });
        List<CaseResult> results = new ArrayList<>();
        for (CompareCase each : chosen) {
            console.printf("%s (%s), load average %.1f%n", each.id(), each.title(), Machine.loadAverage());
            console.flush();
            results.add(runner.run(each, segments.map(this::segmentsNamed).orElse(each.segments())));
        }
        return results;
    }

    private Segments segmentsNamed(String name) {
        return switch (name) {
            case "warm" -> Segments.WARM;
            case "fresh" -> Segments.FRESH;
            default -> throw new ParameterException(spec.commandLine(),
                    "--segments: expected warm or fresh, found '%s'".formatted(name));
        };
    }

    private List<String> head(Path data, ZonedDateTime began) throws IOException {
        List<String> head = new ArrayList<>();
        head.add(began.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
        head.addAll(Machine.here(data).facts());
        head.add("load average at the start %.1f".formatted(Machine.loadAverage()));
        head.add("storescope engine %s against rocketmq-store 5.5.1 at its defaults, each in its own JVM, 2 GiB of heap"
                .formatted(engineVersion()));
        head.add("%d pairs of %.0f s after a warm-up; 13-byte topics, 85 bytes of properties, 2 keys a message, "
                .formatted(quick ? QUICK_PAIRS : pairs, quick ? QUICK_SECONDS : seconds)
                + "4 topics of 4 queues, bodies of 1 KiB unless said");
        return head;
    }

    private static String engineVersion() {
        return Optional.ofNullable(dev.storescope.engine.MessageStore.class.getPackage().getImplementationVersion())
                .orElse("of this build");
    }
}
