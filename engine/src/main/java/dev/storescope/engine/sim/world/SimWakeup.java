package dev.storescope.engine.sim.world;

import dev.storescope.engine.env.Wakeup;

/// A signal with memory in a simulated world.
///
/// Threads: whoever has the baton.
final class SimWakeup implements Wakeup {
    private final Baton baton;
    private final String name;
    private final long handOverNs;
    private boolean signalled;
    /// Null while nobody waits.
    private SimThread waiter;

    SimWakeup(Baton baton, String name, long handOverNs) {
        this.baton = baton;
        this.name = name;
        this.handOverNs = handOverNs;
    }

    @Override
    public boolean await(long timeoutNs) {
        if (signalled || timeoutNs <= 0) {
            baton.point();
        } else {
            waiter = baton.caller();
            baton.block(timeoutNs, this);
            waiter = null;
        }
        boolean woken = signalled;
        signalled = false;
        return woken;
    }

    @Override
    public void signal() {
        baton.requireAlive();
        signalled = true;
        if (waiter != null) {
            baton.wake(waiter, waiter.waits, handOverNs);
        }
        baton.point();
    }

    @Override
    public String toString() {
        return "a signal or a time (" + name + ")";
    }
}
