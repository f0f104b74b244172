package dev.storescope.engine.sim.world;

import dev.storescope.engine.probe.ProbePoint;

/// Told of each event of a simulated world, at once, on whichever thread tells it: it must ask nothing of that world that
/// takes time.
@FunctionalInterface
public interface EventWatcher {
    EventWatcher NONE = (thread, point, a, b, c) -> false;

    /// @param thread name of the thread that tells it
    /// @return whether the world is to stop at this scheduling point
    boolean stopsAt(String thread, ProbePoint point, long a, long b, long c);
}
