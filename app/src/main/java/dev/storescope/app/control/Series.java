package dev.storescope.app.control;

import java.util.OptionalDouble;

/// The last values of something that changes over time, each with its lowest and highest since the one before. Where
/// nothing is known there is a gap, which is not the same as 0.
///
/// Full, it forgets the oldest. Times are nanoseconds that only grow. Threads: one.
public final class Series {
    private final long[] times;
    private final double[] lows;
    private final double[] highs;
    private int first;
    private int size;

    /// @param capacity values that are kept
    public Series(int capacity) {
        times = new long[capacity];
        lows = new double[capacity];
        highs = new double[capacity];
    }

    public void add(long timeNanos, double value) {
        add(timeNanos, value, value);
    }

    /// @param low the lowest since the value before
    /// @param high the highest since the value before
    public void add(long timeNanos, double low, double high) {
        int at;
        if (size == times.length) {
            at = first;
            first = (first + 1) % times.length;
        } else {
            at = index(size++);
        }
        times[at] = timeNanos;
        lows[at] = low;
        highs[at] = high;
    }

    /// From here to the next value nothing is known.
    public void addGap(long timeNanos) {
        if (size > 0 && !isGap(size - 1)) {
            add(timeNanos, Double.NaN, Double.NaN);
        }
    }

    public void clear() {
        size = 0;
    }

    public int size() {
        return size;
    }

    /// @param i 0 for the oldest
    public long timeNanos(int i) {
        return times[index(i)];
    }

    public double low(int i) {
        return lows[index(i)];
    }

    public double high(int i) {
        return highs[index(i)];
    }

    public boolean isGap(int i) {
        return Double.isNaN(lows[index(i)]);
    }

    /// The index of the first value at or after a time; [#size()] when there is none.
    public int indexFrom(long timeNanos) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (timeNanos(middle) - timeNanos < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The highest value that was known at a time; nothing before the first, in a gap, and more than `reachNanos` after
    /// the last.
    public OptionalDouble at(long timeNanos, long reachNanos) {
        int next = indexFrom(timeNanos);
        if (next == size) {
            boolean near = size > 0 && !isGap(size - 1) && timeNanos - timeNanos(size - 1) <= reachNanos;
            return near ? OptionalDouble.of(high(size - 1)) : OptionalDouble.empty();
        }
        boolean before = next == 0 && timeNanos(0) != timeNanos;
        boolean gap = isGap(next) || next > 0 && isGap(next - 1) && timeNanos(next) != timeNanos;
        return before || gap ? OptionalDouble.empty() : OptionalDouble.of(high(next));
    }

    /// The highest of all from a time on; nothing when nothing is known of it.
    public OptionalDouble highestFrom(long timeNanos) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = indexFrom(timeNanos); i < size; i++) {
            if (!isGap(i)) {
                highest = Math.max(highest, high(i));
            }
        }
        return highest == Double.NEGATIVE_INFINITY ? OptionalDouble.empty() : OptionalDouble.of(highest);
    }

    private int index(int i) {
        return (first + i) % times.length;
    }
}
