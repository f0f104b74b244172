package dev.storescope.engine.log;

import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.file.StoreStatsService;
import java.util.concurrent.CompletableFuture;

/// A put that waits until the disk was forced up to its end (RocketMQ `GroupCommitRequest`). It is itself what the
/// caller gets, so that a waiting put costs one object.
///
/// Threads: made by the producer, completed once, by the flusher, the watcher or the producer, whoever is first.
final class GroupCommitRequest extends CompletableFuture<PutMessageResult> {
    final long nextOffset;
    final long deadlineNanos;
    private final PutMessageResult appended;
    private final StoreStatsService stats;
    /// The one that was put before it. Written before the request is published.
    GroupCommitRequest older;
    /// The one that came after it in its batch. Written by the flusher.
    GroupCommitRequest newer;
    /// How many stand in the list with this one as the newest.
    int listSize;
    // Written by the flusher before it completes the request, read by the producer after: when the force had ended.
    long forceEndedNanos;

    /// @param appended what the append gave, with `PUT_OK`
    /// @param stats counts how the put ended
    /// @param deadlineNanos when it is too late
    GroupCommitRequest(PutMessageResult appended, StoreStatsService stats, long deadlineNanos) {
        this.appended = appended;
        this.stats = stats;
        this.nextOffset = appended.append().nextOffset();
        this.deadlineNanos = deadlineNanos;
    }

    void flushed() {
        completeOnce(appended);
    }

    /// The message is in the log all the same; it is not known to be on disk.
    void timedOut() {
        completeOnce(new PutMessageResult(PutMessageStatus.FLUSH_DISK_TIMEOUT, appended.append()));
    }

    private void completeOnce(PutMessageResult result) {
        if (isDone()) {
            return;
        }
        // Counted first: who was answered finds himself counted.
        stats.put(result.status());
        if (!complete(result)) {
            stats.takeBack(result.status());
        }
    }
}
