package dev.storescope.engine;

import dev.storescope.engine.api.RunningFlag;
import dev.storescope.engine.dispatch.CommitLogDispatcher;
import dev.storescope.engine.dispatch.DispatchRequest;
import dev.storescope.engine.file.RunningFlags;

/// Refuses puts while the consume queues cannot be written: who puts is to know that nobody will read it for now. The record
/// comes again until they can be.
///
/// Threads: the one that dispatches.
final class QueueErrors implements CommitLogDispatcher {
    private final CommitLogDispatcher queues;
    private final RunningFlags flags;
    private boolean failed;

    QueueErrors(CommitLogDispatcher queues, RunningFlags flags) {
        this.queues = queues;
        this.flags = flags;
    }

    @Override
    public void dispatch(DispatchRequest request) {
        try {
            queues.dispatch(request);
        } catch (RuntimeException | InternalError e) {
            // A fault in mapped memory comes as InternalError: the disk has no room for a page of a sparse file.
            failed = true;
            flags.set(RunningFlag.LOGIC_QUEUE_ERROR, "consume queues: the message at offset %d has no entry: %s"
                    .formatted(request.commitLogOffset(), e.getMessage()));
            throw e;
        }
        if (failed) {
            failed = false;
            flags.clear(RunningFlag.LOGIC_QUEUE_ERROR);
        }
    }
}
