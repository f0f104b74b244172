package dev.storescope.app.pulse;

import java.util.Arrays;

/// The last frames' times. Threads: one.
final class FrameTimes {
    private static final int KEPT = 120;
    private static final long SECOND_NS = 1_000_000_000L;

    private final long[] workNs = new long[KEPT];
    private int recorded;
    private long secondBegan;
    private int framesInSecond;
    private double framesPerSecond;

    void record(long nowNanos, long frameWorkNs) {
        workNs[recorded++ % KEPT] = frameWorkNs;
        if (secondBegan == 0) {
            secondBegan = nowNanos;
            return;
        }
        framesInSecond++;
        long passed = nowNanos - secondBegan;
        if (passed >= SECOND_NS) {
            framesPerSecond = framesInSecond * (double) SECOND_NS / passed;
            framesInSecond = 0;
            secondBegan = nowNanos;
        }
    }

    double framesPerSecond() {
        return framesPerSecond;
    }

    long workMedianNs() {
        int filled = Math.min(recorded, KEPT);
        if (filled == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(workNs, filled);
        Arrays.sort(sorted);
        return sorted[filled / 2];
    }
}
