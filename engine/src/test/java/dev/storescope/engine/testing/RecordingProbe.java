package dev.storescope.engine.testing;

import dev.storescope.engine.env.StoreClock;
import dev.storescope.engine.probe.ProbeEvent;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.probe.StoreProbe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Keeps each event that it is told.
public final class RecordingProbe implements StoreProbe {
    private final StoreClock clock;
    private final List<ProbeEvent> events = new ArrayList<>();

    public RecordingProbe(StoreClock clock) {
        this.clock = clock;
    }

    @Override
    public void event(ProbePoint point, long a, long b, long c) {
        eventAt(clock.nanoTime(), point, a, b, c);
    }

    @Override
    public synchronized void eventAt(long nanoTime, ProbePoint point, long a, long b, long c) {
        events.add(new ProbeEvent(nanoTime, Thread.currentThread().getName(), point, a, b, c));
    }

    @Override
    public int putSamplingInterval() {
        return 1;
    }

    public synchronized List<ProbeEvent> events() {
        return List.copyOf(events);
    }

    /// The events of some points only, in their order.
    public List<ProbeEvent> events(ProbePoint... points) {
        List<ProbePoint> wanted = Arrays.asList(points);
        return events().stream().filter(event -> wanted.contains(event.point())).toList();
    }

    /// What happened, in its order, without the numbers.
    public List<ProbePoint> points() {
        return events().stream().map(ProbeEvent::point).toList();
    }

    public synchronized void clear() {
        events.clear();
    }
}
