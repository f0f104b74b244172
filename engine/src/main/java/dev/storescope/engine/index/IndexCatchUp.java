package dev.storescope.engine.index;

import dev.storescope.engine.dispatch.CommitLogDispatcher;
import dev.storescope.engine.dispatch.DispatchRequest;
import dev.storescope.engine.env.PutMessageLock;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.service.Service;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Builds what the index lacks while the store runs: it follows the log with a position of its own, behind the dispatch,
/// until it has caught up with it; from then on the dispatch feeds the index. So an index file of which a crash left only
/// half, which may stand for gigabytes of the log, does not hold up the opening. It begins anew where the [IndexProof]
/// finds files that have to be built again.
///
/// Each record comes to the index once, in order, and from one of the two only: when the catching-up has come to where the
/// dispatch is, it says so in `caughtUpTo`, and touches the index again only if the dispatch has gone on from there without
/// it. The dispatch compares that offset with the next record's before it goes on: it either joins there, or leaves that
/// record to the catching-up as well. Who feeds holds the index's lock, for one record.
///
/// Threads: the service's own; [#dispatch] by the one that dispatches; [#begin] before both; [#buildAgain] and the rest by
/// any.
public final class IndexCatchUp implements Service, CommitLogDispatcher {
    private static final System.Logger LOG = System.getLogger(IndexCatchUp.class.getName());
    /// Of one turn: a stop waits no longer than for these.
    private static final int STEP_RECORDS = 4_096;
    private static final long LOOK_AGAIN_NS = 20_000_000L;
    private static final long NOTHING_TO_DO_NS = 3_600_000_000_000L;
    private static final long NOWHERE = -1;

    private final StoreEnvironment environment;
    private final IndexService index;
    private final PutMessageLock lock;
    private final RecordWalk walk;
    private final DispatchRequest request = new DispatchRequest();
    private LongSupplier dispatchedUpTo = () -> 0;
    private LongSupplier provenUpTo = () -> Long.MAX_VALUE;
    private Runnable onBuildAgain = () -> {
    };
    private final IndexBatch batch;
    // Used by the one that dispatches.
    private boolean batching;
    private boolean hasTask;
    private long lastTurnNs;
    private boolean waits;
    /// Up to where had been dispatched at the begin of the last turn, and whether it was so a turn before.
    private long seenDispatched = -1;
    private boolean nobodyPuts;
    // All five are written under the lock (by the owner before the service runs), and read by any.
    private volatile long position;
    private volatile boolean finished = true;
    /// Where the index has everything before.
    private volatile long caughtUpTo = NOWHERE;
    private volatile boolean joined = true;
    /// Counts how often it began anew.
    private volatile int beginnings;

    public IndexCatchUp(StoreEnvironment environment, CommitLog log, IndexService index) {
        this.environment = environment;
        this.index = index;
        this.lock = index.lock();
        this.walk = new RecordWalk(log.files(), log.holes());
        this.batch = new IndexBatch(environment, index, () -> beginnings);
    }

    /// Sets from where on the index lacks the log. Before anything is dispatched.
    ///
    /// @param fromOffset where a record or blank begins
    public void begin(long fromOffset) {
        position = fromOffset;
        caughtUpTo = NOWHERE;
        finished = false;
        joined = false;
        hasTask = true;
    }

    /// The index lacks nothing.
    public void beginWithNothing() {
        finished = true;
        joined = true;
        hasTask = false;
    }

    /// Sets whom it follows. Before anything is dispatched.
    ///
    /// @param dispatched up to where the dispatch has come
    /// @param proven up to where the log is proven, so that its holes are known
    public void follow(LongSupplier dispatched, LongSupplier proven) {
        dispatchedUpTo = dispatched;
        provenUpTo = proven;
    }

    /// Sets who is told, besides the log, that files are built again.
    public void onBuildAgain(Runnable told) {
        onBuildAgain = told;
    }

    /// Takes an index file away, and all behind it, and builds them again from the log.
    public void buildAgain(IndexFile first, String reason) throws IOException {
        lock.lock();
        try {
            position = Math.max(0, index.deleteFrom(first, reason));
            LOG.log(Level.WARNING, "{0}: {1}; deleted with all index files behind it, to be built again",
                    first.diskFile().path(), reason);
            caughtUpTo = NOWHERE;
            finished = false;
            joined = false;
            beginnings = beginnings + 1;
            onBuildAgain.run(); // before anybody puts again
        } finally {
            lock.unlock();
        }
    }

    /// Whether there is or was something to build.
    public boolean hasTask() {
        return hasTask;
    }

    /// Whether the index has everything that has been dispatched.
    public boolean isFinished() {
        return joined || finished && position >= dispatchedUpTo.getAsLong();
    }

    /// Up to where it has built.
    public long position() {
        return position;
    }

    @Override
    public String name() {
        return "IndexCatchUp";
    }

    @Override
    public void beginBatch() {
        lock.lock();
        try {
            batching = joined && index.isEnabled();
            batch.begin();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Lacking> endBatch() {
        if (!batching) {
            return Optional.empty();
        }
        batching = false;
        return batch.end();
    }

    @Override
    public void dispatch(DispatchRequest next) {
        if (batching) {
            batch.add(next);
            return;
        }
        // Without the lock, so that the dispatch never waits for the other when it has nothing to do.
        if (isMine(next)) {
            lock.lock();
            try {
                if (isMine(next)) {
                    joined = true;
                    index.dispatch(next);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean isMine(DispatchRequest next) {
        return joined || caughtUpTo == next.commitLogOffset();
    }

    /// @return records handed to the index, and blanks and holes gone over
    @Override
    public int doWork() {
        waits = false;
        if (joined) {
            return 0;
        }
        long began = environment.nanoTime();
        int beginning = beginnings;
        long dispatched = dispatchedUpTo.getAsLong();
        nobodyPuts = dispatched == seenDispatched;
        seenDispatched = dispatched;
        long limit = Math.min(dispatched, provenUpTo.getAsLong());
        int done = 0;
        // Only now: whoever dispatched up to there has joined before it said so, or never will there.
        if (!joined) {
            if (position < limit) {
                done = feed(limit, beginning);
            }
            waits = hasCaughtUp(dispatched, beginning) || done == 0;
        }
        lastTurnNs = environment.nanoTime() - began;
        return done;
    }

    private boolean hasCaughtUp(long dispatched, int beginning) {
        lock.lock();
        try {
            if (beginnings != beginning || joined || position < dispatched) {
                return false;
            }
            finish();
            caughtUpTo = position;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void finish() {
        if (!finished) {
            finished = true;
            LOG.log(Level.INFO, "index: has all of the log up to offset {0}", position);
        }
    }

    @Override
    public long waitNs(int workDone) {
        if (joined) {
            return NOTHING_TO_DO_NS;
        }
        if (waits) {
            return LOOK_AGAIN_NS;
        }
        // While it has far to go it works half of the time, to leave a processor to whoever puts and reads.
        return finished || nobodyPuts && workDone > 0 ? 0 : lastTurnNs;
    }

    /// The dispatch has stopped. What little is left when it had caught up is done, so that the index is whole.
    @Override
    public void onStop() {
        while (finished && doWork() > 0) {
            // step after step
        }
    }

    private int feed(long limit, int beginning) {
        RecordWalk.Reached reached = walk.step(position, limit, STEP_RECORDS, record -> feed(record, beginning));
        lock.lock();
        try {
            if (beginnings == beginning) {
                position = reached.offset();
            }
        } finally {
            lock.unlock();
        }
        return reached.done();
    }

    private boolean feed(RecordScanner record, int beginning) {
        lock.lock();
        try {
            if (beginnings != beginning) {
                return false;
            }
            index.dispatch(request.at(record));
            position = record.commitLogOffset() + record.sizeBytes();
            return true;
        } finally {
            lock.unlock();
        }
    }
}
