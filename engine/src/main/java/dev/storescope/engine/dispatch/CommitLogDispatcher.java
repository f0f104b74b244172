package dev.storescope.engine.dispatch;

/// Derives something from each record of the log: the consume queues, the index, or what a plug-in adds (RocketMQ
/// `CommitLogDispatcher`).
///
/// Threads: the one that dispatches, or recovers before there is one.
@FunctionalInterface
public interface CommitLogDispatcher {
    /// Is told of every sound record once, in the order of the log. After a restart records may come again: what is
    /// known already must change nothing.
    ///
    /// @param request valid during the call only
    void dispatch(DispatchRequest request);
}
