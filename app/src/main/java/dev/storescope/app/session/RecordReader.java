package dev.storescope.app.session;

import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.inspect.LogStep;
import dev.storescope.engine.inspect.LogWindow;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds the records of an open store at any place of its log.
///
/// Reads no more of a file than it must: first a little before the place, then more, until a record begins there.
///
/// Threads: the session thread.
final class RecordReader {
    private static final long FIRST_LOOK_BACK_BYTES = 64 << 10;
    private static final int LOOK_BACK_GROWS_BY = 16;

    private final MessageStore store;

    RecordReader(MessageStore store) {
        this.store = store;
    }

    /// Records of which any byte lies in the range, by offset; only those of the file in which it begins.
    List<RecordHead> records(long fromOffset, long toOffset, int limit) {
        long fileFrom = fromOffset - fromOffset % store.config().mappedFileSizeCommitLog();
        long back = FIRST_LOOK_BACK_BYTES;
        while (true) {
            long begin = Math.max(fileFrom, fromOffset - back);
            Optional<List<RecordHead>> found = look(begin, fromOffset, toOffset, limit);
            if (found.isPresent() || begin == fileFrom) {
                return found.orElse(List.of());
            }
            back *= LOOK_BACK_GROWS_BY;
        }
    }

    /// Nothing when no record begins between `begin` and `fromOffset`.
    private Optional<List<RecordHead>> look(long begin, long fromOffset, long toOffset, int limit) {
        Optional<SelectMappedBufferResult> data = store.getCommitLogData(begin);
        if (data.isEmpty()) {
            return Optional.empty();
        }
        try (SelectMappedBufferResult lease = data.get()) {
            var window = new LogWindow(lease.segment(), begin);
            OptionalLong start = window.lastStartUpTo(fromOffset);
            if (start.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(window.walk(start.getAsLong(), toOffset, limit + 1)
                    .stream()
                    .map(RecordReader::head)
                    .filter(head -> head.place().endOffset() > fromOffset)
                    .limit(limit)
                    .toList());
        }
    }

    private static RecordHead head(LogStep.Record record) {
        return new RecordHead(new RecordPlace(record.commitLogOffset(), record.sizeBytes()), record.topic(),
                record.queueId(), record.queueOffset(), record.storeTimestamp());
    }
}
