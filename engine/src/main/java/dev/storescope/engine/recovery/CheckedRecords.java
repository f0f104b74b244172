package dev.storescope.engine.recovery;

import dev.storescope.engine.dispatch.CommitLogDispatcher;
import dev.storescope.engine.dispatch.DispatchRequest;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import dev.storescope.engine.probe.ProbePoint;
import java.util.Optional;

/// Hands the records of the log to a dispatcher close behind the check that has found them sound, while the processor still
/// has them in its cache: so the log comes from memory once, whatever is built from it. To do that beside the check was slower.
///
/// Threads: the one that loads the store.
final class CheckedRecords {
    /// Handed over at a time: fits into a processor's second cache beside what is built.
    private static final long STEP_BYTES = 128L << 10;
    /// The probe is told of every so many records.
    private static final int PROGRESS_RECORDS = 1 << 16;

    private final StoreEnvironment environment;
    private final CommitLogDispatcher dispatcher;
    private final DispatchRequest request = new DispatchRequest();
    private Optional<MappedFile> file = Optional.empty();
    private RecordScanner scanner;
    /// Bytes from the start of the file; none before have to be handed over.
    private long position;
    private long records;
    private long tookNs;

    CheckedRecords(StoreEnvironment environment, CommitLogDispatcher dispatcher) {
        this.environment = environment;
        this.dispatcher = dispatcher;
    }

    /// Goes on there.
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

    /// Hands over what is left before a position: sound records only.
    ///
    /// @param to where a record or blank begins, or the log ends, bytes from the start of the file
    void upTo(long to) {
        if (to <= position) {
            return;
        }
        long began = environment.nanoTime();
        scanner.limitTo(to);
        scanner.seek(position);
        while (scanner.next() == Found.RECORD) {
            dispatcher.dispatch(request.at(scanner));
            if (++records % PROGRESS_RECORDS == 0) {
                environment.probe().event(ProbePoint.RECOVERY_STEP, scanner.commitLogOffset(), records);
            }
        }
        position = to;
        tookNs += environment.nanoTime() - began;
    }

    /// How long the dispatcher took for all of them.
    long tookNs() {
        return tookNs;
    }
}
