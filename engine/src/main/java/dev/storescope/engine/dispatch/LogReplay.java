package dev.storescope.engine.dispatch;

import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.file.MappedFileQueue;
import dev.storescope.engine.log.LogHoles;
import dev.storescope.engine.log.LogHoles.SoundPart;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import dev.storescope.engine.probe.ProbePoint;

/// Reads records of the log once more, for what is built from them; goes over what cannot be read.
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
        while (found == Found.RECORD && scanner.commitLogOffset() < toOffset) {
            if (scanner.commitLogOffset() >= fromOffset) {
                dispatcher.dispatch(request.at(scanner));
                if (++records % PROGRESS_RECORDS == 0) {
                    environment.probe().event(ProbePoint.RECOVERY_STEP, scanner.commitLogOffset(), records);
                }
            }
            found = scanner.next();
        }
    }
}
