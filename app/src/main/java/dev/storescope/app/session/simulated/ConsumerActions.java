package dev.storescope.app.session.simulated;

import dev.storescope.engine.load.ConsumeDriver;
import dev.storescope.engine.load.ConsumeDriver.Reset;
import dev.storescope.engine.load.ConsumeSnapshot;
import dev.storescope.engine.load.ConsumeSpec;
import dev.storescope.engine.sim.Action;
import dev.storescope.engine.sim.Phase;
import dev.storescope.engine.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is to be done to a world so that its consumer is as somebody wants it.
///
/// Threads: the driver's.
public final class ConsumerActions {
    private ConsumerActions() {
    }

    private static Optional<ConsumeDriver> consumer(Simulation world) {
        return world.phase() == Phase.RUNNING ? world.consumer() : Optional.empty();
    }

    private static boolean isPulling(Simulation world) {
        return consumer(world).map(ConsumeDriver::snapshot).filter(ConsumeSnapshot::running).isPresent();
    }

    /// Nothing when it pulls already.
    public static List<Action> start(Simulation world, ConsumeSpec spec) {
        return isPulling(world) ? List.of() : List.of(new Action.StartConsumer(spec));
    }

    /// Nothing when it does not pull.
    public static List<Action> stop(Simulation world) {
        return isPulling(world) ? List.of(new Action.StopConsumer()) : List.of();
    }

    /// Where there was none yet there is one afterwards, which does not pull.
    public static List<Action> reset(Simulation world, ConsumeSpec spec, Reset to) {
        List<Action> actions = new ArrayList<>();
        if (consumer(world).isEmpty()) {
            actions.add(new Action.StartConsumer(spec));
            actions.add(new Action.StopConsumer());
        }
        actions.add(new Action.ResetConsumer(to));
        return actions;
    }

    /// Nothing where there is none yet.
    static List<Action> change(Simulation world, ConsumeSpec wanted) {
        return consumer(world).isPresent() ? List.of(new Action.UpdateConsumer(wanted)) : List.of();
    }
}
