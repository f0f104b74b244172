package dev.storescope.app.session.trace;

import java.util.List;

/// What a thread is for: lanes are shown by group, in this order.
public enum LaneGroup {
    PRODUCERS(List.of("producer")), //
    FLUSH(List.of("GroupCommitService", "CommitRealTimeService", "FlushRealTimeService")), //
    ALLOCATOR(List.of("AllocateMappedFileService")), //
    DISPATCH(List.of("ReputMessageService", "FlushConsumeQueueService", "FlushIndexService", "IndexCatchUp",
            "LogProofService", "IndexProof")), //
    OTHERS(List.of());

    private final List<String> names;

    LaneGroup(List<String> names) {
        this.names = names;
    }

    public static LaneGroup of(String threadName) {
        for (LaneGroup group : values()) {
            if (group.names.stream().anyMatch(threadName::startsWith)) {
                return group;
            }
        }
        return OTHERS;
    }

    /// The place of a thread within its group, before those that the group does not name.
    int rank(String threadName) {
        for (int i = 0; i < names.size(); i++) {
            if (threadName.startsWith(names.get(i))) {
                return i;
            }
        }
        return names.size();
    }
}
