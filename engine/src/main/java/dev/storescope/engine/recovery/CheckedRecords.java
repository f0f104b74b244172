package dev.storescope.engine.recovery;

import dev.storescope.engine.dispatch.CommitLogDispatcher;
import dev.storescope.engine.dispatch.DispatchRequest;
import dev.storescope.engine.env.BesideWork;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import dev.storescope.engine.probe.ProbePoint;
import java.io.IOException;
import java.util.Optional;

/// Hands the records of the log to a dispatcher close behind the check that finds them sound, and beside it: so the log comes
/// from memory once, whatever is built from it.
///
/// Threads: the one that loads the store; the dispatcher is called by one at a time, and by nobody between
/// [#finish] and the next [#upTo].
final class CheckedRecords {
    /// Handed over at a time: a millisecond's work, and less than the last cache of a processor holds.
    private static final long STEP_BYTES = 2L << 20;
    /// The probe is told of every so many records.
    private static final int PROGRESS_RECORDS = 1 << 16;

    private final StoreEnvironment environment;
    private final CommitLogDispatcher dispatcher;
    private final DispatchRequest request = new DispatchRequest();
    private Optional<MappedFile> file = Optional.empty();
    private RecordScanner scanner;
    /// Bytes from the start of the file; none before have to be handed over.
    private long position;
    private BesideWork handingOver = BesideWork.DONE;
    private long records;
    private long waitedNs;

    CheckedRecords(StoreEnvironment environment, CommitLogDispatcher dispatcher) {
        this.environment = environment;
        this.dispatcher = dispatcher;
    }

    /// Goes on there, after a [#finish].
    ///
    /// @param from where a record or blank begins, bytes from the start of the file
    void beginAt(MappedFile next, long from) {
        if (file.isEmpty() || file.get() != next) {
            file = Optional.of(next);
            scanner = new RecordScanner(next.mapping(), next.fromOffset(), next.sizeBytes(), CrcCheck.SKIP);
        }
        position = from;
    }

    /// Whether enough has been checked to be handed over.
    ///
    /// @param checked bytes from the start of the file
    boolean isFarBehind(long checked) {
        return checked - position >= STEP_BYTES;
    }

    /// Begins to hand over what is left before a position: sound records only.
    ///
    /// @param to where a record begins, bytes from the start of the file
    void upTo(long to) throws IOException {
        long began = environment.nanoTime();
        handingOver.await();
        long from = position;
        position = to;
        handingOver = environment.beginBeside("buildFromLog", () -> handOver(from, to));
        waitedNs += environment.nanoTime() - began;
    }

    /// Likewise, and returns when all is handed over.
    ///
    /// @param to where a record or blank begins, or the log ends, bytes from the start of the file
    void finish(long to) throws IOException {
        long began = environment.nanoTime();
        handingOver.await();
        handingOver = BesideWork.DONE;
        handOver(position, to);
        position = to;
        waitedNs += environment.nanoTime() - began;
    }

    /// The check has failed: whoever closes the files finds nobody at them.
    void abandon() {
        try {
            handingOver.await();
        } catch (IOException | RuntimeException e) {
            // what ended the check is told
        }
    }

    private void handOver(long from, long to) {
        if (from >= to) {
            return;
        }
        scanner.limitTo(to);
        scanner.seek(from);
        while (scanner.next() == Found.RECORD) {
            dispatcher.dispatch(request.at(scanner));
            if (++records % PROGRESS_RECORDS == 0) {
                environment.probe().event(ProbePoint.RECOVERY_STEP, scanner.commitLogOffset(), records);
            }
        }
    }

    /// For how long the check waited for it.
    long waitedNs() {
        return waitedNs;
    }
}
