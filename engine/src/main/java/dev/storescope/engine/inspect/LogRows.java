package dev.storescope.engine.inspect;

import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.log.MessageLayout;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Walks records and faults of a log through all its files, from any place where one begins.
///
/// A store may be writing meanwhile. What stands behind a place was written after it, so each place that cannot be read
/// is looked at once more when something stands behind it; only then it is a fault for good. When nothing does, it may
/// be a record that is half written: the walk ends there, and one that is taken up again begins with it.
///
/// Close it. Threads: one.
final class LogRows implements AutoCloseable {
    private final StoreInspector inspector;
    private final List<LogFile> files;
    private int fileIndex;
    private Optional<RecordCursor> cursor = Optional.empty();
    private long nextOffset;
    private boolean atTail;
    private Optional<LogFile> fileOfStep = Optional.empty();

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

    /// The next [LogStep.Record] or [LogStep.Fault], or [LogStep.End] behind the last of them.
    LogStep next() {
        while (!atTail && fileIndex < files.size()) {
            LogFile file = files.get(fileIndex);
            if (file.sizeBytes() > 0) {
                LogStep step = next(file, open(file));
                if (step instanceof LogStep.Record || step instanceof LogStep.Fault || atTail) {
                    return step;
                }
            }
            close();
            fileIndex++;
        }
        return new LogStep.End(nextOffset);
    }

    private LogStep next(LogFile file, RecordCursor open) {
        fileOfStep = Optional.of(file);
        LogStep step = open.next();
        return switch (step) {
            case LogStep.Record record -> record(record);
            case LogStep.Fault fault when !open.isAtEnd() -> {
                nextOffset = file.fromOffset() + open.nextPosition();
                yield fault;
            }
            case LogStep.Fault fault -> lastOfItsKind(fault, file, open);
            case LogStep.Blank blank -> {
                nextOffset = endOf(file);
                yield blank;
            }
            case LogStep.End end -> end(end, file, open);
        };
    }

    private LogStep.Record record(LogStep.Record record) {
        nextOffset = record.commitLogOffset() + record.sizeBytes();
        return record;
    }

    /// A fault of which it cannot be told where the next record begins: it is looked for.
    private LogStep lastOfItsKind(LogStep.Fault fault, LogFile file, RecordCursor open) {
        OptionalLong sound = open.seekSound(fault.position() + 1);
        atTail = sound.isEmpty() && !goesOnBehind();
        nextOffset = atTail
                ? fault.commitLogOffset()
                : file.fromOffset() + sound.orElse(file.sizeBytes());
        return atTail ? fault : lookAgain(fault, open, sound);
    }

    /// Zeros: the log ends here, if nothing stands in a later file.
    private LogStep end(LogStep.End end, LogFile file, RecordCursor open) {
        boolean wholeFile = file.sizeBytes() - end.position() < MessageLayout.BLANK_BYTES;
        nextOffset = file.fromOffset() + end.position();
        if (wholeFile) {
            return end;
        }
        if (!goesOnBehind()) {
            atTail = true;
            return end;
        }
        OptionalLong sound = open.seekSound(end.position() + 1);
        nextOffset = file.fromOffset() + sound.orElse(file.sizeBytes());
        return lookAgain(new LogStep.Fault(file.name(), end.position(), file.fromOffset() + end.position(),
                "size: expected a record or a blank, for the log goes on, found zeros"), open, sound);
    }

    /// @param sound where the walk goes on if it is a fault; nothing for the next file
    private LogStep lookAgain(LogStep.Fault fault, RecordCursor open, OptionalLong sound) {
        LogStep now = open.seek(fault.position()).next();
        switch (now) {
            case LogStep.Record record -> {
                return record(record);
            }
            case LogStep.Blank blank -> {
                nextOffset = fault.commitLogOffset() + blank.sizeBytes();
                return blank;
            }
            case LogStep.Fault _,LogStep.End _ -> {
                if (sound.isPresent()) {
                    open.seek(sound.getAsLong());
                } else {
                    close();
                    fileIndex++;
                }
                return fault;
            }
        }
    }

    /// Whether anything stands in a later file.
    private boolean goesOnBehind() {
        for (LogFile later : files.subList(fileIndex + 1, files.size())) {
            if (later.sizeBytes() > 0) {
                try (RecordCursor first = inspector.open(later)) {
                    if (!(first.next() instanceof LogStep.End)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private RecordCursor open(LogFile file) {
        if (cursor.isEmpty()) {
            cursor = Optional.of(inspector.open(file).seek(Math.max(0, nextOffset - file.fromOffset())));
        }
        return cursor.get();
    }

    /// Of the last step; only after a record or fault.
    LogFile file() {
        return fileOfStep.orElseThrow();
    }

    /// Whether nothing stands behind the last step: a fault there may be a record that is half written.
    boolean isAtTail() {
        return atTail;
    }

    /// Only after a record.
    MessageExt message() {
        return cursor.orElseThrow().message();
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
