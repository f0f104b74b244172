package dev.storescope.engine.sim;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.load.ConsumeDriver;
import dev.storescope.engine.load.ConsumeSpec;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.sim.disk.Fault;

/// Something that is done to a simulated world from outside. Each is one step of the run.
public sealed interface Action {
    /// Begins to put messages; while no store runs, as soon as one does.
    record StartLoad(LoadSpec load) implements Action {
    }

    /// A load goes on with another spec.
    ///
    /// @param index of the load, in the order in which those of this store were started; 0 for the first
    record UpdateLoad(int index, LoadSpec load) implements Action {
    }

    /// All loads send nothing more; what is under way is finished.
    record StopLoads() implements Action {
    }

    /// A load sends so many messages more, now.
    record Burst(int index, int messages) implements Action {
    }

    /// A consumer begins to pull, in place of the one there was, and goes on where that one was; while no store runs, as
    /// soon as one does. A crash ends it.
    record StartConsumer(ConsumeSpec consumer) implements Action {
    }

    /// The consumer goes on with another spec.
    record UpdateConsumer(ConsumeSpec consumer) implements Action {
    }

    /// The consumer pulls no more; how far it is stays known.
    record StopConsumer() implements Action {
    }

    /// The consumer goes on at an end of the queues that it pulls from.
    record ResetConsumer(ConsumeDriver.Reset to) implements Action {
    }

    /// Something begins to go wrong.
    record TurnOn(Fault fault) implements Action {
    }

    /// It goes wrong no more.
    record TurnOff(Fault fault) implements Action {
    }

    /// The process dies: memory and threads are gone, the page cache stays.
    record KillJvm() implements Action {
    }

    /// The power fails: of what was not forced, a part that the seed says is left.
    record CutPower() implements Action {
    }

    /// The store is stopped cleanly; loads are stopped before.
    record Shutdown() implements Action {
    }

    /// Opens what a crash or a stop left. Loads do not begin again by themselves.
    record Reopen() implements Action {
    }

    /// Likewise, with other settings.
    record ReopenWith(MessageStoreConfig config) implements Action {
    }

    /// The store is stopped cleanly, once all of its log is dispatched; its queues and its index are deleted, and it is opened
    /// again, which makes them from the log. Loads and consumer go on then.
    record Rebuild() implements Action {
    }

    /// The store is stopped cleanly and opened with other settings; loads begin again.
    record RestartWith(MessageStoreConfig config) implements Action {
    }
}
