package dev.storescope.engine.inspect;

import dev.storescope.engine.api.MessageExt;
import java.util.List;
import java.util.Optional;

/// Walks records and faults of a log through all its files, from any place where one begins.
///
/// Close it. Threads: one.
final class LogRows implements AutoCloseable {
    private final StoreInspector inspector;
    private final List<LogFile> files;
    private int fileIndex;
    private Optional<RecordCursor> cursor = Optional.empty();
    private long nextOffset;

    /// @param files by offset
    /// @param offset where a record begins, or the log's end
    LogRows(StoreInspector inspector, List<LogFile> files, long offset) {
        this.inspector = inspector;
        this.files = files;
        nextOffset = offset;
        while (fileIndex < files.size() && endOf(files.get(fileIndex)) <= offset) {
            fileIndex++;
        }
    }

    /// The next [LogStep.Record] or [LogStep.Fault], or [LogStep.End] behind the last file.
    LogStep next() {
        while (fileIndex < files.size()) {
            LogFile file = files.get(fileIndex);
            if (file.sizeBytes() > 0) {
                LogStep step = open(file).next();
                switch (step) {
                    case LogStep.Record record -> {
                        nextOffset = record.commitLogOffset() + record.sizeBytes();
                        return step;
                    }
                    case LogStep.Fault fault -> {
                        // A walk that is taken up again must not meet it a second time.
                        nextOffset = cursor.orElseThrow().isAtEnd()
                                ? endOf(file)
                                : file.fromOffset() + cursor.orElseThrow().nextPosition();
                        return fault;
                    }
                    case LogStep.Blank _ -> nextOffset = endOf(file);
                    case LogStep.End _ -> {
                        // Zeros: the log goes on here if it ends here.
                    }
                }
            }
            close();
            fileIndex++;
        }
        return new LogStep.End(nextOffset);
    }

    private RecordCursor open(LogFile file) {
        if (cursor.isEmpty()) {
            cursor = Optional.of(inspector.open(file).seek(Math.max(0, nextOffset - file.fromOffset())));
        }
        return cursor.get();
    }

    /// Of the last step; only after a record or fault.
    LogFile file() {
        return files.get(fileIndex);
    }

    /// Only after a record.
    MessageExt message() {
        return cursor.orElseThrow().message();
    }

    /// Only after a record.
    byte[] recordBytes() {
        return cursor.orElseThrow().recordBytes();
    }

    /// Where the walk goes on.
    long nextOffset() {
        return nextOffset;
    }

    private static long endOf(LogFile file) {
        return file.fromOffset() + file.sizeBytes();
    }

    @Override
    public void close() {
        cursor.ifPresent(RecordCursor::close);
        cursor = Optional.empty();
    }
}
