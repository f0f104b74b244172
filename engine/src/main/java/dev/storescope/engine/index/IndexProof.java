package dev.storescope.engine.index;

import dev.storescope.engine.api.ProofSnapshot.IndexFigures;
import dev.storescope.engine.api.ProofSnapshot.State;
import dev.storescope.engine.dispatch.DispatchRequest;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.MappedFileQueue;
import dev.storescope.engine.index.IndexEntries.Before;
import dev.storescope.engine.index.IndexEntries.Keys;
import dev.storescope.engine.log.LogHoles;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.service.Service;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Proves the index files that the opening found: that their entries are the keys of the log, in its order, and that
/// slots and chains lead to all of them. What is wrong is corrected in its place. Where entries are missing or too many,
/// so that none behind them stands in its place, the files from there on are built again.
///
/// It goes along the log by itself, behind the proof of the log; what was put since the opening needs none. While
/// somebody puts it works half of the time. A stop ends it where it is: the next opening begins it again.
///
/// Threads: the service's own; [#begin] and [#proveAtOnce()] before it runs; [#figures()] by any.
public final class IndexProof implements Service {
    private static final System.Logger LOG = System.getLogger(IndexProof.class.getName());
    /// Of one turn: a stop waits no longer than for these.
    private static final int STEP_RECORDS = 4_096;
    private static final long LOOK_AGAIN_NS = 20_000_000L;
    private static final long NOTHING_TO_DO_NS = 3_600_000_000_000L;

    private final StoreEnvironment environment;
    private final MappedFileQueue log;
    private final IndexService index;
    private final RecordWalk walk;
    private final LogHoles holes;
    private final DispatchRequest request = new DispatchRequest();
    private final IndexKeys keys = new IndexKeys();
    private final Deque<IndexEntries> waiting = new ArrayDeque<>();
    private LongSupplier provenUpTo = () -> Long.MAX_VALUE;
    private Rebuild rebuild = (file, reason) -> {
    };
    private Optional<IndexEntries> entries = Optional.empty();
    private Optional<IndexLinks> links = Optional.empty();
    private Before before = new Before(0, Keys.NONE);
    /// Where the first entry of the file stands in the log.
    private long beginPosition;
    private int beginKey;
    private long position;
    /// The key of the record at `position` that comes next.
    private int nextKey;
    private boolean fileEnded;
    private long fromOffset;
    private long toOffset;
    private long lastTurnNs;
    private boolean waits;
    /// Where the log ended at the begin of the last turn, and whether it did so a turn before.
    private long seenMaxOffset = -1;
    private boolean nobodyPuts;
    // Written by the service's thread (by the owner before it runs), read by any.
    private volatile State state = State.FINISHED;
    private volatile IndexFigures figures = IndexFigures.NOTHING;
    private volatile String failure = "";

    /// Builds the files from one on again.
    @FunctionalInterface
    public interface Rebuild {
        void from(IndexFile file, String reason) throws IOException;
    }

    public IndexProof(StoreEnvironment environment, MappedFileQueue log, LogHoles holes, IndexService index) {
        this.environment = environment;
        this.log = log;
        this.holes = holes;
        this.index = index;
        this.walk = new RecordWalk(log, holes);
    }

    /// Sets what is to be proven: the files there are now, as far as they are filled.
    ///
    /// @param endOffset where the log ends
    public void begin(long endOffset) {
        waiting.clear();
        entries = Optional.empty();
        links = Optional.empty();
        figures = IndexFigures.NOTHING;
        fromOffset = log.minOffset();
        toOffset = endOffset;
        position = fromOffset;
        nextKey = 0;
        // Of files that cannot be read nobody knows which keys they have, and without an index there are none.
        if (index.isEnabled() && index.files().unreadable() == 0) {
            index.files()
                    .all()
                    .stream()
                    .filter(file -> file.entries() > 0)
                    .forEach(file -> waiting.add(new IndexEntries(file, holes)));
        }
        state = waiting.isEmpty() ? State.FINISHED : State.WAITING;
        before = new Before(fromOffset == 0 ? 0 : Before.UNKNOWN, Keys.NONE);
    }

    /// Sets what is done about what cannot be corrected.
    public void onFault(Rebuild again) {
        rebuild = again;
    }

    /// Sets up to where the log is proven, so that its holes are known.
    public void follow(LongSupplier proven) {
        provenUpTo = proven;
    }

    /// Does all of it now.
    public void proveAtOnce() throws IOException {
        while (hasTask() && doWork() > 0) {
            // step after step
        }
    }

    /// Whether something is left to be proven.
    public boolean hasTask() {
        return state == State.WAITING || state == State.RUNNING;
    }

    @Override
    public String name() {
        return "IndexProof";
    }

    /// @return records gone over, or steps made along the chains of a file
    @Override
    public int doWork() throws IOException {
        if (state == State.FINISHED || state == State.FAILED) {
            return 0;
        }
        state = State.RUNNING;
        long began = environment.nanoTime();
        long maxOffset = log.maxOffset();
        nobodyPuts = maxOffset == seenMaxOffset;
        seenMaxOffset = maxOffset;
        int done = nextFile() ? proveHeld(entries.orElseThrow()) : 1;
        if (entries.isEmpty() && waiting.isEmpty()) {
            finish();
        }
        waits = done == 0;
        lastTurnNs = environment.nanoTime() - began;
        return done;
    }

    private void finish() {
        IndexFigures proven = figures;
        figures = new IndexFigures(fromOffset, toOffset, toOffset, proven.entries(), proven.corrected(),
                proven.filesRebuilt());
        // Last: whoever sees it finished sees all of its figures.
        state = State.FINISHED;
        LOG.log(Level.INFO, "the index is proven: {0} entries, {1} places corrected, {2} files to be built again",
                proven.entries(), proven.corrected(), proven.filesRebuilt());
    }

    @Override
    public long waitNs(int workDone) {
        if (state != State.RUNNING) {
            return NOTHING_TO_DO_NS;
        }
        return waits ? LOOK_AGAIN_NS : nobodyPuts ? 0 : lastTurnNs;
    }

    /// A failed force is final, and what cannot be read now cannot be proven.
    @Override
    public void onFailure(Throwable cause) {
        failure = cause.toString();
        state = State.FAILED;
    }

    /// @return whether there is a file to prove, which is held then
    private boolean nextFile() {
        if (entries.isPresent() && entries.get().file().hold()) {
            return true;
        }
        if (entries.isPresent()) {
            // It has expired meanwhile, and its messages have.
            before = new Before(Before.UNKNOWN, Keys.NONE);
            entries = Optional.empty();
            links = Optional.empty();
            return false;
        }
        if (waiting.isEmpty()) {
            return false;
        }
        IndexEntries next = waiting.remove();
        entries = Optional.of(next);
        beginPosition = position;
        beginKey = nextKey;
        fileEnded = false;
        next.lastKeys(before.lastKeys());
        if (before.endTimestamp() == Before.UNKNOWN || position == fromOffset) {
            next.beginWithLog(log.minOffset());
        }
        return next.file().hold();
    }

    private int proveHeld(IndexEntries now) throws IOException {
        try {
            if (links.isPresent()) {
                if (links.get().step()) {
                    endFile(now, links.get());
                }
                return 1;
            }
            return compare(now);
        } finally {
            now.file().release();
        }
    }

    private int compare(IndexEntries now) throws IOException {
        if (position < log.minOffset()) {
            position = log.minOffset();
            nextKey = 0;
            now.beginWithLog(position);
        }
        RecordWalk.Reached reached = walk.step(position, Math.min(toOffset, provenUpTo.getAsLong()), STEP_RECORDS,
                record -> compare(now, record));
        position = reached.offset();
        figures = new IndexFigures(fromOffset, Math.min(position, toOffset), toOffset, figures.entries(),
                figures.corrected(), figures.filesRebuilt());
        if (fileEnded || position >= toOffset) {
            endEntries(now);
            return 1;
        }
        return reached.done();
    }

    private boolean compare(IndexEntries now, RecordScanner record) {
        request.at(record);
        int count = keys.collect(request);
        if (count == 0) {
            return true;
        }
        Keys of = keys.of(request.commitLogOffset());
        while (nextKey < count) {
            if (!now.take(keys.hash(nextKey), of, request.storeTimestamp(), before)) {
                fileEnded = true;
                return false;
            }
            nextKey++;
        }
        nextKey = 0;
        return true;
    }

    private void endEntries(IndexEntries now) throws IOException {
        String fault = now.end();
        if (!fault.isEmpty()) {
            rebuild(now, fault);
        } else if (now.isRight() || now.isCorrecting()) {
            links = Optional.of(new IndexLinks(now.file(), now.last(), now.usedSlots(), index.lock()));
        } else {
            position = beginPosition;
            nextKey = beginKey;
            fileEnded = false;
            now.correctAll(before.lastKeys());
        }
    }

    private void rebuild(IndexEntries now, String fault) throws IOException {
        int files = 1 + waiting.size();
        rebuild.from(now.file(), fault);
        waiting.clear();
        entries = Optional.empty();
        figures = new IndexFigures(fromOffset, toOffset, toOffset, figures.entries(), figures.corrected(), files);
    }

    private void endFile(IndexEntries now, IndexLinks linked) throws IOException {
        if (now.isCorrecting()) {
            index.lock().lock();
            try {
                now.correctEnd();
            } finally {
                index.lock().unlock();
            }
        }
        long corrected = now.corrected() + linked.mended();
        if (corrected > 0) {
            LOG.log(Level.WARNING, "{0}: {1} places said something else than the log and have been corrected",
                    now.file().diskFile().path(), corrected);
            now.file().force();
        }
        figures = new IndexFigures(fromOffset, Math.min(position, toOffset), toOffset,
                figures.entries() + now.proven(), figures.corrected() + corrected, figures.filesRebuilt());
        before = new Before(now.file().endTimestamp(), now.lastKeys());
        entries = Optional.empty();
        links = Optional.empty();
    }

    /// Where it stands in its life.
    public State state() {
        return state;
    }

    /// Costs no lock.
    public IndexFigures figures() {
        return figures;
    }

    /// Why it stopped; "" while it did not.
    public String failure() {
        return failure;
    }
}
