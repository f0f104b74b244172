package dev.storescope.engine.dispatch;

import dev.storescope.engine.api.MessageArrivingListener;
import dev.storescope.engine.api.MessageArrivingListener.Arrival;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.SysFlag;
import dev.storescope.engine.dispatch.CommitLogDispatcher.Lacking;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import dev.storescope.engine.log.TopicNames;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.service.Service;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Follows the log behind the append and hands each record to every dispatcher (RocketMQ `ReputMessageService`).
///
/// It never passes [CommitLog#dispatchLimit()]. A dispatcher that throws stops it at that record, which all dispatchers
/// get again at the next turn: nothing is lost, and what is known already changes nothing. It goes on behind what cannot
/// be read.
///
/// While messages keep coming it looks every millisecond, as RocketMQ does, so that no put has to wake anybody. After a
/// while without any it sleeps, and the next put wakes it.
///
/// Threads: the service's own; [#recordsReadable()] and the positions by any.
public final class ReputMessageService implements Service {
    private static final System.Logger LOG = System.getLogger(ReputMessageService.class.getName());
    /// Records of one turn: a stop waits no longer than for these.
    private static final int TURN_RECORDS = 4_096;
    /// So far behind it takes records by the batch.
    private static final long BATCH_BYTES = 4L << 20;
    private static final int BATCH_RECORDS = 32_768;
    private static final long LOOK_AGAIN_NS = 1_000_000L;
    private static final int LOOKS_BEFORE_SLEEP = 50;
    /// A put that comes just when it falls asleep may not see that and wake nobody: it is found after this.
    private static final long SLEEP_NS = 100_000_000L;

    private final StoreEnvironment environment;
    private final CommitLog log;
    /// An array, for going over a list makes garbage.
    private final CommitLogDispatcher[] dispatchers;
    private final TagsCodes tagsCodes;
    private final DispatchRequest request = new DispatchRequest();
    private final MessageArrivingListener listener;
    private Runnable wake = () -> {
    };
    private Optional<MappedFile> file = Optional.empty();
    private RecordScanner scanner;
    private int looksInVain;
    private long position;
    private long records;
    private boolean batching;
    /// Once a batch could not be dispatched whole, records are dispatched one by one, until that goes well.
    private boolean oneByOne;
    // What of both all dispatchers have: written by the service's thread, without a fence for each record, and read by any.
    private final AtomicLong reputFromOffset = new AtomicLong();
    private final AtomicLong dispatched = new AtomicLong();
    // Set by the service's thread before it sleeps, cleared by whoever wakes it.
    private volatile boolean asleep;

    /// @param dispatchers each gets every record, in this order
    public ReputMessageService(StoreEnvironment environment, MessageStoreConfig config, CommitLog log,
            List<CommitLogDispatcher> dispatchers, MessageArrivingListener listener) {
        this.environment = environment;
        this.log = log;
        this.dispatchers = dispatchers.toArray(CommitLogDispatcher[]::new);
        this.tagsCodes = new TagsCodes(config);
        this.listener = listener;
    }

    /// Begins there; before the service runs.
    public void beginAt(long offset) {
        moveTo(offset);
    }

    /// Sets how the sleeping service is woken; before it runs.
    public void onWake(Runnable wakeup) {
        wake = wakeup;
    }

    /// There may be more to dispatch. Costs one read while the service does not sleep.
    public void recordsReadable() {
        if (asleep) {
            asleep = false;
            wake.run();
        }
    }

    public List<CommitLogDispatcher> dispatchers() {
        return List.of(dispatchers);
    }

    /// Up to where the log has been dispatched.
    public long reputFromOffset() {
        return reputFromOffset.getAcquire();
    }

    /// What is readable in the log and not yet dispatched.
    public long behindBytes() {
        long from = reputFromOffset();
        return Math.max(0, log.maxOffset() - from);
    }

    /// Records since the start.
    public long dispatched() {
        return dispatched.getOpaque();
    }

    @Override
    public String name() {
        return "ReputMessageService";
    }

    /// @return records dispatched, blanks and holes gone over
    @Override
    public int doWork() {
        asleep = false;
        long limit = log.dispatchLimit();
        int done;
        if (limit - position >= BATCH_BYTES && !oneByOne && !environment.stepGate().isHolding()) {
            done = dispatchBatch(limit);
        } else {
            done = dispatch(limit, TURN_RECORDS);
            oneByOne = false;
        }
        looksInVain = done > 0 ? 0 : looksInVain + 1;
        return done;
    }

    private int dispatchBatch(long limit) {
        long recordsBefore = records;
        batching = true;
        for (CommitLogDispatcher dispatcher : dispatchers) {
            dispatcher.beginBatch();
        }
        try {
            return dispatch(limit, BATCH_RECORDS);
        } finally {
            batching = false;
            for (CommitLogDispatcher dispatcher : dispatchers) {
                dispatcher.endBatch().ifPresent(lacking -> goBackTo(lacking, recordsBefore));
            }
            publish();
        }
    }

    private void goBackTo(Lacking lacking, long recordsBefore) {
        position = Math.min(position, lacking.commitLogOffset());
        records = Math.min(records, recordsBefore + lacking.recordsBefore());
        oneByOne = true;
    }

    private int dispatch(long limit, int mostRecords) {
        int done = 0;
        while (done < mostRecords && position < limit && goesOn()) {
            int step = dispatchInFile(limit, mostRecords - done);
            if (step == 0) {
                break;
            }
            done += step;
        }
        return done;
    }

    /// Whoever steps through the store sees queues and index get each record, not a batch of them.
    private boolean goesOn() {
        return !batching || !environment.stepGate().isHolding();
    }

    @Override
    public long waitNs(int workDone) {
        if (workDone > 0) {
            return 0;
        }
        if (looksInVain <= LOOKS_BEFORE_SLEEP) {
            return LOOK_AGAIN_NS;
        }
        asleep = true;
        return position < log.dispatchLimit() ? LOOK_AGAIN_NS : SLEEP_NS;
    }

    /// Whatever is readable is dispatched before a clean stop ends.
    @Override
    public void onStop() {
        while (doWork() > 0) {
            // batch after batch
        }
    }

    private int dispatchInFile(long dispatchLimit, int mostRecords) {
        long sound = log.holes().nextSoundOffset(position);
        if (sound > position) {
            moveTo(sound);
            return 1;
        }
        long limit = Math.min(dispatchLimit, log.holes().nextHoleOffset(position));
        MappedFile current = fileAt(position);
        if (!current.hold()) {
            // Deleted while it was looked up; the next turn looks again.
            file = Optional.empty();
            return 0;
        }
        try {
            scanner.limitTo(limit - current.fromOffset());
            scanner.seek(position - current.fromOffset());
            // Not asked of the file for each record: where it keeps that, each put writes how far it is.
            long end = Math.min(limit, current.endOffset());
            int done = 0;
            while (done < mostRecords && position < end && goesOn()) {
                dispatchNext(current);
                done++;
            }
            return done;
        } finally {
            current.release();
        }
    }

    private void dispatchNext(MappedFile current) {
        Found found = scanner.next();
        switch (found) {
            case RECORD -> {
                dispatch();
                records++;
                moveTo(scanner.commitLogOffset() + scanner.sizeBytes());
            }
            case BLANK -> moveTo(current.endOffset());
            case END, FAULT -> throw new IllegalStateException(
                    "%s: expected a record or blank at offset %d, below %d, up to where it may be dispatched, found %s"
                            .formatted(current.name(), position, log.dispatchLimit(),
                                    found == Found.END ? "zeros" : scanner.fault()));
        }
    }

    private void dispatch() {
        request.at(scanner);
        for (CommitLogDispatcher dispatcher : dispatchers) {
            dispatcher.dispatch(request);
        }
        environment.probe().event(ProbePoint.DISPATCHED, request.commitLogOffset(), request.sizeBytes());
        if (listener != MessageArrivingListener.NONE && SysFlag.entersQueue(request.sysFlag())
                && TopicNames.isSafe(request.topic())) {
            tellListener();
        }
    }

    private void tellListener() {
        try {
            listener.arriving(new Arrival(request.topic(), request.queueId(), request.queueOffset(),
                    tagsCodes.of(request), request.storeTimestamp(), request.propertiesText()));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the listener for arriving messages failed at offset " + request.commitLogOffset(),
                    e);
        }
    }

    /// The file that goes on at `offset`, and a scanner on it. Files that were deleted before they were dispatched are
    /// gone over: what they held is gone too.
    private MappedFile fileAt(long offset) {
        if (file.isPresent() && file.get().fromOffset() <= offset && offset < file.get().endOffset()) {
            return file.get();
        }
        long minOffset = log.files().minOffset();
        if (offset < minOffset) {
            LOG.log(Level.WARNING, "dispatch goes on at offset {0}: the log before it was deleted, expected {1}",
                    minOffset, offset);
            moveTo(log.holes().nextSoundOffset(minOffset));
        }
        MappedFile found = log.files()
                .find(position)
                .orElseThrow(() -> new IllegalStateException(
                        "commit log: expected a file that holds offset " + position));
        file = Optional.of(found);
        scanner = new RecordScanner(found.mapping(), found.fromOffset(), found.sizeBytes(), CrcCheck.SKIP);
        return found;
    }

    private void moveTo(long offset) {
        position = offset;
        if (!batching) {
            publish();
        }
    }

    private void publish() {
        dispatched.setOpaque(records);
        reputFromOffset.setRelease(position);
    }
}
