package dev.storescope.app.panel.putlatency;

import java.util.ArrayDeque;
import java.util.Deque;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/// The distribution of what was measured in the last time, made of the distributions of short intervals.
///
/// An interval is kept as the few values that occurred in it: kept whole, those of ten seconds would take megabytes.
///
/// Threads: one.
final class SlidingHistogram {
    /// Nothing takes longer; what does counts as this.
    private static final long HIGHEST_NS = 600_000_000_000L;
    private static final int SIGNIFICANT_DIGITS = 3;

    private final long spanNanos;
    private final Deque<Slice> slices = new ArrayDeque<>();
    private final Histogram sum = new Histogram(1, HIGHEST_NS, SIGNIFICANT_DIGITS);
    private final Histogram leaving = new Histogram(1, HIGHEST_NS, SIGNIFICANT_DIGITS);

    SlidingHistogram(long spanNanos) {
        this.spanNanos = spanNanos;
    }

    /// @param timeNanos when the interval ended; only grows
    void add(long timeNanos, Histogram interval) {
        if (interval.getTotalCount() == 0) {
            return;
        }
        var values = new long[64];
        var counts = new long[64];
        int size = 0;
        for (HistogramIterationValue value : interval.recordedValues()) {
            if (size == values.length) {
                values = java.util.Arrays.copyOf(values, size * 2);
                counts = java.util.Arrays.copyOf(counts, size * 2);
            }
            values[size] = Math.min(HIGHEST_NS, value.getValueIteratedTo());
            counts[size++] = value.getCountAtValueIteratedTo();
        }
        var slice = new Slice(timeNanos, java.util.Arrays.copyOf(values, size), java.util.Arrays.copyOf(counts, size));
        slices.addLast(slice);
        slice.recordIn(sum);
    }

    /// Lets go of what is too long ago.
    void expire(long nowNanos) {
        while (!slices.isEmpty() && nowNanos - slices.peekFirst().timeNanos > spanNanos) {
            leaving.reset();
            slices.removeFirst().recordIn(leaving);
            sum.subtract(leaving);
        }
    }

    void clear() {
        slices.clear();
        sum.reset();
    }

    /// Changes with the next call of any other method.
    Histogram sum() {
        return sum;
    }

    private record Slice(long timeNanos, long[] values, long[] counts) {
        void recordIn(Histogram histogram) {
            for (int i = 0; i < values.length; i++) {
                histogram.recordValueWithCount(values[i], counts[i]);
            }
        }
    }
}
