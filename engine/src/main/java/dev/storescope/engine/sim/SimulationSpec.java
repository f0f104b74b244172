package dev.storescope.engine.sim;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.sim.disk.DiskModel;
import dev.storescope.engine.sim.world.EventLog.Keeping;
import java.util.ArrayList;
import java.util.List;

/// All that a simulated run depends on: two runs with equal specs are the same, to the byte and to the nanosecond.
///
/// @param seed of all that is random, but for the loads, which have seeds of their own
/// @param config of the store that is opened at the beginning
/// @param loads started as soon as the store runs
/// @param actions what happens when, in any order
/// @param keeping what is kept of the events
public record SimulationSpec(long seed, DiskModel model, MessageStoreConfig config, List<LoadSpec> loads,
        List<ScheduledAction> actions, Keeping keeping) {
    public SimulationSpec {
        loads = List.copyOf(loads);
        actions = List.copyOf(actions);
    }

    /// Seed 1, a solid-state disk, no load, and nothing happens.
    public static Builder builder(MessageStoreConfig config) {
        return new Builder(config);
    }

    /// A builder that starts from this spec.
    public Builder toBuilder() {
        Builder builder = new Builder(config).seed(seed).model(model).keeping(keeping);
        builder.loads.addAll(loads);
        builder.actions.addAll(actions);
        return builder;
    }

    /// Gathers a [SimulationSpec].
    public static final class Builder {
        private MessageStoreConfig config;
        private long seed = 1;
        private DiskModel model = DiskModel.NVME;
        private Keeping keeping = Keeping.ALL;
        private final List<LoadSpec> loads = new ArrayList<>();
        private final List<ScheduledAction> actions = new ArrayList<>();

        private Builder(MessageStoreConfig config) {
            this.config = config;
        }

        public Builder config(MessageStoreConfig newConfig) {
            this.config = newConfig;
            return this;
        }

        public Builder seed(long newSeed) {
            this.seed = newSeed;
            return this;
        }

        public Builder model(DiskModel newModel) {
            this.model = newModel;
            return this;
        }

        public Builder keeping(Keeping newKeeping) {
            this.keeping = newKeeping;
            return this;
        }

        public Builder load(LoadSpec load) {
            loads.add(load);
            return this;
        }

        /// @param nanos since the beginning
        public Builder at(long nanos, Action action) {
            actions.add(ScheduledAction.atTime(nanos, action));
            return this;
        }

        /// @param step see [Simulation#steps()]
        public Builder atStep(long step, Action action) {
            actions.add(ScheduledAction.atStep(step, action));
            return this;
        }

        /// In place of those that were given.
        public Builder actions(List<ScheduledAction> newActions) {
            actions.clear();
            actions.addAll(newActions);
            return this;
        }

        /// In place of those that were given.
        public Builder loads(List<LoadSpec> newLoads) {
            loads.clear();
            loads.addAll(newLoads);
            return this;
        }

        public SimulationSpec build() {
            return new SimulationSpec(seed, model, config, loads, actions, keeping);
        }
    }
}
