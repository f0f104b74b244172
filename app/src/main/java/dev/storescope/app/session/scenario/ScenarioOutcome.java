package dev.storescope.app.session.scenario;

import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.StoreSnapshot.LogPositions;
import dev.storescope.engine.sim.Crash;
import dev.storescope.engine.sim.Phase;
import java.util.List;
import java.util.Optional;

/// What came of a run.
///
/// @param clock where the run stands
/// @param traceHash of everything that happened: equal runs have equal ones
/// @param platterHash of what is on the platter
/// @param phase of the store
/// @param failure why it could not be opened; "" when it could
/// @param recoveries what each opening found, the first one of an empty directory
/// @param log pointers of the store that is open; nothing when none is
/// @param notReached reactions and pictures whose moment never came, as in the file
public record ScenarioOutcome(Scenario scenario, Clock clock, long traceHash, long platterHash, Phase phase,
        String failure, EventTally tally, LedgerSummary ledger, List<Crash> crashes, List<RecoveryReport> recoveries,
        Optional<LogPositions> log, List<Moment> notReached) {

    /// @param nanos since the beginning
    /// @param reason why the run has ended
    public record Clock(long nanos, long steps, End reason) {
    }

    /// Why a run has ended.
    public enum End {
        /// It has come to its time, its step or its condition.
        REACHED,
        /// Nothing will ever happen by itself any more: no store is open, and no action is left.
        NOTHING_LEFT,
        /// All that could go on is held or stalled.
        HELD
    }

    /// An expectation that was not met.
    ///
    /// @param found the figure as it is
    public record Unmet(Expectation expectation, long found) {
    }

    /// What the scenario foretold and did not come.
    public List<Unmet> unmet() {
        return scenario.expectations()
                .stream()
                .map(expected -> new Unmet(expected, expected.figure().in(this)))
                .filter(each -> !each.expectation().bound().holdsFor(each.found()))
                .toList();
    }

    /// Whether the store kept what it had promised, and added nothing of its own.
    public boolean areAllPromisesKept() {
        return ledger.brokenPromises() == 0 && ledger.strangers().isEmpty();
    }
}
