package dev.storescope.app.session;

import dev.storescope.engine.MessageStoreFactory;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.sim.disk.Fault;
import dev.storescope.engine.sim.disk.LiveFaults;
import java.util.List;

/// The machine itself: its clock, its threads, its files.
public final class LiveWorld implements StoreWorld {
    @Override
    public StoreInWorld make(MessageStoreConfig config) {
        LiveFaults faults = LiveFaults.on(config.storePathRootDir());
        LiveEnvironment environment = faults.environment();
        return new StoreInWorld(MessageStoreFactory.create(config, environment), environment,
                environment.newProbeReader(), new LiveSwitch(faults));
    }

    private record LiveSwitch(LiveFaults faults) implements FaultSwitch {
        @Override
        public boolean canDo(Fault fault) {
            return LiveFaults.canDo(fault);
        }

        @Override
        public void turnOn(Fault fault) {
            faults.turnOn(fault);
        }

        @Override
        public void turnOff(Fault fault) {
            faults.turnOff(fault);
        }

        @Override
        public List<Fault> all() {
            return faults.all();
        }

        @Override
        public long usedBytes() {
            return faults.usedBytes();
        }
    }
}
