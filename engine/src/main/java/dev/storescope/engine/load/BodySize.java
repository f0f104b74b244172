package dev.storescope.engine.load;

/// How long the bodies are, in bytes.
public sealed interface BodySize {
    /// The longest body that a load can send; what a store takes is its `maxMessageSize`.
    int MAX_BYTES = 64 << 20;

    int minBytes();

    int maxBytes();

    /// Turns 64 random bits into a length between the two bounds.
    int draw(long randomBits);

    /// All the same.
    record Fixed(int bytes) implements BodySize {
        public Fixed {
            LoadSpec.check("body", 0, MAX_BYTES, "bytes", bytes);
        }

        @Override
        public int minBytes() {
            return bytes;
        }

        @Override
        public int maxBytes() {
            return bytes;
        }

        @Override
        public int draw(long randomBits) {
            return bytes;
        }
    }

    /// Every length between the bounds equally often.
    record Uniform(int minBytes, int maxBytes) implements BodySize {
        public Uniform {
            checkRange(minBytes, maxBytes);
        }

        @Override
        public int draw(long randomBits) {
            return minBytes + Seeded.bounded(randomBits, maxBytes - minBytes + 1);
        }
    }

    /// Every order of magnitude between the bounds equally often: many short ones, few long ones, as in real traffic.
    record LogUniform(int minBytes, int maxBytes) implements BodySize {
        public LogUniform {
            checkRange(minBytes, maxBytes);
        }

        @Override
        public int draw(long randomBits) {
            double from = StrictMath.log(minBytes + 1.0);
            double to = StrictMath.log(maxBytes + 1.0);
            int bytes = (int) StrictMath.rint(StrictMath.exp(from + (to - from) * Seeded.fraction(randomBits)) - 1);
            return Math.clamp(bytes, minBytes, maxBytes);
        }
    }

    private static void checkRange(int minBytes, int maxBytes) {
        LoadSpec.check("shortest body", 0, MAX_BYTES, "bytes", minBytes);
        LoadSpec.check("longest body", minBytes, MAX_BYTES, "bytes", maxBytes);
    }
}
