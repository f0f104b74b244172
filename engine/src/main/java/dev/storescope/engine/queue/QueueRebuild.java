package dev.storescope.engine.queue;

import dev.storescope.engine.api.RecoveryReport.LastStop;
import dev.storescope.engine.dispatch.BeforeChange;
import dev.storescope.engine.dispatch.CommitLogDispatcher;
import dev.storescope.engine.dispatch.DispatchRequest;
import dev.storescope.engine.dispatch.TagsCodes;
import dev.storescope.engine.log.LogHoles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Makes the queues say exactly what the log says, when a store is opened: every record of the log passes by, and its
/// entry stands in its place afterwards, whatever the files held before. What points to no record goes.
///
/// Where the log is missing records, so that a queue offset does not follow on the one before, blanks take the places.
/// Of two records with one queue offset the first counts, as with RocketMQ.
///
/// Threads: the one that opens the store.
public final class QueueRebuild implements CommitLogDispatcher {
    private final ConsumeQueueStore queues;
    private final TagsCodes tagsCodes;
    private final LogHoles holes;
    private final long minCommitLogOffset;
    private long blanks;
    private final Map<ConsumeQueue, Progress> progress = new LinkedHashMap<>();
    private BeforeChange beforeChange = BeforeChange.NOTHING;
    private long entriesAdded;
    private long entriesCorrected;
    private long entriesCut;
    private long recordsWithoutPlace;

    /// @param holes of the log: all of them are known when the records have passed by
    /// @param minCommitLogOffset where the log begins
    QueueRebuild(ConsumeQueueStore queues, TagsCodes tagsCodes, LogHoles holes, long minCommitLogOffset) {
        this.queues = queues;
        this.holes = holes;
        this.tagsCodes = tagsCodes;
        this.minCommitLogOffset = minCommitLogOffset;
    }

    /// Sets what is done once, before the first change: what is made now is not on disk, and whoever comes after a crash has
    /// to know that.
    public void beforeChange(BeforeChange action) {
        beforeChange = action;
    }

    private void aboutToChange() throws IOException {
        beforeChange.run();
        beforeChange = BeforeChange.NOTHING;
    }

    /// The entries before this end are there: only what comes behind has to pass by.
    void goOn(ConsumeQueue queue, long end) {
        queue.correctMinOffset(minCommitLogOffset);
        progress.put(queue, new Progress(end));
    }

    @Override
    public void dispatch(DispatchRequest request) {
        if (queues.hasEntry(request)) {
            Optional<ConsumeQueue> queue = queues.findOrMake(request);
            try {
                if (queue.isPresent()) {
                    settle(queue.get(), request);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }
        queues.dispatched(request);
    }

    private void settle(ConsumeQueue queue, DispatchRequest request) throws IOException {
        long queueOffset = request.queueOffset();
        if (queueOffset < 0 || queueOffset > ConsumeQueue.MAX_QUEUE_OFFSET) {
            recordsWithoutPlace++;
            return;
        }
        Progress done = progress.get(queue);
        if (done == null) {
            done = begin(queue, queueOffset);
            progress.put(queue, done);
        }
        long gap = queueOffset - done.next;
        if (queueOffset < done.first || gap > blanksLeft(request) || gap < 0 && queue.entry(queueOffset).isPresent()) {
            recordsWithoutPlace++;
            return;
        }
        for (long missing = done.next; missing < queueOffset; missing++) {
            aboutToChange();
            queue.setBlank(missing);
            blanks++;
        }
        set(queue, request);
        done.next = Math.max(done.next, queueOffset + 1);
    }

    /// Blanks between entries are no larger in all than the log up to there, so that no queue offset that cannot be fills the
    /// disk.
    private long blanksLeft(DispatchRequest request) {
        return (request.commitLogOffset() - minCommitLogOffset) / ConsumeQueueEntry.BYTES - blanks;
    }

    private void set(ConsumeQueue queue, DispatchRequest request) throws IOException {
        long queueOffset = request.queueOffset();
        long tagsCode = tagsCodes.of(request);
        boolean isNew = queueOffset >= queue.maxQueueOffset();
        if (!isNew && queue.stands(queueOffset, request.commitLogOffset(), request.sizeBytes(), tagsCode)) {
            return;
        }
        aboutToChange();
        queue.set(queueOffset, request.commitLogOffset(), request.sizeBytes(), tagsCode);
        if (isNew) {
            entriesAdded++;
        } else {
            entriesCorrected++;
        }
    }

    /// The first record of a queue says where it begins. Files that have no place for it are of no use.
    private Progress begin(ConsumeQueue queue, long queueOffset) throws IOException {
        if (queueOffset < queue.firstQueueOffset() || queueOffset > queue.maxQueueOffset()) {
            aboutToChange();
            queue.clear();
        }
        if (queue.isEmpty()) {
            aboutToChange();
            queue.beginWithBlanks(queueOffset);
        }
        queue.minQueueOffset(queueOffset);
        return new Progress(queueOffset);
    }

    /// All records have passed by: cuts what is left over, and notes what was odd.
    public void end(LastStop lastStop) throws IOException {
        for (ConsumeQueue queue : queues.all()) {
            Progress done = progress.get(queue);
            long end = blankLost(queue, done == null ? endOfDeleted(queue) : done.next);
            if (end < queue.maxQueueOffset()) {
                entriesCut += queue.maxQueueOffset() - end;
                aboutToChange();
                queue.truncate(end);
            }
            if (done == null) {
                queue.minQueueOffset(end);
            }
        }
        report(lastStop);
    }

    /// None of its messages is in the log any more. What points before the log's begin stays: it says how far the queue
    /// had come.
    private long endOfDeleted(ConsumeQueue queue) {
        long end = queue.maxQueueOffset();
        while (end > queue.firstQueueOffset()
                && queue.entry(end - 1).map(entry -> entry.commitLogOffset() >= minCommitLogOffset).orElse(true)) {
            end--;
        }
        return end;
    }

    /// The last messages of the queue may lie in a hole: their queue offsets were given to somebody and are not given
    /// again.
    ///
    /// @param from behind the last entry that is proven
    /// @return behind the last blank
    private long blankLost(ConsumeQueue queue, long from) throws IOException {
        long end = from;
        while (!holes.all().isEmpty() && end < queue.maxQueueOffset()
                && queue.entry(end).map(entry -> holes.at(entry.commitLogOffset()).isPresent()).orElse(true)) {
            aboutToChange();
            queue.setBlank(end);
            end++;
        }
        return end;
    }

    /// After a crash it is only natural that queues end before or behind the log.
    private void report(LastStop lastStop) {
        if (entriesAdded > 0 && lastStop != LastStop.UNCLEAN) {
            queues.note("consume queues: %d entries were missing and have been built from the log".formatted(
                    entriesAdded));
        }
        if (entriesCorrected > 0) {
            queues.note("consume queues: %d entries pointed elsewhere than the log says and have been corrected"
                    .formatted(entriesCorrected));
        }
        if (entriesCut > 0 && lastStop != LastStop.UNCLEAN) {
            queues.note("consume queues: %d entries pointed to no record of the log and have been cut".formatted(
                    entriesCut));
        }
        if (recordsWithoutPlace > 0) {
            queues.note(
                    "consume queues: %d records have a queue offset that is taken, or cannot be, and are in no queue"
                            .formatted(recordsWithoutPlace));
        }
    }

    /// Entries that were not there.
    public long entriesAdded() {
        return entriesAdded;
    }

    /// Entries that pointed elsewhere.
    public long entriesCorrected() {
        return entriesCorrected;
    }

    /// Entries that pointed to no record.
    public long entriesCut() {
        return entriesCut;
    }

    /// Records that are in no queue, for their queue offset is taken or cannot be.
    public long recordsWithoutPlace() {
        return recordsWithoutPlace;
    }

    /// How far a queue is proven.
    private static final class Progress {
        private final long first;
        private long next;

        private Progress(long queueOffset) {
            first = queueOffset;
            next = queueOffset;
        }
    }
}
