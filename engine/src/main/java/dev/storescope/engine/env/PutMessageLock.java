package dev.storescope.engine.env;

/// Serialises appends, and guards other short critical sections (RocketMQ `PutMessageLock`). Not reentrant in what it
/// promises: a holder must not take it again.
public interface PutMessageLock {
    void lock();

    /// Only by the holder.
    void unlock();

    /// How many threads wait now; an estimate. -1 when the lock cannot tell.
    int waitingThreads();
}
