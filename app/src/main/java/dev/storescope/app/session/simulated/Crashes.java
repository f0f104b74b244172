package dev.storescope.app.session.simulated;

import dev.storescope.engine.sim.Action;
import dev.storescope.engine.sim.Crash;
import dev.storescope.engine.sim.Simulation;
import java.util.List;

/// How a store is let die.
final class Crashes {
    private Crashes() {
    }

    /// Throws [IllegalStateException] when there is no store that could die.
    static List<Action> crash(Simulation world, Crash.Kind kind) {
        return switch (world.phase()) {
            case OPENING, RUNNING, CLOSING -> List.of(switch (kind) {
                case JVM_KILLED -> new Action.KillJvm();
                case POWER_CUT -> new Action.CutPower();
            });
            case CLOSED, CRASHED, FAILED -> throw new IllegalStateException(
                    "expected a store that is open, found it %s".formatted(world.phase()));
        };
    }
}
