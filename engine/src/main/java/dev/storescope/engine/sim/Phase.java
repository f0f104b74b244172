package dev.storescope.engine.sim;

/// Where the store of a simulated run stands.
public enum Phase {
    /// It is being loaded and started.
    OPENING,
    RUNNING,
    /// It is being stopped.
    CLOSING,
    /// It was stopped cleanly.
    CLOSED,
    /// It died with its process, or with the power.
    CRASHED,
    /// It could not be opened: [Simulation#failure()] says why.
    FAILED
}
