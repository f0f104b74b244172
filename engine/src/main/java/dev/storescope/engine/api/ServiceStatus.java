package dev.storescope.engine.api;

/// What a background service does at the moment.
///
/// @param name of the service and of its thread
/// @param state what it does
/// @param wakeAtNanos when it wakes at the latest, by the environment's `nanoTime`; meaningful while waiting
/// @param turns turns of work since the start
/// @param failure the last thing that went wrong in a turn, "" for none
public record ServiceStatus(String name, State state, long wakeAtNanos, long turns, String failure) {
    /// What a service does.
    public enum State {
        NOT_STARTED, RUNNING, WAITING, HELD, STOPPED
    }
}
