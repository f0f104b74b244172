package dev.storescope.engine.sim;

import dev.storescope.engine.probe.EventHandler;
import dev.storescope.engine.probe.ProbeEvent;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.probe.ProbeReader;
import dev.storescope.engine.probe.StoreProbe;
import java.util.ArrayDeque;
import java.util.Deque;

/// Keeps what is told for one reader, and lets an append take its time.
///
/// Threads: those of the world tell, one reads.
final class SteppedProbe implements StoreProbe, ProbeReader {
    private static final int KEPT = 65_536;

    private final Turns turns;
    private final CostModel costs;
    private final Deque<ProbeEvent> events = new ArrayDeque<>();
    private final long[] told = new long[ProbePoint.values().length];
    private long dropped;

    SteppedProbe(Turns turns, CostModel costs) {
        this.turns = turns;
        this.costs = costs;
    }

    @Override
    public void event(ProbePoint point, long a, long b, long c) {
        eventAt(turns.nowNanos(), point, a, b, c);
    }

    @Override
    public void eventAt(long nanoTime, ProbePoint point, long a, long b, long c) {
        keep(new ProbeEvent(nanoTime, turns.currentName(), point, a, b, c));
        if (point == ProbePoint.APPEND) {
            turns.await(() -> false, costs.append(b));
        }
    }

    private synchronized void keep(ProbeEvent event) {
        told[event.point().ordinal()]++;
        events.addLast(event);
        if (events.size() > KEPT) {
            events.removeFirst();
            dropped++;
        }
    }

    @Override
    public int putSamplingInterval() {
        return 1;
    }

    @Override
    public int drainTo(EventHandler handler) {
        int handed = 0;
        for (ProbeEvent event = take(); event != null; event = take()) {
            handler.onEvent(event.nanoTime(), event.thread(), event.point(), event.a(), event.b(), event.c());
            handed++;
        }
        return handed;
    }

    private synchronized ProbeEvent take() {
        return events.pollFirst();
    }

    @Override
    public synchronized long dropped() {
        return dropped;
    }

    @Override
    public synchronized long told(ProbePoint point) {
        return told[point.ordinal()];
    }
}
