package dev.storescope.engine.log;

import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.PutStage;
import java.util.concurrent.CompletableFuture;

/// A put that waits until the disk was forced up to its end (RocketMQ `GroupCommitRequest`). It is itself what the
/// caller gets, so that a waiting put costs one object.
///
/// Threads: made by the producer, completed once, by the flusher, the watcher or the producer, whoever is first.
final class GroupCommitRequest extends CompletableFuture<PutMessageResult> {
    final long nextOffset;
    final long deadlineNanos;
    private final PutMessageResult appended;
    private final PutEnds ends;
    /// The one that was put before it. Written before the request is published.
    GroupCommitRequest older;
    /// The one that came after it in its batch. Written by the flusher.
    GroupCommitRequest newer;
    /// How many stand in the list with this one as the newest.
    int listSize;
    // Written by the flusher before it completes the request, read by the producer after: when the force had ended.
    long forceEndedNanos;
    // Written by the producer before the request is published, only for a sampled put that nobody waits for.
    private boolean timed;
    private long beganNanos;
    private long requestedNanos;

    /// @param appended what the append gave, with `PUT_OK`
    /// @param ends learns how the put ended
    /// @param deadlineNanos when it is too late
    GroupCommitRequest(PutMessageResult appended, PutEnds ends, long deadlineNanos) {
        this.appended = appended;
        this.ends = ends;
        this.nextOffset = appended.append().nextOffset();
        this.deadlineNanos = deadlineNanos;
    }

    /// The put ends when the request is answered, and is told and timed then.
    void timeFrom(long putBeganNanos, long flushRequestedNanos) {
        timed = true;
        beganNanos = putBeganNanos;
        requestedNanos = flushRequestedNanos;
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
        // Read before the answer, which runs whatever depends on it.
        long endedNanos = timed ? ends.nanoTime() : 0;
        // Counted first: who was answered finds himself counted.
        ends.stats().put(result.status());
        if (!complete(result)) {
            ends.stats().takeBack(result.status());
        } else if (timed) {
            tellEnd(result, endedNanos);
        }
    }

    private void tellEnd(PutMessageResult result, long endedNanos) {
        if (result.isOk() && forceEndedNanos != 0) {
            ends.stats().stage(PutStage.FLUSH, forceEndedNanos - requestedNanos);
        }
        ends.ended(result, beganNanos, endedNanos);
    }
}
