package dev.storescope.engine.sim.disk;

/// What a simulated disk needs of the world that it stands in.
public interface World {
    long nanoTime();

    /// Lets so much time pass for the caller; a scheduling point, at which a crash may end the caller's thread.
    void sleep(long durationNs);

    /// Returns when the fault has been turned off.
    void awaitEndOf(Fault fault);

    /// Throws when the world has crashed.
    void requireAlive();
}
