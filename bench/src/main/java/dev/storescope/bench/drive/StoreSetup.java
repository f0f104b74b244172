package dev.storescope.bench.drive;

import java.nio.file.Path;

/// What both engines are told; everything else is as each has it by default.
///
/// @param segmentBytes length of a file of the log
/// @param warmFiles where files that stand in the page cache are taken from
public record StoreSetup(Path directory, Mode mode, long segmentBytes, QueueFlush queueFlush,
        WarmFiles warmFiles) {
    public Path logDirectory() {
        return directory.resolve("commitlog");
    }

    /// How the log comes to disk.
    public enum Mode {
        ASYNC, POOL, SYNC
    }

    /// How often the consume queues come to disk whatever there is (`flushConsumeQueueThoroughInterval`).
    public enum QueueFlush {
        DEFAULT, EACH_SECOND
    }
}
