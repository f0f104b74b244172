package dev.storescope.engine.queue;

import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;

/// Checks the body of a record before it is given out, where nobody has done so since the store was opened.
///
/// Threads: any.
final class UnprovenBodies {
    private static final System.Logger LOG = System.getLogger(UnprovenBodies.class.getName());

    private final CommitLog log;

    UnprovenBodies(CommitLog log) {
        this.log = log;
    }

    /// Of a record that is sound otherwise. What fails is a hole of the log from now on; the proof finds its whole extent
    /// later.
    ///
    /// @param position of the record's first byte in `bytes`
    boolean isSound(MemorySegment bytes, long position, long commitLogOffset, int sizeBytes) {
        if (log.unproven().holds(commitLogOffset)) {
            return check(bytes.asSlice(position, sizeBytes), commitLogOffset, sizeBytes);
        }
        // The proof may have come past since the caller asked for holes: what it found is told before what it is through with. (But
        // that a record's text is torn is known only with the record behind it, perhaps a turn later.)
        return log.holes().nextHoleOffset(commitLogOffset) >= commitLogOffset + sizeBytes;
    }

    private boolean check(MemorySegment record, long commitLogOffset, int sizeBytes) {
        RecordScanner scanner = new RecordScanner(record, commitLogOffset, sizeBytes, CrcCheck.CHECK);
        if (scanner.next() == Found.RECORD) {
            return true;
        }
        LOG.log(Level.WARNING, "the record at offset {0} is damaged and not given out: {1}", commitLogOffset,
                scanner.fault());
        log.holes().add(commitLogOffset, commitLogOffset + sizeBytes, scanner.fault());
        return false;
    }
}
