package dev.storescope.app.shell.runs;

import dev.storescope.app.session.scenario.Figure;
import dev.storescope.app.session.scenario.Measure;
import dev.storescope.app.session.scenario.ScenarioOutcome;
import dev.storescope.app.session.simulated.Branch;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.StoreSnapshot.LogPosition;
import dev.storescope.engine.api.StoreSnapshot.LogPositions;
import dev.storescope.engine.sim.LedgerEntry.Cause;
import dev.storescope.engine.sim.LedgerEntry.Fate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// Two runs beside each other, in numbers.
final class RunComparison {
    private static final double NS_PER_S = 1e9;

    private final Texts texts;
    private final List<Line> lines = new ArrayList<>();
    private final ScenarioOutcome first;
    private final ScenarioOutcome second;

    /// A figure of both.
    ///
    /// @param change from the first to the second; "" where they are equal
    record Line(Group group, String name, String first, String second, String change) {
        boolean differs() {
            return !first.equals(second);
        }
    }

    /// What figures belong together.
    enum Group {
        RUN, MESSAGES, LOSSES, PUTS, DISK, FILES, RECOVERY
    }

    private RunComparison(Texts texts, ScenarioOutcome first, ScenarioOutcome second) {
        this.texts = texts;
        this.first = first;
        this.second = second;
    }

    static List<Line> of(Texts texts, Branch first, Branch second) {
        var comparison = new RunComparison(texts, first.outcome(), second.outcome());
        comparison.run();
        comparison.messages();
        comparison.work();
        comparison.recovery();
        return List.copyOf(comparison.lines);
    }

    /// How much longer the second one has run; 0 when figures of both are of the same time.
    static long longerByNanos(Branch first, Branch second) {
        return second.outcome().clock().nanos() - first.outcome().clock().nanos();
    }

    private void run() {
        number(Group.RUN, "time", Measure.NANOSECONDS, outcome -> outcome.clock().nanos());
        number(Group.RUN, "steps", Measure.COUNT, outcome -> outcome.clock().steps());
        text(Group.RUN, "phase", outcome -> outcome.phase().name());
        text(Group.RUN, "trace", outcome -> "%016x".formatted(outcome.traceHash()));
        text(Group.RUN, "platter", outcome -> "%016x".formatted(outcome.platterHash()));
    }

    private void messages() {
        figures(Group.MESSAGES, Figure.MESSAGES, Figure.ACKNOWLEDGED, Figure.ACKNOWLEDGED_KEPT,
                Figure.UNACKNOWLEDGED_KEPT, Figure.UNACKNOWLEDGED_GONE, Figure.FLUSH_DISK_TIMEOUTS,
                Figure.CREATE_MAPPED_FILE_FAILED, Figure.SERVICE_NOT_AVAILABLE);
        figures(Group.LOSSES, Figure.ACKNOWLEDGED_LOST);
        for (Cause cause : Cause.values()) {
            boolean isAny = first.ledger().lostBy(cause) + second.ledger().lostBy(cause) > 0;
            if (isAny) {
                number(Group.LOSSES, "lost." + cause.name(), Measure.COUNT, outcome -> outcome.ledger().lostBy(cause));
            }
        }
        number(Group.LOSSES, "open", Measure.COUNT, outcome -> outcome.ledger().of(Fate.OPEN));
        atRisk("diesWithJvm", log -> acknowledged(log.committed(), log.wrote()), Measure.COUNT);
        atRisk("diesWithPower", log -> acknowledged(log.flushed(), log.wrote()), Measure.COUNT);
        atRisk("behindFlushed", LogPositions::unflushedBytes, Measure.BYTES);
        figures(Group.LOSSES, Figure.BROKEN_PROMISES, Figure.STRANGERS, Figure.CRASHES);
    }

    private static long acknowledged(LogPosition safe, LogPosition end) {
        return end.acknowledgedAtAppend() - safe.acknowledgedAtAppend();
    }

    /// What would be lost at the moment to which a run has come.
    private void atRisk(String name, ToLongFunction<LogPositions> figure, Measure measure) {
        Function<ScenarioOutcome, OptionalLong> value = outcome -> outcome.log()
                .stream()
                .mapToLong(figure)
                .findFirst();
        both(Group.LOSSES, name, measure, value.apply(first), value.apply(second));
    }

    private void work() {
        perSecond(Group.PUTS, "acknowledgedPerSecond", outcome -> outcome.ledger().acknowledged());
        figures(Group.PUTS, Figure.PUT_P50, Figure.PUT_P99, Figure.PUT_P999);
        number(Group.PUTS, "meanPut", Measure.NANOSECONDS, outcome -> outcome.tally().meanPutNs());
        figures(Group.PUTS, Figure.LONGEST_PUT);
        perSecond(Group.DISK, "forcesPerSecond", outcome -> outcome.tally().forces());
        figures(Group.DISK, Figure.FORCES, Figure.FAILED_FORCES);
        number(Group.DISK, "forcedBytes", Measure.BYTES, outcome -> outcome.tally().forcedBytes());
        number(Group.DISK, "meanForce", Measure.NANOSECONDS, outcome -> outcome.tally().meanForceNs());
        figures(Group.DISK, Figure.LONGEST_FORCE, Figure.BATCHES);
        meanBatch();
        figures(Group.DISK, Figure.LARGEST_BATCH, Figure.COMMITS);
        figures(Group.FILES, Figure.FILE_ROLLS, Figure.ALLOCATION_HITS, Figure.ALLOCATION_WAITS,
                Figure.LONGEST_ALLOCATION_WAIT, Figure.FAILED_ALLOCATIONS, Figure.DISPATCHED,
                Figure.MOST_DISPATCH_BEHIND);
    }

    private void meanBatch() {
        Function<ScenarioOutcome, OptionalDouble> mean = outcome -> outcome.tally().batches() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) outcome.tally().batchedPuts() / outcome.tally().batches());
        add(Group.DISK, "meanBatch", oneDigit(mean.apply(first)), oneDigit(mean.apply(second)), "");
    }

    private static String oneDigit(OptionalDouble value) {
        return value.isEmpty() ? Formats.UNKNOWN : String.format(java.util.Locale.ROOT, "%.1f", value.getAsDouble());
    }

    private void recovery() {
        figures(Group.RECOVERY, Figure.OPENINGS);
        last("recovered", RecoveryReport::recordsChecked, Measure.COUNT);
        last("logEnd", RecoveryReport::endOffset, Measure.BYTES);
        last("cut", RecoveryReport::cutBytes, Measure.BYTES);
        last("took", RecoveryReport::durationNs, Measure.NANOSECONDS);
    }

    /// Of the last recovery that was not of an empty directory.
    private void last(String name, Function<RecoveryReport, Long> figure, Measure measure) {
        Function<ScenarioOutcome, OptionalLong> value = outcome -> outcome.recoveries()
                .reversed()
                .stream()
                .filter(report -> report.lastStop() != RecoveryReport.LastStop.NEW_STORE)
                .mapToLong(figure::apply)
                .findFirst();
        OptionalLong one = value.apply(first);
        OptionalLong other = value.apply(second);
        if (one.isPresent() || other.isPresent()) {
            both(Group.RECOVERY, name, measure, one, other);
        }
    }

    private void both(Group group, String name, Measure measure, OptionalLong one, OptionalLong other) {
        add(group, name, text(measure, one), text(measure, other),
                one.isPresent() && other.isPresent() ? change(measure, one.getAsLong(), other.getAsLong()) : "");
    }

    /// By the world's clock.
    private void perSecond(Group group, String name, ToLongFunction<ScenarioOutcome> count) {
        double one = perSecond(first, count);
        double other = perSecond(second, count);
        String sign = other > one ? "+" : "−";
        add(group, name, Formats.perSecond(one), Formats.perSecond(other),
                one == other ? "" : sign + Formats.perSecond(Math.abs(other - one)));
    }

    private static double perSecond(ScenarioOutcome outcome, ToLongFunction<ScenarioOutcome> count) {
        return outcome.clock().nanos() == 0 ? 0 : count.applyAsLong(outcome) * NS_PER_S / outcome.clock().nanos();
    }

    private void figures(Group group, Figure... figures) {
        for (Figure figure : figures) {
            number(group, figure.word(), figure.measure(), figure::in);
        }
    }

    private void number(Group group, String name, Measure measure, Function<ScenarioOutcome, Long> figure) {
        long one = figure.apply(first);
        long other = figure.apply(second);
        add(group, name, text(measure, OptionalLong.of(one)), text(measure, OptionalLong.of(other)),
                change(measure, one, other));
    }

    private void text(Group group, String name, Function<ScenarioOutcome, String> value) {
        add(group, name, value.apply(first), value.apply(second), "");
    }

    private void add(Group group, String name, String one, String other, String change) {
        lines.add(new Line(group, texts.get("runs.figure." + name), one, other, change));
    }

    private static String text(Measure measure, OptionalLong value) {
        return value.isEmpty() ? Formats.UNKNOWN : switch (measure) {
            case COUNT -> Formats.count(value.getAsLong());
            case BYTES -> Formats.exactBytes(value.getAsLong());
            case NANOSECONDS -> exact(value.getAsLong());
        };
    }

    /// To the nanosecond, since two runs may differ by one.
    private static String exact(long nanos) {
        return Formats.count(nanos) + "\u00a0ns";
    }

    private static String change(Measure measure, long one, long other) {
        long change = other - one;
        if (change == 0) {
            return "";
        }
        String sign = change > 0 ? "+" : "−";
        long size = Math.abs(change);
        return sign + switch (measure) {
            case COUNT -> Formats.count(size);
            case BYTES -> Formats.bytes(size);
            case NANOSECONDS -> Formats.duration(size);
        };
    }

    /// What a run of those that are kept is, in one line.
    static String words(Texts texts, Branch branch) {
        Optional<String> origin = branch.parent().isPresent()
                ? Optional.of(texts.get("runs.branch", branch.parent().getAsInt(),
                        Formats.duration(branch.fromNanos()), branch.change().strip()))
                : Optional.empty();
        return texts.get("runs.run", branch.number(), origin.orElse(texts.get("runs.first")),
                Formats.duration(branch.outcome().clock().nanos()));
    }
}
