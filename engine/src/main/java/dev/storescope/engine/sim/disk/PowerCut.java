package dev.storescope.engine.sim.disk;

/// What the seed says of one power failure: which dirty pages and entries of directories the system had written back of
/// its own accord, and which page is torn.
///
/// Threads: one.
final class PowerCut {
    /// None, few, half, most, all.
    private static final double[] SHARES = {0, 0.1, 0.5, 0.9, 1};

    private final Draws draws;
    private final long nowNanos;
    private final double writtenBack;
    private final double entriesKept;
    /// How many dirty pages are gone over before the one that is torn; none when negative.
    private int untilTorn;

    /// @param mostDirtyPages about how many there are to choose the torn one from
    PowerCut(Draws draws, long nowNanos, int mostDirtyPages) {
        this.draws = draws;
        this.nowNanos = nowNanos;
        writtenBack = SHARES[draws.below(SHARES.length)];
        entriesKept = SHARES[draws.below(SHARES.length)];
        untilTorn = mostDirtyPages > 0 && draws.happens(0.5) ? draws.below(mostDirtyPages) : -1;
    }

    long nowNanos() {
        return nowNanos;
    }

    /// How likely a dirty page was written back.
    double writtenBack() {
        return writtenBack;
    }

    boolean keepsNew() {
        return draws.happens(0.5);
    }

    boolean keepsEntry() {
        return draws.happens(entriesKept);
    }

    /// What is left of a dirty page.
    ///
    /// @param old null for zeros
    byte[] page(byte[] old, byte[] written, double probability) {
        if (untilTorn-- == 0) {
            return Inode.torn(old, written, draws);
        }
        return draws.happens(probability) ? written : old;
    }
}
