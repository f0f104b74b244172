package dev.storescope.engine.api;

/// When a put is answered: after the disk was forced, or before (RocketMQ `FlushDiskType`).
public enum FlushDiskType {
    /// The producer waits until its bytes are forced; one force serves all who wait (group commit).
    SYNC_FLUSH,
    /// The producer is answered when its bytes are in the log; the disk is forced every so often.
    ASYNC_FLUSH
}
