package dev.storescope.engine.recovery;

import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.file.MappedFileQueue;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import dev.storescope.engine.queue.RecoveryPoint;

/// Where the opening begins to check the log: at the point up to which the run before had everything on disk, so that the
/// time it takes depends on what came behind, and not on how long the log is. What lies before is proven while the store
/// runs.
///
/// @param point at the log's begin [RecoveryPoint#NONE]: everything is checked
/// @param offset where a record or blank begins, or the log ends
/// @param atOnceBytes so much of the log at most is gone through for what might wait until the store runs
/// @param left the point that the run before left, also where the opening does not begin there
public record OpeningStart(RecoveryPoint point, long offset, long atOnceBytes, RecoveryPoint left) {
    /// A log no longer than this is checked as a whole: that takes some milliseconds, and leaves nothing to be proven.
    public static final long AT_ONCE_BYTES = 32L << 20;

    /// @param point what the run before left; counts only if the log has the record that it ends with
    /// @param atOnceBytes so much before the point is checked all the same, if that is all there is
    public static OpeningStart of(RecoveryPoint point, MappedFileQueue log, long atOnceBytes) {
        long minOffset = log.minOffset();
        return point.offset() - minOffset > atOnceBytes && hasItsLastRecord(point, log)
                ? new OpeningStart(point, point.offset(), atOnceBytes, point)
                : new OpeningStart(RecoveryPoint.NONE, minOffset, atOnceBytes, point);
    }

    /// Everything is checked.
    public static OpeningStart atBegin(MappedFileQueue log, long atOnceBytes) {
        return new OpeningStart(RecoveryPoint.NONE, log.minOffset(), atOnceBytes, RecoveryPoint.NONE);
    }

    /// Everything is checked after all.
    public OpeningStart fromBegin(MappedFileQueue log) {
        return new OpeningStart(RecoveryPoint.NONE, log.minOffset(), atOnceBytes, left);
    }

    /// Whether something is left to be proven.
    public boolean isBehindBegin() {
        return point != RecoveryPoint.NONE;
    }

    /// Its body may be damaged: the log ended behind it all the same, and the proof finds the damage.
    private static boolean hasItsLastRecord(RecoveryPoint point, MappedFileQueue log) {
        MappedFile file = log.find(point.lastRecordOffset()).orElse(null);
        if (file == null) {
            return false;
        }
        RecordScanner scanner = new RecordScanner(file.mapping(), file.fromOffset(), file.sizeBytes(), CrcCheck.SKIP);
        return scanner.seek(point.lastRecordOffset() - file.fromOffset()).next() == Found.RECORD
                && scanner.storeTimestamp() == point.lastStoreTimestamp()
                && scanner.commitLogOffset() + scanner.sizeBytes() == point.offset();
    }
}
