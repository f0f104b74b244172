package dev.storescope.engine.recovery;

import dev.storescope.engine.api.RecoveryReport.LastStop;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.file.MappedFileQueue;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import dev.storescope.engine.log.TailSearch;
import dev.storescope.engine.queue.RecoveryPoint;
import dev.storescope.engine.recovery.HoleSearch.BadPlace;
import java.util.List;
import java.util.OptionalLong;

/// Knows of records at the end of the log that are damaged, and behind which nothing sound proves it (`store.md` §7): a
/// torn tail is what a crash left half written, and the disk had all before the recovery point; and a clean stop leaves no
/// torn tail, so that a record of which all but the body is sound was whole once, and so was one that a queue points to or
/// behind. Zeros there prove nothing: a queue may have come to the disk without the log that it was made from.
///
/// Threads: the one that loads the store.
final class KnownEnd {
    private final MappedFileQueue files;
    private final LastStop stop;
    private final RecoveryPoint point;
    private final long queuesEnd;

    /// @param point what the run before left
    /// @param queuesEnd where the last record ends that a queue points to; 0 for none
    KnownEnd(MappedFileQueue files, LastStop stop, RecoveryPoint point, long queuesEnd) {
        this.queuesEnd = queuesEnd;
        this.files = files;
        this.stop = stop;
        this.point = point;
    }

    /// The damaged record behind which the log goes on or ends.
    ///
    /// @return a point behind the bad place, of no queue; [RecoveryPoint#NONE] when nobody knows of a record there
    RecoveryPoint behind(BadPlace bad) {
        if (bad.offset() < point.offset() && isPointOfThisLog(bad)) {
            return new RecoveryPoint(point.offset(), point.lastRecordOffset(), point.lastStoreTimestamp(), List.of());
        }
        if (stop != LastStop.CLEAN) {
            return RecoveryPoint.NONE;
        }
        RecoveryPoint whole = wholeButItsBody(bad);
        return whole == RecoveryPoint.NONE ? knownToQueues(bad) : whole;
    }

    private RecoveryPoint knownToQueues(BadPlace bad) {
        MappedFile last = files.find(queuesEnd - 1).orElse(null);
        long storeTimestamp = storeTimestampAt(bad.offset()).orElse(bad.latestBefore());
        if (queuesEnd <= bad.offset() || bad.fault().isEmpty()
                || last == null
                || storeTimestamp < bad.latestBefore()
                || isOlderRecordIn(bad.offset() + 1, queuesEnd, storeTimestamp)) {
            return RecoveryPoint.NONE;
        }
        boolean nothingBehind = queuesEnd == last.endOffset()
                || scanner(last).seek(queuesEnd - last.fromOffset()).next() == Found.END;
        return nothingBehind
                ? new RecoveryPoint(queuesEnd, bad.offset(), storeTimestamp, List.of())
                : RecoveryPoint.NONE;
    }

    /// RocketMQ zeroes nothing behind the end of a log that it cuts.
    private boolean isOlderRecordIn(long fromOffset, long toOffset, long storeTimestamp) {
        TailSearch any = new TailSearch(CrcCheck.SKIP, time -> time < storeTimestamp);
        return files.files()
                .stream()
                .filter(file -> file.endOffset() > fromOffset && file.fromOffset() < toOffset)
                .flatMapToLong(file -> any.lookFrom(file, Math.max(0, fromOffset - file.fromOffset())).stream())
                .anyMatch(offset -> offset < toOffset);
    }

    /// RocketMQ may have cut the log since, and written it anew: then records before the point or its last are others, and
    /// older ones may stand behind it.
    private boolean isPointOfThisLog(BadPlace bad) {
        long last = point.lastRecordOffset();
        OptionalLong ofLast = storeTimestampAt(last);
        return bad.latestBefore() <= point.lastStoreTimestamp()
                && files.find(point.offset() - 1).isPresent()
                && (ofLast.isEmpty() || ofLast.getAsLong() == point.lastStoreTimestamp())
                && storeTimestampAt(point.offset()).orElse(Long.MAX_VALUE) >= point.lastStoreTimestamp();
    }

    private RecoveryPoint wholeButItsBody(BadPlace bad) {
        OptionalLong storeTimestamp = storeTimestampAt(bad.offset());
        if (storeTimestamp.isEmpty() || storeTimestamp.getAsLong() < bad.latestBefore()) {
            return RecoveryPoint.NONE;
        }
        MappedFile file = files.find(bad.offset()).orElseThrow();
        RecordScanner scanner = scanner(file).seek(bad.offset() - file.fromOffset());
        scanner.next();
        long end = bad.offset() + scanner.sizeBytes();
        // What stands behind it now is older than it.
        boolean nothingBehind = scanner.next() == Found.END;
        return nothingBehind
                ? new RecoveryPoint(end, bad.offset(), storeTimestamp.getAsLong(), List.of())
                : RecoveryPoint.NONE;
    }

    /// Of a record that is sound but for its body.
    private OptionalLong storeTimestampAt(long offset) {
        MappedFile file = files.find(offset).orElse(null);
        if (file == null) {
            return OptionalLong.empty();
        }
        RecordScanner scanner = scanner(file).seek(offset - file.fromOffset());
        return scanner.next() == Found.RECORD ? OptionalLong.of(scanner.storeTimestamp()) : OptionalLong.empty();
    }

    private static RecordScanner scanner(MappedFile file) {
        return new RecordScanner(file.mapping(), file.fromOffset(), file.sizeBytes(), CrcCheck.SKIP);
    }
}
