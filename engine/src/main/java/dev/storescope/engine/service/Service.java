package dev.storescope.engine.service;

/// One turn of work, again and again (the idea is Agrona's `Agent`).
///
/// Threads: all methods are called by the one [ServiceThread] that drives it; a test may call them instead.
public interface Service {
    /// Names the service and its thread; RocketMQ's class name where there is one.
    String name();

    /// Does what there is to do now and returns.
    ///
    /// @return how much was done, in the service's own measure; 0 for nothing
    int doWork() throws Exception;

    /// How long to wait after a turn, in nanoseconds; 0 goes on at once.
    ///
    /// @param workDone what the turn returned
    long waitNs(int workDone);

    /// Whether a wake-up ends the wait early.
    default boolean isWakeable() {
        return true;
    }

    /// The last turns of a clean stop: finish what was begun.
    default void onStop() throws Exception {
        // most services have nothing left to finish
    }

    /// Told of a turn that threw. The loop goes on; a service for which it must not says so here by its own means.
    default void onFailure(Throwable failure) {
        // the loop keeps the failure for the snapshot and logs it
    }
}
