package dev.storescope.engine.api;

/// How appends are serialised: the choice behind `useReentrantLockWhenPutMessage`.
public enum PutMessageLockKind {
    /// Compare-and-set with a bounded spin, then parks, so that a holder without a CPU is never starved.
    SPIN,
    /// A queueing lock that parks at once.
    REENTRANT
}
