package dev.storescope.engine.index;

import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.file.MappedFileQueue;
import dev.storescope.engine.log.LogHoles;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import java.lang.System.Logger.Level;
import java.util.Optional;

/// Goes along the records of the log in steps while the store runs; over its blanks, its holes, and what expires.
///
/// Threads: one.
final class RecordWalk {
    private static final System.Logger LOG = System.getLogger(RecordWalk.class.getName());

    private final MappedFileQueue files;
    private final LogHoles holes;
    private Optional<MappedFile> file = Optional.empty();
    private RecordScanner scanner;

    RecordWalk(MappedFileQueue files, LogHoles holes) {
        this.files = files;
        this.holes = holes;
    }

    /// Looks at a record.
    interface Visitor {
        /// @return whether to go on behind it; else the walk ends in front of it
        boolean visit(RecordScanner record);
    }

    /// How far a step came.
    ///
    /// @param offset of the next record
    /// @param done records, blanks and holes gone over
    record Reached(long offset, int done) {
    }

    /// @param fromOffset where a record or blank begins
    /// @param limit the log is proven up to there
    /// @param most records at most
    Reached step(long fromOffset, long limit, int most, Visitor visitor) {
        long at = holes.nextSoundOffset(Math.max(fromOffset, files.minOffset()));
        MappedFile found = at < limit ? files.find(at).orElse(null) : null;
        if (found == null || !found.hold()) {
            return new Reached(Math.max(at, fromOffset), 0); // nothing is there, or it expires just now
        }
        try {
            if (file.isEmpty() || file.get() != found) {
                file = Optional.of(found);
                scanner = new RecordScanner(found.mapping(), found.fromOffset(), found.sizeBytes(), CrcCheck.SKIP);
            }
            return step(found, at, limit, most, visitor);
        } finally {
            found.release();
        }
    }

    private Reached step(MappedFile current, long fromOffset, long limit, int most, Visitor visitor) {
        long end = Math.min(limit, current.endOffset());
        scanner.limitTo(end - current.fromOffset());
        long at = fromOffset;
        int done = 0;
        while (done < most && at < end) {
            Found found = scanner.seek(at - current.fromOffset()).next();
            if (found == Found.RECORD && !visitor.visit(scanner)) {
                return new Reached(at, done);
            }
            at = holes.nextSoundOffset(switch (found) {
                case RECORD -> at + scanner.sizeBytes();
                case BLANK -> current.endOffset();
                case END, FAULT -> goOver(at, current, found == Found.FAULT ? scanner.fault() : "zeros");
            });
            done++;
        }
        return new Reached(at, done);
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
