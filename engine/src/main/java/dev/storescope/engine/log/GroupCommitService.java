package dev.storescope.engine.log;

import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.StoreStatsService;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.service.Service;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// Sync flush: completes waiting puts in batches. One force serves everyone who arrived before it; while the disk is
/// busy new requests pile up in the other list, and the batch grows with the disk's latency (RocketMQ
/// `GroupCommitService`).
///
/// `requestsWrite` is a stack of requests linked to older ones, so that a put adds itself with one compare-and-set;
/// taking it whole and turning it round makes it `requestsRead`.
///
/// Threads: [#put] by any producer, [#doWork()] by the service's thread, [#failOverdue()] by the watcher.
final class GroupCommitService implements Service {
    /// The longest idle wait, not a delay: a put wakes the service at once (RocketMQ's figure).
    private static final long IDLE_NS = 10_000_000L;
    /// A request may end in the next file.
    private static final int MOST_FORCES_PER_REQUEST = 2;

    /// Who was answered usually puts again at once, and a force that waits for him serves one put more. Short beside a force,
    /// and beside parking and waking. Measured with 2 CPUs, rate with over without: 1.1 with 1 producer, 1.36 with 16, 1.1
    /// with 64; twice and three times as long gave no more.
    private static final long LINGER_NS = 30_000L;
    /// Nobody lingers for more: a force of so many takes ten times as long as a linger, and where producers keep all CPUs busy,
    /// a linger takes 50 to 100 µs. Measured with 2 CPUs, rate with this bound over without: 1.06 and 1.10 (seven pairs
    /// each) with 256 puts under way in one thread, 1.0 with 256 virtual threads.
    private static final int ENOUGH_FOR_A_FORCE = 64;

    private final StoreEnvironment environment;
    private final LogFlusher flusher;
    private final LogPointers pointers;
    private final StoreStatsService stats;
    private final AtomicReference<GroupCommitRequest> requestsWrite = new AtomicReference<>();
    private final Recent<Integer> batches = new Recent<>();
    // Written by the service's thread, read by the watcher and by whoever takes a snapshot.
    private volatile GroupCommitRequest requestsRead;
    private volatile int requestsReadSize;
    /// Those answered by the turn before. Only of the service's thread.
    private int justAnswered;
    // Written by the one that stops the service, read by producers: nobody serves what is put from now on.
    private volatile boolean closed;

    GroupCommitService(StoreEnvironment environment, LogFlusher flusher, LogPointers pointers,
            StoreStatsService stats) {
        this.environment = environment;
        this.flusher = flusher;
        this.pointers = pointers;
        this.stats = stats;
    }

    /// Adds a request to `requestsWrite`; one that comes after the last force is answered at once.
    ///
    /// @return how many stand there now
    int put(GroupCommitRequest request) {
        GroupCommitRequest newest;
        do {
            newest = requestsWrite.get();
            request.older = newest;
            request.listSize = newest == null ? 1 : newest.listSize + 1;
        } while (!requestsWrite.compareAndSet(newest, request));
        if (closed) {
            answerAll();
        }
        return request.listSize;
    }

    @Override
    public String name() {
        return "GroupCommitService";
    }

    @Override
    public int doWork() {
        lingerForThoseJustAnswered();
        GroupCommitRequest newest = requestsWrite.getAndSet(null);
        if (newest == null) {
            // Those that do not wait for store OK have their bytes forced all the same.
            flusher.flush(0, 0);
            return 0;
        }
        int size = newest.listSize;
        GroupCommitRequest oldest = turnRound(newest);
        requestsReadSize = size;
        requestsRead = oldest;
        environment.probe().event(ProbePoint.LISTS_SWAPPED, size);
        try {
            serve(oldest, size);
        } finally {
            // Whatever went wrong: a request that is left here would never be answered.
            for (GroupCommitRequest request = oldest; request != null; request = request.newer) {
                answer(request);
            }
            requestsRead = null;
            requestsReadSize = 0;
        }
        justAnswered = size;
        batches.add(size);
        stats.batch(size);
        environment.probe().event(ProbePoint.BATCH_ACKNOWLEDGED, size, pointers.flushed().offset());
        return size;
    }

    /// Not in an idle store, and not in one that stops.
    private void lingerForThoseJustAnswered() {
        int expected = Math.min(justAnswered, ENOUGH_FOR_A_FORCE);
        justAnswered = 0;
        if (expected > 0 && !closed) {
            environment.linger(() -> requestsWriteSize() >= expected, LINGER_NS);
        }
    }

    /// Waits only when nobody came while the batch was served.
    @Override
    public long waitNs(int workDone) {
        return workDone > 0 ? 0 : IDLE_NS;
    }

    @Override
    public void onStop() {
        int served;
        do {
            served = doWork();
        } while (served > 0);
        flusher.flush(0, 0);
    }

    private void serve(GroupCommitRequest oldest, int size) {
        long endedNanos = environment.nanoTime();
        for (GroupCommitRequest request = oldest; request != null; request = request.newer) {
            for (int i = 0; i < MOST_FORCES_PER_REQUEST && pointers.flushed().offset() < request.nextOffset; i++) {
                flusher.flush(0, size);
                endedNanos = environment.nanoTime();
            }
            if (pointers.flushed().offset() >= request.nextOffset) {
                request.forceEndedNanos = endedNanos;
            }
            answer(request);
        }
    }

    private void answer(GroupCommitRequest request) {
        if (pointers.flushed().offset() >= request.nextOffset) {
            pointers.acknowledgeFlushed();
            request.flushed();
        } else {
            request.timedOut();
        }
    }

    private static GroupCommitRequest turnRound(GroupCommitRequest newest) {
        GroupCommitRequest oldest = newest;
        while (oldest.older != null) {
            oldest.older.newer = oldest;
            oldest = oldest.older;
        }
        return oldest;
    }

    /// Answers the puts that have waited too long while the disk is stalled.
    ///
    /// @return how many
    int failOverdue() {
        long now = environment.nanoTime();
        int count = 0;
        for (GroupCommitRequest request = requestsRead; request != null; request = request.newer) {
            count += failIfOverdue(request, now);
        }
        for (GroupCommitRequest request = requestsWrite.get(); request != null; request = request.older) {
            count += failIfOverdue(request, now);
        }
        return count;
    }

    private static int failIfOverdue(GroupCommitRequest request, long now) {
        if (request.isDone() || now - request.deadlineNanos < 0) {
            return 0;
        }
        request.timedOut();
        return 1;
    }

    /// Answers everybody who still waits and who will yet come, as nobody will force the disk for them any more.
    void close() {
        closed = true;
        for (GroupCommitRequest request = requestsRead; request != null; request = request.newer) {
            answer(request);
        }
        answerAll();
    }

    private void answerAll() {
        for (GroupCommitRequest request = requestsWrite.getAndSet(null); request != null; request = request.older) {
            answer(request);
        }
    }

    int requestsWriteSize() {
        GroupCommitRequest newest = requestsWrite.get();
        return newest == null ? 0 : newest.listSize;
    }

    int requestsReadSize() {
        return requestsReadSize;
    }

    List<Integer> recentBatches() {
        return batches.toList();
    }
}
