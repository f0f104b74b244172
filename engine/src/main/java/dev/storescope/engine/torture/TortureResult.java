package dev.storescope.engine.torture;

import dev.storescope.engine.sim.LedgerEntry.Fate;
import dev.storescope.engine.sim.SimulationSpec;
import java.util.List;
import java.util.Map;

/// How one seed went.
///
/// @param torture what the seed means
/// @param steps scheduling points
/// @param crashes kills and power cuts
/// @param fates how many messages had each at last
/// @param traceHash of everything that happened
/// @param recorded gives the very same run again, as far as it came
/// @param violations promises that were broken; empty when all were kept
public record TortureResult(TortureCase torture, long steps, int crashes, Map<Fate, Long> fates, long traceHash,
        SimulationSpec recorded, List<Violation> violations) {
    public TortureResult {
        fates = Map.copyOf(fates);
        violations = List.copyOf(violations);
    }

    public boolean isSound() {
        return violations.isEmpty();
    }
}
