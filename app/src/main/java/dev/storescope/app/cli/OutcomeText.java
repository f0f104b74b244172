package dev.storescope.app.cli;

import dev.storescope.app.session.scenario.EventTally;
import dev.storescope.app.session.scenario.LedgerSummary;
import dev.storescope.app.session.scenario.Measure;
import dev.storescope.app.session.scenario.ScenarioOutcome;
import dev.storescope.app.text.Language;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.sim.Crash;
import dev.storescope.engine.sim.Ledger;
import dev.storescope.engine.sim.LedgerEntry.Cause;
import dev.storescope.engine.sim.LedgerEntry.Fate;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What came of a scenario, for people.
final class OutcomeText {
    private static final int MOST_STRANGERS = 10;

    private final ScenarioOutcome outcome;
    private final LedgerSummary ledger;
    private final EventTally tally;

    OutcomeText(ScenarioOutcome outcome) {
        this.outcome = outcome;
        this.ledger = outcome.ledger();
        this.tally = outcome.tally();
    }

    /// @param name of the scenario's file
    /// @param logged what the store logged
    void print(String name, List<String> logged, PrintWriter out) {
        String title = outcome.scenario().title().in(Language.ENGLISH);
        line(out, "scenario", title.isEmpty() ? name : "%s: %s".formatted(name, Printable.text(title)));
        line(out, "world", "%s, seed %d".formatted(outcome.scenario().spec().model().name(),
                outcome.scenario().spec().seed()));
        line(out, "time", "%s simulated, %s steps, ended %s".formatted(Numbers.duration(outcome.clock().nanos()),
                Numbers.count(outcome.clock().steps()), end()));
        line(out, "messages", messages());
        line(out, "puts", "%s answered, mean %s, p50 %s, p99 %s, longest %s".formatted(
                Numbers.count(tally.puts()), Numbers.duration(tally.meanPutNs()),
                Numbers.duration(tally.putNsAtPercentile(50)), Numbers.duration(tally.putNsAtPercentile(99)),
                Numbers.duration(tally.longestPutNs())));
        line(out, "forces", forces());
        line(out, "files", "%s rolls; the next file was ready %s times, waited for %s times, longest %s".formatted(
                Numbers.count(tally.fileRolls()), Numbers.count(tally.allocationHits()),
                Numbers.count(tally.allocationWaits()), Numbers.duration(tally.longestAllocationWaitNs())));
        line(out, "dispatch", "%s records, at most %s behind the appends".formatted(Numbers.count(tally.dispatched()),
                Numbers.bytes(tally.mostDispatchBehindBytes())));
        outcome.crashes().forEach(crash -> line(out, "crash", crash(crash)));
        outcome.recoveries().forEach(report -> recovery(report, out));
        if (!outcome.failure().isEmpty()) {
            line(out, "not opened", Printable.text(outcome.failure()));
        }
        logged.stream()
                .filter(each -> outcome.recoveries().stream().noneMatch(report -> isNoteOf(report, each)))
                .forEach(each -> line(out, "logged", Printable.text(each)));
        if (!outcome.crashes().isEmpty()) {
            ledger(out);
        }
        line(out, "promises", promises());
        ledger.strangers().stream().limit(MOST_STRANGERS).forEach(stranger -> stranger(stranger, out));
        outcome.notReached().forEach(moment -> line(out, "not reached", moment.toString()));
        outcome.scenario()
                .expectations()
                .forEach(expected -> line(out, "expected", "%s: %s %s, found %s".formatted(expected.figure().word(),
                        expected.bound().kind().words(), figure(expected.figure().measure(), expected.bound().value()),
                        figure(expected.figure().measure(), expected.figure().in(outcome)))
                        + (expected.bound().holdsFor(expected.figure().in(outcome))
                                ? ""
                                : "  <- not as expected")));
        line(out, "trace hash", "%016x".formatted(outcome.traceHash()));
        line(out, "platter", "%016x".formatted(outcome.platterHash()));
    }

    private String end() {
        return switch (outcome.clock().reason()) {
            case REACHED -> "as planned, the store is " + outcome.phase();
            case NOTHING_LEFT -> "since nothing can happen any more, the store is " + outcome.phase();
            case HELD -> "since all that could go on is held, the store is " + outcome.phase();
        };
    }

    private String messages() {
        List<String> parts = new ArrayList<>();
        ledger.byStatus().forEach((status, count) -> parts.add(Numbers.count(count) + " " + status));
        if (ledger.unanswered() > 0) {
            parts.add(Numbers.count(ledger.unanswered()) + " without an answer");
        }
        return Numbers.count(ledger.messages()) + (parts.isEmpty() ? "" : ": " + String.join(", ", parts));
    }

    private String forces() {
        String failed = tally.failedForces() == 0 ? "" : ", %s failed".formatted(Numbers.count(tally.failedForces()));
        String batches = tally.batches() == 0
                ? ""
                : "; mean batch %s puts, largest %s".formatted(
                        Numbers.threeDigits((double) tally.batchedPuts() / tally.batches()),
                        Numbers.count(tally.largestBatch()));
        return "%s%s, mean %s, longest %s%s".formatted(Numbers.count(tally.forces()), failed,
                Numbers.duration(tally.meanForceNs()), Numbers.duration(tally.longestForceNs()), batches);
    }

    private static String crash(Crash crash) {
        String what = switch (crash.kind()) {
            case JVM_KILLED -> "the JVM was killed";
            case POWER_CUT -> "the power failed";
        };
        return "%s at %s (step %s): flushed %s, committed %s, wrote %s".formatted(what, Numbers.duration(crash.nanos()),
                Numbers.count(crash.step()), Numbers.count(crash.flushedOffset()),
                Numbers.count(crash.cachedOffset()), Numbers.count(crash.wroteOffset()));
    }

    private static void recovery(RecoveryReport report, PrintWriter out) {
        if (report.lastStop() == RecoveryReport.LastStop.NEW_STORE) {
            return;
        }
        line(out, "recovery",
                "after a stop that was %s: %s files, %s records read, the log ends at %s, %s bytes cut off%s"
                        .formatted(report.lastStop().name().toLowerCase(Locale.ROOT), Numbers.count(report.files()),
                                Numbers.count(report.recordsChecked()), Numbers.count(report.endOffset()),
                                Numbers.count(report.cutBytes()),
                                report.holes().isEmpty()
                                        ? ""
                                        : ", %s holes".formatted(Numbers.count(report.holes().size()))));
        var queues = report.queues();
        line(out, "",
                "queues: %s entries built, %s corrected, %s cut; index: %s files kept, %s deleted, %s entries built"
                        .formatted(Numbers.count(queues.entriesBuilt()), Numbers.count(queues.entriesCorrected()),
                                Numbers.count(queues.entriesCut()), Numbers.count(report.index().files()),
                                Numbers.count(report.index().filesDeleted().size()),
                                Numbers.count(report.index().entriesBuilt())));
        report.notes().forEach(note -> out.println("  " + Printable.text(note)));
    }

    /// What a recovery says of itself is logged as well.
    private static boolean isNoteOf(RecoveryReport report, String line) {
        return report.notes().stream().anyMatch(line::endsWith);
    }

    private void ledger(PrintWriter out) {
        line(out, "ledger", "acknowledged %s: kept %s, lost %s".formatted(
                Numbers.count(ledger.acknowledged()), fate(Fate.ACKNOWLEDGED_KEPT), fate(Fate.ACKNOWLEDGED_LOST)));
        line(out, "", "not acknowledged %s: kept %s, gone %s".formatted(
                Numbers.count(ledger.messages() - ledger.acknowledged()), fate(Fate.UNACKNOWLEDGED_KEPT),
                fate(Fate.UNACKNOWLEDGED_GONE)));
        if (ledger.of(Fate.OPEN) > 0) {
            line(out, "", "put since the last recovery, or never recovered: "
                    + Numbers.count(ledger.of(Fate.OPEN)));
        }
        if (ledger.of(Fate.EXPIRED) > 0) {
            line(out, "", "expired: " + Numbers.count(ledger.of(Fate.EXPIRED)));
        }
    }

    /// `120 (100 forced, 20 in the page cache)`
    private String fate(Fate fate) {
        List<String> causes = new ArrayList<>();
        for (Cause cause : Cause.values()) {
            long count = ledger.of(fate, cause);
            if (count > 0 && cause != Cause.NONE) {
                causes.add(Numbers.count(count) + " " + words(cause));
            }
        }
        return Numbers.count(ledger.of(fate)) + (causes.isEmpty() ? "" : " (" + String.join(", ", causes) + ")");
    }

    private static String words(Cause cause) {
        return switch (cause) {
            case NONE -> "";
            case FORCED -> "forced";
            case IN_PAGE_CACHE -> "in the page cache";
            case WRITTEN_BACK -> "written back by luck";
            case BEYOND_FLUSHED -> "behind the flushed pointer";
            case IN_WRITE_BUFFER -> "only in a write buffer";
            case NEVER_APPENDED -> "never appended";
            case PROMISE_BROKEN -> "against the promise";
        };
    }

    private String promises() {
        if (outcome.areAllPromisesKept()) {
            return "kept";
        }
        return "BROKEN: %s messages lost that had been forced or acknowledged as forced, %s in the log that nobody put"
                .formatted(Numbers.count(ledger.brokenPromises()), Numbers.count(ledger.strangers().size()));
    }

    private static void stranger(Ledger.Stranger stranger, PrintWriter out) {
        out.println("  offset %s, topic %s, queue %d: %s".formatted(Numbers.count(stranger.offset()),
                Printable.text(stranger.topic()), stranger.queueId(), stranger.reason()));
    }

    private static String figure(Measure measure, long value) {
        return switch (measure) {
            case COUNT -> Numbers.count(value);
            case BYTES -> Numbers.bytes(value);
            case NANOSECONDS -> Numbers.duration(value);
        };
    }

    private static void line(PrintWriter out, String name, String value) {
        out.println("%-12s%s".formatted(name, value));
    }
}
