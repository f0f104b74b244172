package dev.storescope.engine.env;

/// The one waiting primitive: a signal with memory.
///
/// Exactly one signal is remembered and none is ever lost: an [#await] that begins after a [#signal] returns at once,
/// and two signals before an await count as one. (A lost wake-up between check and wait cost RocketMQ up to a whole
/// interval of latency: pull request 1643, thread 10543.)
///
/// Threads: one waits at a time, any number signal.
public interface Wakeup {
    /// Waits for a signal, and takes it.
    ///
    /// @param timeoutNs 0 or less only looks
    /// @return whether there was a signal
    boolean await(long timeoutNs);

    void signal();
}
