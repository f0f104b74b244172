package dev.storescope.engine.torture;

import dev.storescope.engine.sim.ScheduledAction;
import dev.storescope.engine.sim.Simulation;

/// When faults were on, and so excuse what else would be a broken promise: a stop that takes long, an opening that fails.
/// Nothing excuses a message that is lost.
final class Disturbances {
    private final Simulation simulation;

    Disturbances(Simulation simulation) {
        this.simulation = simulation;
    }

    /// Whether one may have been on at some time since `fromNanos`.
    boolean since(long fromNanos) {
        return !simulation.faults().isEmpty() || simulation.spec()
                .actions()
                .stream()
                .anyMatch(action -> action.when() instanceof ScheduledAction.AtTime(long nanos)
                        && nanos >= fromNanos
                        && nanos <= simulation.nanos());
    }
}
