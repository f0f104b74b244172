package dev.storescope.app.session.simulated;

import dev.storescope.app.session.scenario.LedgerSummary;
import dev.storescope.engine.sim.Crash;
import dev.storescope.engine.sim.LedgerEntry;
import java.util.List;

/// What became of the messages of a run.
///
/// @param summary in numbers
/// @param crashes that there were, oldest first
/// @param entries the messages behind the numbers, those that were lost first; of a long run only so many
/// @param atNanos the moment of it, by the world's clock
public record LedgerReading(LedgerSummary summary, List<Crash> crashes, List<LedgerEntry> entries, long atNanos) {
    public LedgerReading {
        crashes = List.copyOf(crashes);
        entries = List.copyOf(entries);
    }
}
