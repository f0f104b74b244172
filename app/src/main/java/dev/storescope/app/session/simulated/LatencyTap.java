package dev.storescope.app.session.simulated;

import dev.storescope.engine.load.LoadDriver;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;

/// Brings what a load measured from the thread that drives its world to the one that looks: a lock of a world may be taken
/// by nobody else, and only while it stands.
///
/// Threads: one fills, one takes.
final class LatencyTap {
    private static final int DIGITS = 3;

    private final AtomicReference<Histogram> filled = new AtomicReference<>();
    // Set by who takes, cleared by who fills.
    private volatile boolean isWanted;

    /// Latencies since the last call, as far as they are known.
    Histogram take() {
        Histogram taken = filled.getAndSet(null);
        isWanted = true;
        return taken == null ? new Histogram(DIGITS) : taken;
    }

    /// Does nothing while nobody wants it: it takes its time.
    void fill(Optional<LoadDriver> driver) {
        if (isWanted && driver.isPresent()) {
            isWanted = false;
            filled.set(driver.get().takeIntervalLatency());
        }
    }
}
