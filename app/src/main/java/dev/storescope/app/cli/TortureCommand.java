package dev.storescope.app.cli;

import dev.storescope.app.cli.Progress.Output;
import dev.storescope.app.session.scenario.Ending;
import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.app.session.scenario.Words;
import dev.storescope.app.session.scenario.file.Durations;
import dev.storescope.app.session.scenario.file.ScenarioWriter;
import dev.storescope.engine.sim.LedgerEntry.Fate;
import dev.storescope.engine.torture.TortureCampaign;
import dev.storescope.engine.torture.TortureCampaign.Summary;
import dev.storescope.engine.torture.TortureCase;
import dev.storescope.engine.torture.TortureMode;
import dev.storescope.engine.torture.TortureResult;
import dev.storescope.engine.torture.TortureRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Looks for a seed with which the store breaks a promise.
@Command(name = "torture", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
        description = {
            "Runs the store in the simulated world, seed after seed: each means a load, settings, faults of the disk, and kills"
                    + " and power cuts at any moment. After each the store is recovered twice and every message held against"
                    + " the ledger: whoever was told that it is safe finds it, byte for byte.",
            "A seed is the same run on every machine."},
        synopsisHeading = "Usage: ", descriptionHeading = "%n", optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
            "0:every promise was kept", "1:a seed broke one; it is told with what was broken", "2:wrong use"},
        footerHeading = "%nExamples:%n", footer = {
            "  storescope torture --seeds 1000000", "  storescope torture --first 4711 --seeds 1 --save ."})
final class TortureCommand implements Callable<Integer> {
    private static final long REPORT_INTERVAL_NS = 5_000_000_000L;
    private static final long NS_PER_MINUTE = 60_000_000_000L;
    private static final int MOST_TOLD = 20;

    @Spec private CommandSpec command;

    @Option(names = "--seeds", paramLabel = "N", defaultValue = "10000",
            description = "How many seeds; ${DEFAULT-VALUE} unless given. With --minutes: at most.") private long seeds;

    @Option(names = "--first", paramLabel = "SEED", defaultValue = "1",
            description = "The first one; ${DEFAULT-VALUE} unless given.") private long first;

    @Option(names = "--minutes", paramLabel = "M",
            description = "Begin no further seed after so many minutes.") private Optional<Double> minutes;

    @Option(names = "--mode", paramLabel = "MODE",
            description = "sync, async or pool; each seed its own unless given.") private Optional<TortureMode> mode;

    @Option(names = "--threads", paramLabel = "N",
            description = "On so many processors; on all unless given.") private Optional<Integer> threads;

    @Option(names = "--save", paramLabel = "DIR",
            description = "Write each seed that breaks a promise as a scenario into DIR, for simulate and the window; with"
                    + " --seeds 1 any.") private Optional<Path> save;

    private int told;

    @Override
    public Integer call() {
        requireSense();
        if (LoggerFactory.getLogger("dev.storescope") instanceof ch.qos.logback.classic.Logger logger) {
            // A store that dies thousands of times has much to say.
            logger.setLevel(ch.qos.logback.classic.Level.OFF);
        }
        long beganNs = System.nanoTime();
        long mostNs = minutes.map(it -> (long) (it * NS_PER_MINUTE)).orElse(Long.MAX_VALUE);
        TortureCampaign campaign = new TortureCampaign(first, seeds, mode);
        Reporter reporter = new Reporter(campaign, beganNs);
        Summary summary = run(campaign, () -> {
            reporter.tick();
            return System.nanoTime() - beganNs > mostNs;
        });
        reporter.end();
        if (seeds == 1 && summary.failures().isEmpty()) {
            saved(TortureRun.of(mode.map(it -> TortureCase.of(first, it)).orElseGet(() -> TortureCase.of(first))));
        }
        print(summary, System.nanoTime() - beganNs);
        return summary.failures().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private void requireSense() {
        require("--seeds", seeds >= 1, "1 or more", seeds);
        require("--minutes", minutes.map(it -> it > 0).orElse(true), "more than 0", minutes.orElse(0.0));
        require("--threads", threads.map(it -> it >= 1 && it <= 1024).orElse(true), "1 to 1,024", threads.orElse(0));
        save.ifPresent(directory -> require("--save", Files.isDirectory(directory), "a directory", directory));
    }

    private void require(String option, boolean holds, String expected, Object found) {
        if (!holds) {
            throw new ParameterException(command.commandLine(), "Invalid value for option '%s': expected %s, found %s"
                    .formatted(option, expected, found));
        }
    }

    private Summary run(TortureCampaign campaign, BooleanSupplier enough) {
        int count = threads.orElse(Runtime.getRuntime().availableProcessors());
        Summary all = Summary.NOTHING;
        try (ExecutorService executor = Executors.newFixedThreadPool(count)) {
            List<Future<Summary>> parts = IntStream.range(0, count)
                    .mapToObj(i -> executor.submit(() -> campaign.play(enough, this::failed)))
                    .toList();
            for (Future<Summary> part : parts) {
                all = all.with(part.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a seed could not be played: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return all;
        }
    }

    private synchronized void failed(TortureResult result) {
        if (told++ < MOST_TOLD) {
            PrintWriter out = command.commandLine().getOut();
            out.println(
                    "seed %d, %s, broke a promise:".formatted(result.torture().seed(), word(result.torture().mode())));
            result.violations().forEach(violation -> out.println("  " + violation));
            out.println("  again: " + again(result));
            out.flush();
        }
        saved(result);
    }

    private String again(TortureResult result) {
        return save.map(directory -> "storescope simulate " + fileOf(directory, result))
                .orElseGet(() -> "storescope torture --first %d --seeds 1%s --save ."
                        .formatted(result.torture().seed(),
                                mode.map(it -> " --mode " + word(it)).orElse("")));
    }

    private void saved(TortureResult result) {
        if (save.isEmpty()) {
            return;
        }
        String what = result.isSound() ? "every promise was kept" : result.violations().getFirst().toString();
        Scenario scenario = Scenario
                .of(result.recorded(), new Ending(Durations.LONGEST_NS, result.steps(), Optional.empty()))
                .withTitle(Words.english("Torture, seed %d".formatted(result.torture().seed())), Words.english(what));
        try {
            ScenarioWriter.write(scenario, fileOf(save.get(), result));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path fileOf(Path directory, TortureResult result) {
        return directory
                .resolve("torture-%s-%d.yaml".formatted(word(result.torture().mode()), result.torture().seed()));
    }

    private void print(Summary summary, long tookNs) {
        PrintWriter out = command.commandLine().getOut();
        line(out, "seeds", "%s from %d on, %s".formatted(Numbers.count(summary.seeds()), first,
                mode.map(TortureCommand::word).orElse("all modes")));
        line(out, "crashes", Numbers.count(summary.crashes()));
        line(out, "steps", "%s, %s a second".formatted(Numbers.count(summary.steps()),
                Numbers.count(Math.round(summary.steps() / (tookNs / 1e9)))));
        line(out, "messages",
                "%s acknowledged and kept, %s acknowledged and lost as their mode allows, %s kept though not"
                        .formatted(count(summary, Fate.ACKNOWLEDGED_KEPT), count(summary, Fate.ACKNOWLEDGED_LOST),
                                count(summary, Fate.UNACKNOWLEDGED_KEPT))
                        + " acknowledged, %s neither".formatted(count(summary, Fate.UNACKNOWLEDGED_GONE)));
        line(out, "time", String.format(Locale.ROOT, "%.1f s", tookNs / 1e9));
        line(out, "promises", summary.failures().isEmpty()
                ? "kept"
                : "broken by %s seeds: %s".formatted(Numbers.count(summary.failures().size()), summary.failures()
                        .stream()
                        .limit(MOST_TOLD)
                        .map(it -> Long.toString(it.torture().seed()))
                        .toList()));
        out.flush();
    }

    private static String count(Summary summary, Fate fate) {
        return Numbers.count(summary.fates().getOrDefault(fate, 0L));
    }

    private static void line(PrintWriter out, String name, String value) {
        out.println("%-12s%s".formatted(name, value));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /// How far it is, on stderr.
    private final class Reporter {
        private final TortureCampaign campaign;
        private final Output output = Output.ofStderr();
        private final long beganNs;
        private long lastNs;

        Reporter(TortureCampaign campaign, long beganNs) {
            this.campaign = campaign;
            this.beganNs = beganNs;
            this.lastNs = beganNs;
        }

        synchronized void tick() {
            long now = System.nanoTime();
            if (now - lastNs < REPORT_INTERVAL_NS) {
                return;
            }
            lastNs = now;
            double perSecond = campaign.done() / ((now - beganNs) / 1e9);
            String text = String.format(Locale.ROOT, "%s of %s seeds, %.0f/s", Numbers.count(campaign.done()),
                    Numbers.count(seeds), perSecond);
            PrintWriter err = command.commandLine().getErr();
            switch (output) {
                case TERMINAL -> err.print("\r\u001b[K" + text);
                case FILE_OR_PIPE -> err.println(text);
            }
            err.flush();
        }

        void end() {
            if (output == Output.TERMINAL) {
                command.commandLine().getErr().print("\r\u001b[K");
                command.commandLine().getErr().flush();
            }
        }
    }
}
