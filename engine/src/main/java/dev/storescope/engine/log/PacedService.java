package dev.storescope.engine.log;

import dev.storescope.engine.api.StoreSnapshot.Pacing;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.service.Service;

/// A service that looks every so often, acts when enough pages wait, and acts thoroughly once in a longer while.
///
/// Threads: the service's own; [#pacing] by whoever takes a snapshot.
abstract class PacedService implements Service {
    /// Of one turn. A fast log has more than a gigabyte dirty after the interval, and the system begins to write back by itself
    /// when a tenth of the memory is dirty: beside whoever puts, and at a higher price, since it finds the pages mapped.
    /// Measured with 2 CPUs and 23 GiB, 16 producers, medians of three runs: the fourth GiB at 0.88 to 0.93 times the rate of the
    /// first, in place of 0.43 to 0.61 times.
    static final int MUCH_BYTES = 256 << 20;

    private final StoreEnvironment environment;
    private final Pace pace;
    // Written by the service's thread, read by whoever takes a snapshot.
    private volatile long lastThoroughNanos;
    private volatile long lastTurnNanos;

    PacedService(StoreEnvironment environment, Pace pace) {
        this.environment = environment;
        this.pace = pace;
        this.lastThoroughNanos = environment.nanoTime();
        this.lastTurnNanos = lastThoroughNanos;
    }

    /// When to look and how much to wait for.
    ///
    /// @param intervalNs between two looks
    /// @param leastPages to act on
    /// @param thoroughIntervalNs after which it acts on whatever there is
    record Pace(long intervalNs, long leastPages, long thoroughIntervalNs) {
    }

    /// Acts on what waits, if that is at least `leastPages`.
    ///
    /// @return bytes moved
    abstract long act(long leastPages);

    @Override
    public final int doWork() {
        long now = environment.nanoTime();
        lastTurnNanos = now;
        boolean thorough = now - lastThoroughNanos >= pace.thoroughIntervalNs();
        if (thorough) {
            lastThoroughNanos = now;
        }
        long bytes = act(thorough ? 0 : pace.leastPages());
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }

    /// The interval passes after each turn, whether or not there was something to do. After a turn that moved very much the next
    /// one begins at once: as much has come meanwhile.
    @Override
    public final long waitNs(int workDone) {
        return workDone >= MUCH_BYTES ? 0 : pace.intervalNs();
    }

    @Override
    public void onStop() {
        act(0);
    }

    /// @param pagesBehind dirty pages now
    final Pacing pacing(long pagesBehind) {
        return new Pacing(true, pagesBehind, pace.leastPages(), lastTurnNanos + pace.intervalNs(),
                lastThoroughNanos + pace.thoroughIntervalNs());
    }
}
