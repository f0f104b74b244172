package dev.storescope.app.session;

import dev.storescope.engine.sim.disk.Fault;
import java.util.List;

/// What can be made to go wrong in the world of a store. Faults end with the store that is open.
///
/// Threads: any. Nothing here waits, so that what holds everything up can always be turned off.
public interface FaultSwitch {
    /// Of a world in which nothing can be made to go wrong.
    FaultSwitch NONE = new FaultSwitch() {
        @Override
        public boolean canDo(Fault fault) {
            return false;
        }

        @Override
        public void turnOn(Fault fault) {
            throw new IllegalArgumentException("expected a world in which things can be made to go wrong, found none");
        }

        @Override
        public void turnOff(Fault fault) {
            // none is on
        }

        @Override
        public List<Fault> all() {
            return List.of();
        }

        @Override
        public long usedBytes() {
            return 0;
        }
    };

    /// Whether this world can bring it about.
    boolean canDo(Fault fault);

    /// Does nothing when it is on already.
    void turnOn(Fault fault);

    /// Does nothing when it is off already.
    void turnOff(Fault fault);

    /// In the order in which they were turned on.
    List<Fault> all();

    /// What a limit of the disk's room counts: the bytes of all files.
    long usedBytes();
}
