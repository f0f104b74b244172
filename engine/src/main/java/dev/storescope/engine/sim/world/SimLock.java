package dev.storescope.engine.sim.world;

import dev.storescope.engine.api.PutMessageLockKind;
import dev.storescope.engine.env.PutMessageLock;
import java.util.ArrayList;
import java.util.List;

/// A lock of a simulated world. When it comes free the one that has waited longest is woken, and must be quicker than
/// whoever comes by meanwhile, as in the real world.
///
/// Threads: whoever has the baton.
final class SimLock implements PutMessageLock {
    private final Baton baton;
    private final PutMessageLockKind kind;
    private final long handOverNs;
    private final List<SimThread> queue = new ArrayList<>();
    /// Null while it is free.
    private SimThread holder;
    private int holds;
    // Written by whoever has the baton, read by whoever takes a snapshot.
    private volatile int waiting;

    SimLock(Baton baton, PutMessageLockKind kind, long handOverNs) {
        this.baton = baton;
        this.kind = kind;
        this.handOverNs = handOverNs;
    }

    @Override
    public void lock() {
        baton.point();
        SimThread me = baton.caller();
        if (holder == me && kind == PutMessageLockKind.REENTRANT) {
            holds++;
            return;
        }
        if (holder != null) {
            queue.add(me);
            waiting = queue.size();
            while (holder != null) {
                baton.block(SimThread.NEVER, this);
            }
            queue.remove(me);
            waiting = queue.size();
        }
        holder = me;
        holds = 1;
    }

    @Override
    public void unlock() {
        baton.requireAlive();
        if (holder != baton.caller()) {
            throw new IllegalMonitorStateException("unlock by %s of a lock that %s holds".formatted(
                    baton.caller().name, holder == null ? "nobody" : holder.name));
        }
        if (--holds > 0) {
            return;
        }
        holder = null;
        if (!queue.isEmpty()) {
            SimThread next = queue.getFirst();
            baton.wake(next, next.waits, handOverNs);
        }
        baton.point();
    }

    @Override
    public int waitingThreads() {
        return waiting;
    }

    @Override
    public String toString() {
        return "a lock that %s holds".formatted(holder == null ? "nobody" : holder.name);
    }
}
