package dev.storescope.engine.env;

/// A thread that was started through [StoreEnvironment].
public interface StoreThread {
    String name();

    boolean isAlive();

    /// Waits until the thread has ended.
    ///
    /// @return false when `timeoutNs` passed before
    boolean join(long timeoutNs);
}
