package dev.storescope.engine.index;

import dev.storescope.engine.dispatch.CommitLogDispatcher;
import dev.storescope.engine.dispatch.DispatchRequest;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import dev.storescope.engine.service.Service;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Builds what the index lacks while the store runs: it follows the log with a position of its own, behind the dispatch,
/// until it has caught up with it; from then on the dispatch feeds the index. So an index file of which a crash left only
/// half, which may stand for gigabytes of the log, does not hold up the opening.
///
/// The hand-over needs no lock. When the catching-up has come to where the dispatch is, it says so in `caughtUpTo`, and
/// touches the index again only if the dispatch has gone on from there without it. The dispatch compares that offset with
/// the next record's before it goes on: it either joins there, or leaves that record to the catching-up as well. So each
/// record comes to the index once, in order, and from one of the two only.
///
/// Threads: the service's own; [#dispatch] by the one that dispatches; [#begin] before both; the rest by any.
public final class IndexCatchUp implements Service, CommitLogDispatcher {
    private static final System.Logger LOG = System.getLogger(IndexCatchUp.class.getName());
    /// Of one turn: a stop waits no longer than for these.
    private static final int STEP_RECORDS = 4_096;
    private static final long LOOK_AGAIN_NS = 20_000_000L;
    private static final long NOTHING_TO_DO_NS = 3_600_000_000_000L;
    private static final long NOWHERE = -1;

    private final StoreEnvironment environment;
    private final CommitLog log;
    private final IndexService index;
    private final DispatchRequest request = new DispatchRequest();
    private Optional<LongSupplier> dispatchedUpTo = Optional.empty();
    private LongSupplier provenUpTo = () -> Long.MAX_VALUE;
    private Optional<MappedFile> file = Optional.empty();
    private RecordScanner scanner;
    private long lastTurnNs;
    private boolean waits;
    // Written by the service's thread (by the owner before it runs), read by any.
    private volatile long position;
    private volatile boolean finished = true;
    // Where the index has everything before; written by the service's thread, read by the one that dispatches.
    private volatile long caughtUpTo = NOWHERE;
    // Written by the one that dispatches, before it says that it has gone on; read by the service's thread.
    private volatile boolean joined = true;

    public IndexCatchUp(StoreEnvironment environment, CommitLog log, IndexService index) {
        this.environment = environment;
        this.log = log;
        this.index = index;
    }

    /// Sets from where on the index lacks the log. Before anything is dispatched.
    ///
    /// @param fromOffset where a record or blank begins
    /// @param dispatched up to where the dispatch has come
    /// @param proven up to where the log is proven, so that its holes are known
    public void begin(long fromOffset, LongSupplier dispatched, LongSupplier proven) {
        position = fromOffset;
        dispatchedUpTo = Optional.of(dispatched);
        provenUpTo = proven;
        caughtUpTo = NOWHERE;
        finished = false;
        joined = false;
    }

    /// The index lacks nothing.
    public void beginWithNothing() {
        dispatchedUpTo = Optional.empty();
        finished = true;
        joined = true;
    }

    /// Whether there is or was something to build.
    public boolean hasTask() {
        return dispatchedUpTo.isPresent();
    }

    /// Whether the index has everything that has been dispatched.
    public boolean isFinished() {
        return joined || finished && position >= dispatchedUpTo.orElseThrow().getAsLong();
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
    public void dispatch(DispatchRequest next) {
        if (!joined) {
            if (caughtUpTo != next.commitLogOffset()) {
                return;
            }
            joined = true;
        }
        index.dispatch(next);
    }

    /// @return records handed to the index, and blanks and holes gone over
    @Override
    public int doWork() {
        waits = false;
        if (joined) {
            return 0;
        }
        long began = environment.nanoTime();
        long dispatched = dispatchedUpTo.orElseThrow().getAsLong();
        long limit = Math.min(dispatched, provenUpTo.getAsLong());
        int done = 0;
        // Only now: whoever dispatched up to there has joined before it said so, or never will there.
        if (!joined) {
            if (position < limit) {
                done = feed(limit);
            }
            if (position >= dispatched) {
                finish();
                caughtUpTo = position;
                waits = true;
            } else if (done == 0) {
                waits = true;
            }
        }
        lastTurnNs = environment.nanoTime() - began;
        return done;
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
        // While it has far to go it works half of the time.
        return waits ? LOOK_AGAIN_NS : finished ? 0 : lastTurnNs;
    }

    /// The dispatch has stopped. What little is left when it had caught up is done, so that the index is whole.
    @Override
    public void onStop() {
        while (finished && doWork() > 0) {
            // step after step
        }
    }

    private int feed(long limit) {
        position = Math.max(position, log.files().minOffset());
        MappedFile found = log.files().find(log.holes().nextSoundOffset(position)).orElse(null);
        if (found == null || !found.hold()) {
            return 0; // it expires just now
        }
        try {
            if (file.isEmpty() || file.get() != found) {
                file = Optional.of(found);
                scanner = new RecordScanner(found.mapping(), found.fromOffset(), found.sizeBytes(), CrcCheck.SKIP);
            }
            return feed(found, limit);
        } finally {
            found.release();
        }
    }

    private int feed(MappedFile current, long limit) {
        scanner.limitTo(limit - current.fromOffset());
        long at = log.holes().nextSoundOffset(position);
        int done = 0;
        while (done < STEP_RECORDS && at < Math.min(limit, current.endOffset())) {
            Found found = scanner.seek(at - current.fromOffset()).next();
            at = switch (found) {
                case RECORD -> {
                    index.dispatch(request.at(scanner));
                    yield at + scanner.sizeBytes();
                }
                case BLANK -> current.endOffset();
                case END, FAULT -> goOver(at, current, found == Found.FAULT ? scanner.fault() : "zeros");
            };
            at = log.holes().nextSoundOffset(at);
            position = at;
            done++;
        }
        return done;
    }

    /// Its proof has found the record sound, or made it a hole: so this cannot be, unless the log was cut.
    private static long goOver(long offset, MappedFile current, String found) {
        LOG.log(Level.WARNING,
                "index: {0}: expected a record or blank at offset {1}, found {2}; the rest of the file is"
                        + " left out",
                current.name(), offset, found);
        return current.endOffset();
    }
}
