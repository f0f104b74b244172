package dev.storescope.engine.recovery;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.ProofSnapshot;
import dev.storescope.engine.api.ProofSnapshot.State;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.dispatch.DispatchRequest;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import dev.storescope.engine.log.TailSearch;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.queue.QueueProof;
import dev.storescope.engine.service.Service;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.OptionalLong;

/// Proves what lies before the [OpeningStart], while the store runs: every record, and that the queues say what it says.
/// Damage becomes a hole of the log; entries that said something else are corrected.
///
/// While somebody puts it works half of the time, so that it leaves a processor to whoever puts and reads. A stop ends it where
/// it is: the next opening begins it again.
///
/// Threads: the service's own; [#begin] before it runs; [#snapshot()] by any.
public final class LogProofService implements Service {
    private static final System.Logger LOG = System.getLogger(LogProofService.class.getName());
    /// Of one turn: a stop waits no longer than for these.
    private static final int STEP_RECORDS = 4_096;
    private static final long STEP_BYTES = 4L << 20;
    private static final long NOTHING_TO_DO_NS = 3_600_000_000_000L;

    private final StoreEnvironment environment;
    private final CommitLog log;
    private final CrcCheck crcCheck;
    private final DispatchRequest request = new DispatchRequest();
    private Optional<QueueProof> queues = Optional.empty();
    private Optional<MappedFile> file = Optional.empty();
    private RecordScanner scanner;
    private long lastTurnNs;
    /// Where the log ended at the begin of the last turn, and whether it did so a turn before.
    private long seenMaxOffset = -1;
    private boolean nobodyPuts;
    private long latestStoreTimestamp;
    private long position;
    private long recordCount;
    private long lastRecordOffset = -1;
    /// Those in front of the file that is being proven.
    private long recordsBefore;
    private long fromOffset;
    private long toOffset;
    // Written by the service's thread after a turn (by the owner before it runs), read by whoever takes a snapshot.
    private volatile long verifiedOffset;
    private volatile long records;
    private volatile long holesFound;
    private volatile String failure = "";
    private volatile State state = State.FINISHED;

    public LogProofService(StoreEnvironment environment, MessageStoreConfig config, CommitLog log) {
        this.environment = environment;
        this.log = log;
        this.crcCheck = config.flag(StoreSetting.CHECK_CRC_ON_RECOVER) ? CrcCheck.CHECK : CrcCheck.SKIP;
    }

    /// Sets what is to be proven: the log from its begin to `offset`, and its queues.
    public void begin(long offset, QueueProof queueProof) {
        fromOffset = log.files().minOffset();
        position = fromOffset;
        verifiedOffset = fromOffset;
        toOffset = offset;
        queues = Optional.of(queueProof);
        if (crcCheck == CrcCheck.CHECK) {
            log.unproven().begin(fromOffset, toOffset);
        }
        state = State.WAITING;
    }

    /// The opening has checked everything.
    public void beginWithNothing() {
        queues = Optional.empty();
        log.unproven().end();
        state = State.FINISHED;
    }

    /// Whether there is or was something to be proven.
    public boolean hasTask() {
        return queues.isPresent();
    }

    @Override
    public String name() {
        return "LogProofService";
    }

    /// @return records checked, and blanks and holes gone over
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
        int done = 0;
        if (goToFile()) {
            MappedFile current = file.orElseThrow();
            try {
                done = prove(current);
            } finally {
                current.release();
            }
            queues.orElseThrow().force();
        }
        records = recordCount;
        verifiedOffset = Math.min(position, toOffset);
        if (crcCheck == CrcCheck.CHECK) {
            log.unproven().provenUpTo(verifiedOffset);
        }
        if (position >= toOffset) {
            queues.orElseThrow().end();
            finish();
        }
        lastTurnNs = environment.nanoTime() - began;
        return done;
    }

    private void finish() {
        state = State.FINISHED;
        log.unproven().end();
        queues.ifPresent(proof -> LOG.log(Level.INFO,
                "the log is proven from offset {0} to {1}: {2} records, {3} holes found; consume queues: {4} entries, {5}"
                        + " of them corrected",
                fromOffset, toOffset, recordCount, holesFound, proof.entriesProven(), proof.entriesCorrected()));
        file = Optional.empty();
    }

    @Override
    public long waitNs(int workDone) {
        if (state != State.RUNNING) {
            return NOTHING_TO_DO_NS;
        }
        return nobodyPuts && workDone > 0 ? 0 : lastTurnNs;
    }

    /// A failed force is final, and what cannot be read now cannot be proven.
    @Override
    public void onFailure(Throwable cause) {
        failure = cause.toString();
        state = State.FAILED;
    }

    /// @return whether there is something to prove in a file, which is held then
    private boolean goToFile() {
        // Files that have expired meanwhile need no proof.
        if (position < log.files().minOffset()) {
            position = log.files().minOffset();
            queues.orElseThrow().skip();
        }
        if (position >= toOffset) {
            return false;
        }
        MappedFile found = log.files().find(position).orElse(null);
        if (found == null) {
            position = nextFileOffset();
            return false;
        }
        if (!found.hold()) {
            return false; // it expires just now
        }
        if (file.isEmpty() || file.get() != found) {
            file = Optional.of(found);
            recordsBefore = recordCount;
            scanner = new RecordScanner(found.mapping(), found.fromOffset(), found.sizeBytes(), crcCheck);
        }
        return true;
    }

    /// A file is missing there, which the opening has noted.
    private long nextFileOffset() {
        return log.files()
                .files()
                .stream()
                .mapToLong(MappedFile::fromOffset)
                .filter(offset -> offset > position)
                .findFirst()
                .orElse(toOffset);
    }

    private int prove(MappedFile current) {
        long stepEnd = Math.min(toOffset, Math.min(current.endOffset(), position + STEP_BYTES));
        int done = 0;
        while (done < STEP_RECORDS && position < stepEnd) {
            Found found = scanner.seek(position - current.fromOffset()).next();
            switch (found) {
                case RECORD -> proveRecord();
                case BLANK -> {
                    current.blankAt(scanner.position());
                    position = current.endOffset();
                }
                case END, FAULT -> goOverHole(current, found == Found.FAULT ? scanner.fault() : "");
            }
            done++;
        }
        if (position >= Math.min(toOffset, current.endOffset())) {
            current.earlierMessages(recordCount - recordsBefore);
        }
        environment.probe().event(ProbePoint.RECOVERY_STEP, position, recordCount);
        return done;
    }

    private void proveRecord() {
        queues.orElseThrow().dispatch(request.at(scanner));
        latestStoreTimestamp = Math.max(latestStoreTimestamp, scanner.storeTimestamp());
        recordCount++;
        lastRecordOffset = scanner.commitLogOffset();
        position = scanner.commitLogOffset() + scanner.sizeBytes();
    }

    /// What cannot be read up to the next sound record, at most to the end of its file.
    private void goOverHole(MappedFile current, String fault) {
        TailSearch search = new TailSearch(crcCheck, storeTimestamp -> storeTimestamp >= latestStoreTimestamp);
        long behind = position - current.fromOffset() + 1;
        OptionalLong sound = search.lookFrom(current, behind);
        long next = Math.min(toOffset, sound.isPresent()
                ? sound.getAsLong()
                : TailSearch.blankFrom(current, behind).orElse(current.endOffset()));
        String reason = fault.isEmpty() ? "expected a record, found zeros" : fault;
        if (TornText.reachesBackTo(lastRecordOffset, position, current)) {
            position = lastRecordOffset;
            recordCount--;
            reason = TornText.FAULT;
        }
        LOG.log(Level.WARNING, "{0}: damaged from offset {1} to {2}: {3}", current.diskFile().path(), position, next,
                reason);
        log.holes().add(position, next, reason);
        holesFound = holesFound + 1;
        position = next;
    }

    /// Up to where the log is proven, so that its holes are known; [Long#MAX_VALUE] when nothing more will be.
    public long provenUpTo() {
        return switch (state) {
            case WAITING, RUNNING -> verifiedOffset;
            case PROVING_INDEX, INDEXING, FINISHED, FAILED -> Long.MAX_VALUE;
        };
    }

    /// Costs no lock.
    public ProofSnapshot snapshot() {
        State now = state;
        return new ProofSnapshot(now, fromOffset, verifiedOffset, toOffset, records,
                queues.map(QueueProof::entriesCorrected).orElse(0L), holesFound, 0, 0,
                ProofSnapshot.IndexFigures.NOTHING, failure);
    }
}
