package dev.storescope.engine.sim;

/// Why a simulated run stands still.
public enum Pause {
    /// It has made as many steps as it may in one call.
    BUDGET,
    /// It has come to the step that was asked for.
    STEP,
    /// Whatever comes next comes after the time that was asked for.
    TIME,
    /// The event that was asked for has happened.
    EVENT,
    /// The store is in the state that was asked for.
    STATE,
    /// Nothing will ever happen by itself: no store is open, and no action is left.
    NOTHING_LEFT,
    /// All that could go on is held or stalled, by faults that only somebody else turns off.
    HELD
}
