package dev.storescope.engine.sim.world;

import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.probe.StoreProbe;
import dev.storescope.engine.sim.disk.DiskModel;

/// Keeps every event of a simulated world; a scheduling point each, at which time passes where something is done, and
/// where a held service stands.
///
/// Threads: whoever has the baton.
final class SimProbe implements StoreProbe {
    private final Baton baton;
    private final DiskModel model;
    private final EventLog log;
    private final SimGate gate;
    private EventWatcher watcher = EventWatcher.NONE;

    SimProbe(Baton baton, DiskModel model, EventLog log, SimGate gate) {
        this.baton = baton;
        this.model = model;
        this.log = log;
        this.gate = gate;
    }

    void watch(EventWatcher whoWatches) {
        watcher = whoWatches;
    }

    @Override
    public void event(ProbePoint point, long a, long b, long c) {
        eventAt(baton.nowNanos(), point, a, b, c);
    }

    @Override
    public void eventAt(long nanoTime, ProbePoint point, long a, long b, long c) {
        baton.requireAlive();
        SimThread me = baton.caller();
        tell(me, nanoTime, point, a, b, c);
        if (gate.isHolding() && point.mayHold() && !baton.isOutside() && gate.isHeld(me.name)) {
            tell(me, baton.nowNanos(), ProbePoint.SERVICE_HELD, point.ordinal(), 0, 0);
            gate.pass(me);
            tell(me, baton.nowNanos(), ProbePoint.SERVICE_RUNNING, 0, 0, 0);
        }
        switch (point) {
            case APPEND -> baton.sleep(model.appendTimeNs(b));
            case DISPATCHED -> baton.sleep(model.dispatchNs());
            default -> baton.point();
        }
    }

    private void tell(SimThread me, long nanoTime, ProbePoint point, long a, long b, long c) {
        log.add(baton.steps(), nanoTime, me.nameIndex, point, a, b, c);
        baton.mixIn(nanoTime * 31 + point.ordinal());
        baton.mixIn((a * 31 + b) * 31 + c);
        if (watcher.stopsAt(me.name, point, a, b, c)) {
            baton.stopSoon();
        }
    }

    @Override
    public int putSamplingInterval() {
        return 1;
    }
}
