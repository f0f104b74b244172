package dev.storescope.engine.torture;

/// How a tortured store brings messages to disk.
public enum TortureMode {
    /// Sync flush: group commit.
    SYNC,
    /// Async flush.
    ASYNC,
    /// Async flush behind the transient store pool.
    POOL
}
