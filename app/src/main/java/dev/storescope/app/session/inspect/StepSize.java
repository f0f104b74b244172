package dev.storescope.app.session.inspect;

/// How many records are looked at in one go, so that each takes about as long: short enough that whoever asks meanwhile
/// is soon answered, long enough that mapping the file again costs little.
///
/// Threads: one.
final class StepSize {
    private static final int FIRST = 256;
    private static final int LEAST = 16;
    private static final int MOST = 1 << 16;
    private static final long SHORT_NS = 8_000_000;
    private static final long LONG_NS = 25_000_000;

    private int records = FIRST;

    int records() {
        return records;
    }

    /// @param tookNs the last go
    void took(long tookNs) {
        if (tookNs < SHORT_NS) {
            records = Math.min(MOST, records * 2);
        } else if (tookNs > LONG_NS) {
            records = Math.max(LEAST, records / 2);
        }
    }
}
