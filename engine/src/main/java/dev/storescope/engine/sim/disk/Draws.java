package dev.storescope.engine.sim.disk;

/// A stream of random numbers from a seed, the same on every machine (the mixing function is SplitMix64's).
///
/// Threads: one at a time.
public final class Draws {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double TWO_PI = 2 * StrictMath.PI;

    private long state;

    /// @param stream streams of one seed do not depend on each other
    public Draws(long seed, int stream) {
        state = mix(mix(seed + GOLDEN_GAMMA) + (stream + 1) * GOLDEN_GAMMA);
    }

    private Draws(long state) {
        this.state = state;
    }

    /// Another one that goes on as this one will.
    public Draws copy() {
        return new Draws(state);
    }

    public long bits() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /// @param bound at least 1
    /// @return 0 to `bound` - 1
    public int below(int bound) {
        return (int) Math.unsignedMultiplyHigh(bits(), bound);
    }

    /// @return 0 to just below 1
    public double fraction() {
        return (bits() >>> 11) * 0x1.0p-53;
    }

    /// Whether something happens that does so in `probability` of all cases.
    public boolean happens(double probability) {
        return fraction() < probability;
    }

    /// Of the normal distribution with mean 0 and deviation 1.
    public double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - fraction()));
        return radius * StrictMath.cos(TWO_PI * fraction());
    }

    /// Mixes a value into a hash.
    public static long mixed(long hash, long value) {
        return mix(hash * 31 + value);
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
