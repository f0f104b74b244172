package dev.storescope.bench.drive;

import java.util.function.Consumer;

/// Switches a probe on and off in turn, on-off-off-on, and tells at which rate the log grew with it and without.
///
/// Threads: one.
final class ProbeSlices {
    /// Far shorter than what makes the rate swing: the log is forced about every half second. What a slice leaves to the dispatch,
    /// others bear; the dispatch lags by more than any slice, so what it tells shows mostly in what it takes from the processors.
    private static final long SLICE_NS = 5_000_000L;

    /// Not counted: in the first, with the probe on, the producers only start.
    private static final int FIRST_SLICES = 4;

    private final Consumer<Boolean> probe;
    private final long[] bytes = new long[2];
    private final long[] ns = new long[2];
    private long sliceBeganNs;
    private long sliceOffset;
    private int slice;

    /// @param probe switches it
    ProbeSlices(Consumer<Boolean> probe, long nowNs) {
        this.probe = probe;
        this.sliceBeganNs = nowNs;
        probe.accept(isOn());
    }

    private boolean isOn() {
        return slice % 4 == 0 || slice % 4 == 3;
    }

    /// @param offset end of the log now
    void look(long nowNs, long offset) {
        if (nowNs - sliceBeganNs >= SLICE_NS) {
            if (slice >= FIRST_SLICES) {
                int kind = isOn() ? 1 : 0;
                bytes[kind] += offset - sliceOffset;
                ns[kind] += nowNs - sliceBeganNs;
            }
            slice++;
            probe.accept(isOn());
            sliceBeganNs = nowNs;
            sliceOffset = offset;
        }
    }

    /// Puts a second.
    ///
    /// @param putRate of the whole round: all messages are of one length
    /// @param offset end of the log when it had ended
    double rate(boolean on, double putRate, long offset, long putNs) {
        int kind = on ? 1 : 0;
        double wholeBytesPerNs = (double) offset / putNs;
        return putRate * bytes[kind] / ns[kind] / wholeBytesPerNs;
    }
}
