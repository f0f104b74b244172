package dev.storescope.engine.inspect.check;

import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.dispatch.DispatchRequest;
import dev.storescope.engine.inspect.LogFile;
import dev.storescope.engine.inspect.LogStep;
import dev.storescope.engine.inspect.RecordCursor;
import dev.storescope.engine.inspect.StoreInspector;
import java.util.List;
import java.util.Optional;

/// Looks at single places of the log, and keeps the file of the last one open.
///
/// Close it. Threads: one.
final class LogLookup implements AutoCloseable {
    private final StoreInspector inspector;
    private List<LogFile> files;
    private Optional<Opened> opened = Optional.empty();

    LogLookup(StoreInspector inspector) {
        this.inspector = inspector;
        files = inspector.logFiles();
    }

    private record Opened(LogFile file, RecordCursor cursor) {
    }

    /// What stands at an offset of the log: nothing when no file has it.
    Optional<LogStep> at(long commitLogOffset) {
        return cursorAt(commitLogOffset).map(RecordCursor::next);
    }

    /// The record at an offset; nothing when there is no sound one. Valid until the next look-up.
    Optional<DispatchRequest> record(long commitLogOffset) {
        Optional<RecordCursor> cursor = cursorAt(commitLogOffset);
        return cursor.isPresent() && cursor.get().next() instanceof LogStep.Record
                ? Optional.of(new DispatchRequest().at(cursor.get().scanner()))
                : Optional.empty();
    }

    private Optional<RecordCursor> cursorAt(long commitLogOffset) {
        Optional<LogFile> file = fileOf(commitLogOffset);
        if (file.isEmpty() && inspector.mayBeRunning()) {
            files = inspector.logFiles(); // it may have been made meanwhile
            file = fileOf(commitLogOffset);
        }
        return file.flatMap(found -> open(found).map(cursor -> cursor.seek(commitLogOffset - found.fromOffset())));
    }

    private Optional<LogFile> fileOf(long commitLogOffset) {
        return files.stream()
                .filter(file -> commitLogOffset >= file.fromOffset()
                        && commitLogOffset - file.fromOffset() < file.sizeBytes())
                .findFirst();
    }

    private Optional<RecordCursor> open(LogFile file) {
        if (opened.isEmpty() || !opened.get().file().equals(file)) {
            close();
            try {
                opened = Optional.of(new Opened(file, inspector.open(file)));
            } catch (StoreException e) {
                return Optional.empty(); // the walk through the log says that it cannot be read
            }
        }
        return opened.map(Opened::cursor);
    }

    @Override
    public void close() {
        opened.ifPresent(open -> open.cursor().close());
        opened = Optional.empty();
    }
}
