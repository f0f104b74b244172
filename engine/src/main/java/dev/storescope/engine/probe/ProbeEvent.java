package dev.storescope.engine.probe;

/// One thing that happened.
///
/// @param nanoTime by the environment's clock
/// @param thread name of the thread
/// @param point what happened, and what a, b and c mean
public record ProbeEvent(long nanoTime, String thread, ProbePoint point, long a, long b, long c) {
}
