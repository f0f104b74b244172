package dev.storescope.engine.index;

import dev.storescope.engine.api.RecoveryReport.LastStop;
import dev.storescope.engine.dispatch.RecordFeed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the index say what the log says, when a store is opened: files that are not proven to be on disk go, and so do
/// those that point behind the log's end, those behind a hole, and those that cannot be; then what is missing is built
/// from the log.
///
/// Threads: the one that loads the store.
public final class IndexRecovery {
    private final IndexService index;
    private final IndexFiles files;

    public IndexRecovery(IndexService index) {
        this.index = index;
        this.files = index.files();
    }

    /// Opens the files, and takes away what a crash may have left half done: all that were not full and forced.
    ///
    /// @param indexMsgTimestamp of the checkpoint
    public void load(LastStop lastStop, long indexMsgTimestamp) throws IOException {
        index.load();
        boolean[] reached = {false};
        files.deleteFromFirst(file -> {
            boolean proven = lastStop != LastStop.UNCLEAN
                    || file.isFull() && isForced(file, indexMsgTimestamp, reached);
            String why = proven ? file.fault() : "not known to be on disk before the crash";
            return why.isEmpty() ? Optional.empty() : Optional.of(why);
        });
    }

    /// Files are forced in their order, and the checkpoint has the time of the last one. Of several that end within that
    /// millisecond only the first is sure to be meant.
    private static boolean isForced(IndexFile file, long indexMsgTimestamp, boolean[] reached) {
        boolean forced = file.endTimestamp() < indexMsgTimestamp
                || file.endTimestamp() == indexMsgTimestamp && !reached[0];
        reached[0] |= file.endTimestamp() == indexMsgTimestamp;
        return forced;
    }

    /// Brings the index into line with the log.
    ///
    /// @param minOffset where the log begins
    /// @param endOffset where it ends
    /// @param log to look at the records that the index speaks of
    /// @return from where on records have to be dispatched, so that the index has all: where a record begins, or
    ///     `endOffset`
    public long fitToLog(long minOffset, long endOffset, RecordFeed log) throws IOException {
        files.deleteFromFirst(file -> wrongOffset(file, minOffset, endOffset, log));
        files.deleteBefore(minOffset);
        deleteBehindGap(minOffset, log);
        long known = files.last().map(IndexFile::endOffset).orElse(-1L);
        long unreadable = files.unreadableEndOffset(endOffset);
        if (unreadable > known && isRecord(unreadable, log)) {
            known = unreadable;
        }
        index.goOnBehind(known);
        return known < minOffset ? minOffset : Math.min(known, Math.max(minOffset, endOffset));
    }

    private static Optional<String> wrongOffset(IndexFile file, long minOffset, long endOffset, RecordFeed log) {
        if (file.endOffset() >= endOffset) {
            return Optional.of("points to offset %d, behind the end of the log at %d".formatted(file.endOffset(),
                    endOffset));
        }
        for (long offset : new long[] {file.beginOffset(), file.endOffset()}) {
            if (offset >= minOffset && !isRecord(offset, log)) {
                return Optional.of("points to offset %d, where no record begins".formatted(offset));
            }
        }
        return Optional.empty();
    }

    private static boolean isRecord(long offset, RecordFeed log) {
        boolean[] found = {false};
        log.feed(offset, offset + 1, request -> found[0] |= request.commitLogOffset() == offset);
        return found[0];
    }

    /// Files that are missing in the middle or at the begin show as records with keys that no file has.
    private void deleteBehindGap(long minOffset, RecordFeed log) throws IOException {
        if (files.unreadable() > 0 || !index.isEnabled()) {
            return;
        }
        IndexKeys keys = new IndexKeys();
        long[] lastCovered = {-1};
        files.deleteFromFirst(file -> {
            long covered = lastCovered[0];
            List<Long> missing = new ArrayList<>();
            log.feed(Math.max(minOffset, covered), file.beginOffset(), request -> {
                if (missing.isEmpty() && request.commitLogOffset() != covered && keys.collect(request) > 0) {
                    missing.add(request.commitLogOffset());
                }
            });
            lastCovered[0] = Math.max(covered, file.endOffset());
            return missing.stream()
                    .findFirst()
                    .map(offset -> "no file before it has the message at offset " + offset);
        });
    }

    /// What was odd, and what was done about it.
    public List<String> notes() {
        return files.notes();
    }
}
