package dev.storescope.bench.drive;

import java.util.function.Consumer;

/// Switches a probe on and off in turn, on-off-off-on, and tells at which rate the log grew with it and without.
///
/// Threads: one.
final class ProbeSlices {
    /// The log is forced about every half second: ten slices between. What a slice leaves to the dispatch, the next one bears.
    private static final long SLICE_NS = 50_000_000L;

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
            int kind = isOn() ? 1 : 0;
            bytes[kind] += offset - sliceOffset;
            ns[kind] += nowNs - sliceBeganNs;
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
