package dev.storescope.engine.load;

/// Where a [LoadDriver] stands.
public enum LoadState {
    /// Not started yet.
    READY, RUNNING,
    /// Sends nothing more; the puts under way are waited for.
    STOPPING, ENDED
}
