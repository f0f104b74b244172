package dev.storescope.engine.dispatch;

import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.file.MappedFileQueue;
import dev.storescope.engine.log.LogHoles;
import dev.storescope.engine.log.LogHoles.SoundPart;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import dev.storescope.engine.log.TailSearch;
import dev.storescope.engine.probe.ProbePoint;
import java.util.OptionalLong;

/// Reads records of the log once more, for what is built from them; goes over what cannot be read. Damage that nobody knew
/// of, in a part of the log that is not checked yet, is noted as a hole.
///
/// Threads: the one that loads the store.
public final class LogReplay implements RecordFeed {
    /// The probe is told of every so many records.
    private static final int PROGRESS_RECORDS = 1 << 16;

    private final StoreEnvironment environment;
    private final MappedFileQueue files;
    private final LogHoles holes;
    private final DispatchRequest request = new DispatchRequest();
    private long records;

    public LogReplay(StoreEnvironment environment, MappedFileQueue files, LogHoles holes) {
        this.environment = environment;
        this.files = files;
        this.holes = holes;
    }

    @Override
    public void feed(long fromOffset, long toOffset, CommitLogDispatcher dispatcher) {
        for (MappedFile file : files.files()) {
            if (file.endOffset() > fromOffset && file.fromOffset() < toOffset) {
                for (SoundPart part : holes.soundParts(file.fromOffset(),
                        file.fromOffset() + file.readablePosition())) {
                    if (part.toOffset() > fromOffset && part.fromOffset() < toOffset) {
                        feedPart(file, part, fromOffset, toOffset, dispatcher);
                    }
                }
            }
        }
    }

    private void feedPart(MappedFile file, SoundPart part, long fromOffset, long toOffset,
            CommitLogDispatcher dispatcher) {
        RecordScanner scanner = new RecordScanner(file.mapping(), file.fromOffset(),
                part.toOffset() - file.fromOffset(), CrcCheck.SKIP);
        long begin = part.fromOffset() - file.fromOffset();
        Found found = scanner.seek(Math.max(begin, fromOffset - file.fromOffset())).next();
        if (found == Found.FAULT) {
            // No record begins there, so the first one behind it is found from the begin.
            found = scanner.seek(begin).next();
        }
        long latestStoreTimestamp = 0;
        long end = Math.min(toOffset, part.toOffset());
        while (found != Found.BLANK && scanner.commitLogOffset() < end) {
            if (found == Found.RECORD) {
                latestStoreTimestamp = Math.max(latestStoreTimestamp, scanner.storeTimestamp());
                if (scanner.commitLogOffset() >= fromOffset) {
                    feed(scanner, dispatcher);
                }
            } else {
                String reason = found == Found.FAULT ? scanner.fault() : "expected a record, found zeros";
                scanner.seek(noteHole(file, part, scanner.position(), reason, latestStoreTimestamp));
            }
            found = scanner.next();
        }
    }

    private void feed(RecordScanner scanner, CommitLogDispatcher dispatcher) {
        dispatcher.dispatch(request.at(scanner));
        if (++records % PROGRESS_RECORDS == 0) {
            environment.probe().event(ProbePoint.RECOVERY_STEP, scanner.commitLogOffset(), records);
        }
    }

    /// @return where the part goes on or ends, bytes from the start of the file
    private long noteHole(MappedFile file, SoundPart part, long position, String reason, long latestStoreTimestamp) {
        OptionalLong sound = new TailSearch(CrcCheck.CHECK, time -> time >= latestStoreTimestamp)
                .lookFrom(file, position + 1);
        OptionalLong next = sound.isPresent() ? sound : TailSearch.blankFrom(file, position + 1);
        long end = Math.min(part.toOffset(), next.orElse(part.toOffset()));
        holes.add(file.fromOffset() + position, end, reason);
        return end - file.fromOffset();
    }
}
