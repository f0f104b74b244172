package dev.storescope.app.session.simulated;

import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.LoadState;
import dev.storescope.engine.sim.Action;
import dev.storescope.engine.sim.Simulation;
import java.util.ArrayList;
import java.util.List;

/// What is to be done to a world so that its load is as somebody wants it.
///
/// Threads: the driver's.
public final class LoadActions {
    private LoadActions() {
    }

    /// Whether a load sends, or will as soon as the store runs.
    public static boolean isSending(Simulation world) {
        return isRunning(world) || !world.waitingLoads().isEmpty();
    }

    private static boolean isRunning(Simulation world) {
        List<LoadSnapshot> loads = world.loads();
        return !loads.isEmpty() && loads.getLast().state() == LoadState.RUNNING;
    }

    /// One that sends goes on with another spec; of several the one that was started last.
    static List<Action> change(Simulation world, LoadSpec wanted) {
        if (isRunning(world)) {
            return List.of(new Action.UpdateLoad(world.loads().size() - 1, wanted));
        }
        return world.waitingLoads().isEmpty()
                ? List.of()
                : List.of(new Action.StopLoads(), new Action.StartLoad(wanted));
    }

    /// Nothing when one sends already.
    public static List<Action> start(Simulation world, LoadSpec load) {
        return isSending(world) ? List.of() : List.of(new Action.StartLoad(load));
    }

    /// Nothing when none sends.
    public static List<Action> stop(Simulation world) {
        return isSending(world) ? List.of(new Action.StopLoads()) : List.of();
    }

    /// So many messages more; begins to send when nothing is sent.
    public static List<Action> burst(Simulation world, LoadSpec load, int messages) {
        List<Action> actions = new ArrayList<>(start(world, load));
        actions.add(new Action.Burst(isRunning(world) ? world.loads().size() - 1 : world.loads().size(), messages));
        return actions;
    }
}
