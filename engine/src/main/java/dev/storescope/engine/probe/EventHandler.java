package dev.storescope.engine.probe;

/// Takes events from a [ProbeReader], one call each and without an object each.
@FunctionalInterface
public interface EventHandler {
    /// @param nanoTime by the environment's clock
    /// @param threadName of the thread that told it
    /// @param point what happened, and what a, b and c mean
    void onEvent(long nanoTime, String threadName, ProbePoint point, long a, long b, long c);

    /// Events of a thread were overwritten before they could be handed over: they lie between the one handed over before
    /// and the next one of that thread.
    ///
    /// @param events how many
    default void onLost(String threadName, long events) {
        // who only counts asks the reader
    }
}
