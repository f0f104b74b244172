package dev.storescope.app.pulse;

import java.util.OptionalDouble;

/// How fast a total grows, over the last second: fast enough to follow, slow enough to read.
///
/// Threads: one.
public final class RateMeter {
    private static final long WINDOW_NS = 1_000_000_000L;
    private static final long LEAST_APART_NS = 45_000_000L;
    /// Less than this says nothing yet.
    private static final long LEAST_WINDOW_NS = 180_000_000L;
    /// Seen less often than this, the total says nothing of the rate now.
    private static final long GAP_NS = 3 * WINDOW_NS;
    private static final int KEPT = 32;

    private final long[] times = new long[KEPT];
    private final double[] totals = new double[KEPT];
    private int first;
    private int size;

    /// Forgets everything: the next total is of something else.
    public void reset() {
        size = 0;
    }

    /// @param nanos of the clock that goes with the total; only grows
    /// @param total a smaller one than before is taken for a new start
    public void add(long nanos, double total) {
        if (size > 0) {
            long passed = nanos - times[at(size - 1)];
            if (total < totals[at(size - 1)] || passed < 0 || passed > GAP_NS) {
                reset();
            } else if (passed < LEAST_APART_NS) {
                return;
            }
        }
        if (size == KEPT) {
            dropOldest();
        }
        times[at(size)] = nanos;
        totals[at(size)] = total;
        size++;
        while (size > 2 && nanos - times[at(1)] >= WINDOW_NS) {
            dropOldest();
        }
    }

    /// Nothing as long as there was too little to see.
    public OptionalDouble perSecond() {
        if (size < 2) {
            return OptionalDouble.empty();
        }
        long passed = times[at(size - 1)] - times[at(0)];
        return passed < LEAST_WINDOW_NS
                ? OptionalDouble.empty()
                : OptionalDouble.of((totals[at(size - 1)] - totals[at(0)]) * 1e9 / passed);
    }

    private void dropOldest() {
        first = at(1);
        size--;
    }

    private int at(int i) {
        return (first + i) % KEPT;
    }
}
