package dev.storescope.engine.file;

import dev.storescope.engine.env.StoreClock;

/// Thins out a line of the log that would be said with every file: the first time at once, then at most every 10 s,
/// with how often it would have been said since.
///
/// Threads: one that asks.
final class SeldomLine {
    private static final long INTERVAL_NS = 10_000_000_000L;

    private final StoreClock clock;
    private boolean said;
    private long lastSaidNanos;
    private long times;

    SeldomLine(StoreClock clock) {
        this.clock = clock;
    }

    /// Counts once more.
    ///
    /// @return how often since the line was said last, this time included; 0 when it is not to be said now
    long due() {
        times++;
        long now = clock.nanoTime();
        if (said && now - lastSaidNanos < INTERVAL_NS) {
            return 0;
        }
        said = true;
        lastSaidNanos = now;
        long due = times;
        times = 0;
        return due;
    }
}
