package dev.storescope.engine.torture;

import dev.storescope.engine.sim.Action;
import dev.storescope.engine.sim.ScheduledAction;
import dev.storescope.engine.sim.Simulation;
import dev.storescope.engine.sim.disk.Fault;

/// When faults were on, and so excuse what else would be a broken promise: a stop that takes long, an opening that fails.
/// Nothing excuses a message that is lost.
final class Disturbances {
    private final Simulation simulation;
    private long endedNanos = Long.MIN_VALUE;

    Disturbances(Simulation simulation) {
        this.simulation = simulation;
    }

    /// Turns all faults off.
    void end() {
        for (Fault fault : simulation.faults()) {
            simulation.apply(new Action.TurnOff(fault));
            endedNanos = simulation.nanos();
        }
    }

    /// Whether one may have been on at some time since `fromNanos`.
    boolean since(long fromNanos) {
        return !simulation.faults().isEmpty() || endedNanos > fromNanos
                || simulation.spec()
                        .actions()
                        .stream()
                        .anyMatch(action -> action.when() instanceof ScheduledAction.AtTime(long nanos)
                                && nanos >= fromNanos
                                && nanos <= simulation.nanos());
    }
}
