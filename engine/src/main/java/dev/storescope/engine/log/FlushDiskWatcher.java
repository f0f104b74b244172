package dev.storescope.engine.log;

import dev.storescope.engine.service.Service;

/// Answers sync puts whose `syncFlushTimeout` has passed while the disk is stalled, so that an asynchronous caller is
/// not left waiting with it (RocketMQ `FlushDiskWatcher`).
final class FlushDiskWatcher implements Service {
    /// A caller is told at most this late.
    private static final long INTERVAL_NS = 50_000_000L;

    private final GroupCommitService groupCommit;

    FlushDiskWatcher(GroupCommitService groupCommit) {
        this.groupCommit = groupCommit;
    }

    @Override
    public String name() {
        return "FlushDiskWatcher";
    }

    @Override
    public int doWork() {
        return groupCommit.failOverdue();
    }

    @Override
    public long waitNs(int workDone) {
        return INTERVAL_NS;
    }
}
