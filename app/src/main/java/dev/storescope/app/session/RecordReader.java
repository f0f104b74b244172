package dev.storescope.app.session;

import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.LogHole;
import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.inspect.LogStep;
import dev.storescope.engine.inspect.LogWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds the records of an open store at any place of its log.
///
/// Reads no more of a file than it must: first a little before the place, then more, until a record begins there. Goes
/// over what cannot be read.
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
        long fileBytes = store.config().mappedFileSizeCommitLog();
        long fileFrom = fromOffset - fromOffset % fileBytes;
        long end = Math.min(toOffset, fileFrom + fileBytes);
        List<RecordHead> found = new ArrayList<>();
        long soundFrom = fileFrom;
        for (LogHole hole : store.logHoles()) {
            if (hole.toOffset() > soundFrom && hole.fromOffset() < end) {
                found.addAll(inPart(soundFrom, fromOffset, hole.fromOffset(), limit - found.size()));
                soundFrom = hole.toOffset();
            }
        }
        found.addAll(inPart(soundFrom, fromOffset, end, limit - found.size()));
        return found;
    }

    /// @param soundFrom nothing that cannot be read lies between here and `toOffset`
    private List<RecordHead> inPart(long soundFrom, long askedFrom, long toOffset, int limit) {
        long fromOffset = Math.max(soundFrom, askedFrom);
        if (fromOffset >= toOffset || limit <= 0) {
            return List.of();
        }
        long back = FIRST_LOOK_BACK_BYTES;
        while (true) {
            long begin = Math.max(soundFrom, fromOffset - back);
            Optional<List<RecordHead>> found = look(begin, fromOffset, toOffset, limit);
            if (found.isPresent() || begin == soundFrom) {
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
