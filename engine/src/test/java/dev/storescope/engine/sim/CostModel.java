package dev.storescope.engine.sim;

/// How long things take, in nanoseconds; bandwidths in bytes a second.
///
/// @param appendNs of an append, beside its bytes
/// @param memoryBytesPerSecond of a copy in memory
/// @param forceNs of a force, beside its bytes
/// @param diskBytesPerSecond of a force
/// @param writeNs of a write into the page cache, beside its bytes
/// @param createNs of making and mapping a file
public record CostModel(long appendNs, long memoryBytesPerSecond, long forceNs, long diskBytesPerSecond, long writeNs,
        long createNs) {
    /// A solid-state disk as in a laptop.
    public static final CostModel NVME = new CostModel(2_100, 4L << 30, 1_150_000, 900L << 20, 18_000, 3_100_000);

    private static final double NS_PER_SECOND = 1e9;

    long append(long bytes) {
        return appendNs + (long) (bytes * NS_PER_SECOND / memoryBytesPerSecond);
    }

    long force(long bytes) {
        return forceNs + (long) (bytes * NS_PER_SECOND / diskBytesPerSecond);
    }

    long write(long bytes) {
        return writeNs + (long) (bytes * NS_PER_SECOND / memoryBytesPerSecond);
    }
}
