package dev.storescope.app.transport;

/// A simulated world's time, to the nanosecond.
final class WorldClock {
    private static final long NS_PER_US = 1_000;
    private static final long NS_PER_MS = 1_000_000;
    private static final long NS_PER_S = 1_000_000_000;

    private WorldClock() {
    }

    /// `00:00:03.481 207 125`
    static String of(long nanos) {
        long seconds = nanos / NS_PER_S;
        return "%02d:%02d:%02d.%03d\u00a0%03d\u00a0%03d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60,
                nanos / NS_PER_MS % 1000, nanos / NS_PER_US % 1000, nanos % 1000);
    }
}
