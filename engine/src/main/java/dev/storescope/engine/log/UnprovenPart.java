package dev.storescope.engine.log;

/// The part of the log whose bodies nobody has checked since the store was opened: who reads there checks by himself. Once
/// all is proven, to ask costs one comparison.
///
/// Threads: one proves; asked by any.
public final class UnprovenPart {
    // Written by the one that proves (by the owner before it runs), read by any.
    private volatile long fromOffset = Long.MAX_VALUE;
    private volatile long toOffset;

    /// All that lies between is not proven yet.
    public void begin(long from, long to) {
        toOffset = to;
        fromOffset = from;
    }

    /// What lies before `offset` is proven.
    public void provenUpTo(long offset) {
        fromOffset = offset;
    }

    /// Nothing is left.
    public void end() {
        fromOffset = Long.MAX_VALUE;
    }

    /// Whether a record that begins there has to be checked by whoever reads it.
    public boolean holds(long offset) {
        return offset >= fromOffset && offset < toOffset;
    }
}
