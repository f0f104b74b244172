package dev.storescope.engine.sim.world;

import dev.storescope.engine.env.StepGate;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/// Where held services of a simulated world stand.
///
/// Threads: [#hold], [#release] by whoever has the baton or drives; the rest by any.
final class SimGate implements StepGate {
    private final Baton baton;
    private final ConcurrentSkipListSet<String> held = new ConcurrentSkipListSet<>();
    private final ConcurrentSkipListMap<String, SimThread> standing = new ConcurrentSkipListMap<>();

    SimGate(Baton baton) {
        this.baton = baton;
    }

    boolean isHeld(String service) {
        return held.contains(service);
    }

    /// Returns when the service is released.
    void pass(SimThread service) {
        standing.put(service.name, service);
        while (held.contains(service.name)) {
            baton.block(SimThread.NEVER, "the opening of its gate");
        }
        standing.remove(service.name);
    }

    @Override
    public void hold(String service) {
        baton.requireAlive();
        held.add(service);
    }

    @Override
    public void release(String service) {
        baton.requireAlive();
        held.remove(service);
        SimThread stands = standing.get(service);
        if (stands != null) {
            baton.wake(stands, stands.waits, 0);
        }
    }

    @Override
    public void releaseAll() {
        Set.copyOf(held).stream().sorted().forEach(this::release);
    }

    @Override
    public boolean isHolding() {
        return !held.isEmpty();
    }

    @Override
    public Set<String> held() {
        return Set.copyOf(held);
    }

    @Override
    public boolean isStandingAtGate(String service) {
        return standing.containsKey(service);
    }
}
