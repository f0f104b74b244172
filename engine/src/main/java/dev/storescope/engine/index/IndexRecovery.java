package dev.storescope.engine.index;

import dev.storescope.engine.api.RecoveryReport.LastStop;
import dev.storescope.engine.dispatch.RecordFeed;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Makes the index say what the log says, when a store is opened: files that are not proven to be on disk go, and so do
/// those that point behind the log's end, and those that cannot be; then what is missing is built from the log. It looks at
/// the begin and the end of each file; the rest is proven by [IndexProof].
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
        files.deleteFromFirst(file -> wrongBegin(file, minOffset, log));
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

    /// New entries count the time from the begin of the file in use, so that has to be right before one is put.
    private Optional<String> wrongBegin(IndexFile file, long minOffset, RecordFeed log) {
        if (file != files.last().orElseThrow() || file.entries() == 0 || file.beginOffset() < minOffset) {
            return Optional.empty();
        }
        long[] timestamp = {-1};
        log.feed(file.beginOffset(), file.beginOffset() + 1, request -> timestamp[0] = request.storeTimestamp());
        return file.entryOffset(1) == file.beginOffset() && timestamp[0] == file.beginTimestamp()
                ? Optional.empty()
                : Optional.of("begin: expected offset %d and the time of its message, %d, found %d and %d".formatted(
                        file.entryOffset(1), timestamp[0], file.beginOffset(), file.beginTimestamp()));
    }

    private static boolean isRecord(long offset, RecordFeed log) {
        boolean[] found = {false};
        log.feed(offset, offset + 1, request -> found[0] |= request.commitLogOffset() == offset);
        return found[0];
    }

    /// Proves the files now, for a log that is short; what cannot be corrected goes.
    ///
    /// @param from what [#fitToLog] said
    /// @return from where on records have to be dispatched
    public long proveAtOnce(IndexProof proof, long from, long minOffset) throws IOException {
        long[] begin = {from};
        proof.onFault((file, reason) -> begin[0] = Math.max(minOffset, index.deleteFrom(file, reason)));
        proof.proveAtOnce();
        return begin[0];
    }

    /// Names of the files that were taken away, to be built again.
    public List<String> filesDeleted() {
        return files.distrusted();
    }

    /// Whether nothing is left of the index, so that all of the log has to pass by.
    public boolean hasNothing() {
        return files.all().isEmpty() && files.unreadable() == 0;
    }

    /// How many files there are.
    public int fileCount() {
        return files.all().size();
    }

    /// How many entries they have.
    public long entryCount() {
        return files.all().stream().mapToLong(IndexFile::entries).sum();
    }

    /// What was odd, and what was done about it.
    public List<String> notes() {
        return files.notes();
    }
}
