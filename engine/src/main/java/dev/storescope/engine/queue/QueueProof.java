package dev.storescope.engine.queue;

import dev.storescope.engine.dispatch.CommitLogDispatcher;
import dev.storescope.engine.dispatch.DispatchRequest;
import dev.storescope.engine.dispatch.TagsCodes;
import dev.storescope.engine.env.PutMessageLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Makes the entries before a [RecoveryPoint] say what the log says, in place and while the store runs: every record of
/// the log up to the point passes by, and its entry stands in its place afterwards. A place whose message is not in the
/// log becomes a blank.
///
/// It touches no entry at or behind the queue's end at the point: those have been put by the opening, and come from the
/// dispatch. It holds the lock of the queues for one entry, so that topics may be deleted, and expired files, meanwhile.
///
/// What has no place in the files there are cannot be corrected so; then the next opening makes the queues again.
///
/// Threads: the one that proves; the figures by any.
public final class QueueProof implements CommitLogDispatcher {
    private final ConsumeQueueStore queues;
    private final TagsCodes tagsCodes;
    private final PutMessageLock lock;
    private final Map<ConsumeQueue, Progress> progress = new LinkedHashMap<>();
    // Written by the one that proves, read by whoever takes a snapshot.
    private volatile long entriesProven;
    private volatile long entriesCorrected;

    /// @param ends of the queues at the point
    QueueProof(ConsumeQueueStore queues, TagsCodes tagsCodes, Map<ConsumeQueue, Long> ends) {
        this.queues = queues;
        this.tagsCodes = tagsCodes;
        this.lock = queues.lock();
        ends.forEach((queue, end) -> progress.put(queue, new Progress(end)));
    }

    @Override
    public void dispatch(DispatchRequest request) {
        lock.lock();
        try {
            if (queues.hasEntry(request) && request.commitLogOffset() >= queues.log().files().minOffset()) {
                proveLocked(request);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    private void proveLocked(DispatchRequest request) throws IOException {
        Optional<ConsumeQueue> found = queues.find(request.topic(), request.queueId());
        Progress done = found.map(progress::get).orElse(null);
        long queueOffset = request.queueOffset();
        if (done == null) {
            if (QueueNames.mayBeDirectory(request.topic())) {
                distrust(request, "no queue that it could be in was there when the store was opened");
            }
            return;
        }
        ConsumeQueue queue = found.get();
        if (queueOffset < 0 || queueOffset >= done.end) {
            return; // it can have no place, as when the queues were made; those of the others have been counted
        }
        if (queueOffset < queue.firstQueueOffset()) {
            distrust(request, "the files of its queue begin at queue offset " + queue.firstQueueOffset());
            return;
        }
        if (done.first < 0) {
            done.first = queueOffset;
            done.next = queueOffset;
            queue.minQueueOffset(queueOffset);
        }
        // Of two records with one queue offset the first counts, as with RocketMQ.
        if (queueOffset < done.first || queueOffset < done.next && queue.entry(queueOffset).isPresent()) {
            return;
        }
        blankLocked(queue, done.next, queueOffset);
        if (!queue.correct(queueOffset, request.commitLogOffset(), request.sizeBytes(), tagsCodes.of(request))) {
            entriesCorrected = entriesCorrected + 1;
        }
        entriesProven = entriesProven + 1;
        done.next = Math.max(done.next, queueOffset + 1);
    }

    private void distrust(DispatchRequest request, String reason) {
        queues.distrust("the message at offset %d has queue offset %d of topic '%s', queue %d: %s".formatted(
                request.commitLogOffset(), request.queueOffset(), request.topic(), request.queueId(), reason));
    }

    private void blankLocked(ConsumeQueue queue, long from, long to) throws IOException {
        for (long missing = Math.max(from, queue.firstQueueOffset()); missing < to; missing++) {
            // Also what points into a hole of the log: the next opening does not know of the hole before it is proven again.
            if (!queue.correct(missing, ConsumeQueueEntry.BLANK.commitLogOffset(),
                    ConsumeQueueEntry.BLANK.sizeBytes(), ConsumeQueueEntry.BLANK.tagsCode())) {
                entriesCorrected = entriesCorrected + 1;
            }
        }
    }

    /// Records that were still to come have gone from the log: nothing is known of the places of theirs.
    public void skip() {
        progress.values().forEach(done -> done.first = -1);
    }

    /// Brings to disk what was corrected. A failure must not be tried again.
    public void force() throws IOException {
        for (ConsumeQueue queue : progress.keySet()) {
            queue.forceCorrected();
        }
    }

    /// All records before the point have passed by.
    public void end() throws IOException {
        for (Map.Entry<ConsumeQueue, Progress> each : progress.entrySet()) {
            lock.lock();
            try {
                endLocked(each.getKey(), each.getValue());
            } finally {
                lock.unlock();
            }
        }
        force();
    }

    private void endLocked(ConsumeQueue queue, Progress done) throws IOException {
        if (queues.find(queue.topic(), queue.queueId()).orElse(null) != queue) {
            return; // its topic was deleted meanwhile
        }
        if (done.first >= 0) {
            blankLocked(queue, done.next, done.end);
            return;
        }
        // None of its messages is in the log before the point any more. What points before the log's begin stays.
        long minOffset = queues.log().files().minOffset();
        long from = done.end;
        while (from > queue.firstQueueOffset()
                && queue.entry(from - 1).map(entry -> entry.commitLogOffset() >= minOffset).orElse(true)) {
            from--;
        }
        blankLocked(queue, from, done.end);
    }

    /// Entries that stand where the log says.
    public long entriesProven() {
        return entriesProven;
    }

    /// Entries that said something else before.
    public long entriesCorrected() {
        return entriesCorrected;
    }

    /// How far a queue is proven.
    private static final class Progress {
        private final long end;
        private long first = -1;
        private long next;

        private Progress(long end) {
            this.end = end;
        }
    }
}
