package dev.storescope.engine.api;

import org.HdrHistogram.Histogram;

/// Distributions that are too large for a [StoreSnapshot] each frame.
///
/// Threads: one reader at a time; recording goes on beside it.
public interface StoreStats {
    /// Nanoseconds that sampled puts spent in a stage since the previous call for the same stage; of the caller's own.
    Histogram takeInterval(PutStage stage);
}
