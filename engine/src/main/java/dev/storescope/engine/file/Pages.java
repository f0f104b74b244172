package dev.storescope.engine.file;

/// The unit in which flush and commit decide. RocketMQ compared bytes with pages more than once (threads 3099, 2563),
/// hence a name of its own for each conversion.
public final class Pages {
    /// As in RocketMQ's `MappedFile.OS_PAGE_SIZE`, whatever the machine's own is.
    public static final int BYTES = 4096;

    private Pages() {
    }

    /// How many page boundaries lie between two positions: what `leastPages` is compared with.
    public static long between(long fromPosition, long toPosition) {
        return toPosition / BYTES - fromPosition / BYTES;
    }
}
