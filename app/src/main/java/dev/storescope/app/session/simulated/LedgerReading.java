package dev.storescope.app.session.simulated;

import dev.storescope.app.session.scenario.LedgerSummary;
import dev.storescope.engine.sim.Crash;
import dev.storescope.engine.sim.LedgerEntry;
import dev.storescope.engine.sim.LedgerEntry.Fate;
import dev.storescope.engine.sim.Simulation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What became of the messages of a run.
///
/// @param summary in numbers
/// @param crashes that there were, oldest first
/// @param entries the messages behind the numbers, those that were lost first; of a long run only so many
/// @param atNanos the moment of it, by the world's clock
public record LedgerReading(LedgerSummary summary, List<Crash> crashes, List<LedgerEntry> entries, long atNanos) {
    /// Beyond this, somebody who looks has no use for more.
    private static final int MOST_ENTRIES = 10_000;

    public LedgerReading {
        crashes = List.copyOf(crashes);
        entries = List.copyOf(entries);
    }

    /// As of now. While the world stands.
    static LedgerReading of(Simulation simulation) {
        List<LedgerEntry> entries = new ArrayList<>(simulation.ledger().entries());
        entries.sort(Comparator.comparingInt(entry -> entry.fate() == Fate.ACKNOWLEDGED_LOST ? 0 : 1));
        return new LedgerReading(LedgerSummary.of(simulation.ledger()), simulation.ledger().crashes(),
                entries.subList(0, Math.min(MOST_ENTRIES, entries.size())), simulation.nanos());
    }
}
