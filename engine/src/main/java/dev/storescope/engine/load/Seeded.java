package dev.storescope.engine.load;

/// Random numbers that depend on seed, producer, message and purpose alone, so that any message of a stream can be made
/// again without those before it (the mixing function is SplitMix64's).
final class Seeded {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Seeded() {
    }

    /// Where the stream of one producer begins.
    static long stream(long seed, int producer) {
        return mix(mix(seed + GOLDEN_GAMMA) + (producer + 1) * GOLDEN_GAMMA);
    }

    /// 64 random bits for one purpose of one message.
    static long bits(long stream, long sequence, int purpose) {
        return mix(mix(stream + sequence * GOLDEN_GAMMA) + (purpose + 1) * GOLDEN_GAMMA);
    }

    /// @return 0 to `bound` - 1
    static int bounded(long bits, int bound) {
        return (int) Math.unsignedMultiplyHigh(bits, bound);
    }

    /// @return 0 to just below 1
    static double fraction(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
