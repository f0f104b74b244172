package dev.storescope.app.panel.timeline;

/// The time that is seen.
///
/// @param fromNanos by the store's clock
/// @param spanNs how much of it
record TimeWindow(long fromNanos, long spanNs) {
    static final long SHORTEST_NS = 200;
    static final long LONGEST_NS = 600_000_000_000L;

    TimeWindow {
        spanNs = Math.clamp(spanNs, SHORTEST_NS, LONGEST_NS);
    }

    long toNanos() {
        return fromNanos + spanNs;
    }

    long middleNanos() {
        return fromNanos + spanNs / 2;
    }

    boolean contains(long nanoTime) {
        return nanoTime >= fromNanos && nanoTime <= toNanos();
    }

    /// @param factor below 1 to see less time, larger
    /// @param pivotNanos stays where it is
    TimeWindow zoomed(double factor, long pivotNanos) {
        long span = Math.clamp(Math.round(spanNs * factor), SHORTEST_NS, LONGEST_NS);
        double part = (double) (pivotNanos - fromNanos) / spanNs;
        return new TimeWindow(pivotNanos - Math.round(span * part), span);
    }

    TimeWindow moved(long deltaNs) {
        return new TimeWindow(fromNanos + deltaNs, spanNs);
    }

    TimeWindow endingAt(long nanoTime) {
        return new TimeWindow(nanoTime - spanNs, spanNs);
    }

    TimeWindow centredAt(long nanoTime) {
        return new TimeWindow(nanoTime - spanNs / 2, spanNs);
    }

    double x(long nanoTime, double width) {
        return (double) (nanoTime - fromNanos) / spanNs * width;
    }

    long nanosAt(double x, double width) {
        return fromNanos + Math.round(x / Math.max(1, width) * spanNs);
    }
}
