package dev.storescope.engine.api;

/// Where a put's time goes, in the order in which it passes.
public enum PutStage {
    /// Waiting for the put lock.
    LOCK,
    /// Waiting, under the lock, for the allocator's next file.
    ALLOCATE,
    /// Encoding and copying, under the lock.
    APPEND,
    /// From the request until the force that covers it has ended (sync flush only).
    FLUSH,
    /// From there until the producer runs again (sync flush only; none for a put that was not waited for).
    WAKE_UP,
    /// All of it; of a put that was not waited for, until it was answered.
    TOTAL
}
