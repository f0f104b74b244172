package dev.storescope.engine.inspect;

import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.StoreEnvironment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Lets one look through the log of any directory, however large, without writing to it: a list of all records of which
/// any part can be shown at once, and each message with its fields and bytes.
///
/// Opening reads the names of the files only. [#readOn] then walks the log bit by bit, checks each record and remembers
/// where every 256th begins, which is 8 bytes of memory for 256 messages; rows are known as far as it has come. What is
/// known of a row stays, but for a fault behind which nothing stands: a running store may be writing a record there, so
/// [#refresh] reads it anew.
///
/// Threads: [#readOn], [#refresh], [#isSameLog] and [#lookAhead] by one; the rest by any.
public final class StoreBrowser {
    private final StoreInspector inspector;
    private final Disk disk;
    private final Path directory;
    private final RowMap rowMap = new RowMap();
    private final List<LogStep.Fault> faults = new ArrayList<>();
    // Of the reading thread.
    private long rows;
    private long faultCount;
    private long nextOffset;
    private boolean lastIsTail;
    private Optional<LogStep.Record> lastRecord = Optional.empty();
    private final LogGrowth growth;
    private volatile List<LogFile> files;
    private volatile Progress progress;

    private StoreBrowser(StoreInspector inspector, Disk disk, Path directory) {
        this.inspector = inspector;
        this.disk = disk;
        this.directory = directory;
        growth = new LogGrowth(inspector);
        files = inspector.logFiles();
        nextOffset = files.isEmpty() ? 0 : files.getFirst().fromOffset();
        publish(files.isEmpty());
    }

    /// How far the log is known.
    ///
    /// @param rows records and faults so far
    /// @param faultCount places where no record could be read, so far
    /// @param faults the first of these, at most [StoreInspector#MAX_FAULTS]
    /// @param readBytes of the log files; all of them when complete
    /// @param totalBytes of all log files
    /// @param endOffset where the last record or blank ends, so far
    /// @param complete whether the end of the log was reached
    /// @param goneRows the first rows, whose files were deleted after they were read
    public record Progress(long rows, long faultCount, List<LogStep.Fault> faults, long readBytes, long totalBytes,
            long endOffset, boolean complete, long goneRows) {
        public Progress {
            faults = List.copyOf(faults);
        }
    }

    /// What has come since the end of the log was reached.
    ///
    /// @param bytes of whole records, and of the blanks between them
    public record Growth(long bytes, long messages) {
        public static final Growth NONE = new Growth(0, 0);
    }

    /// Lists the files. Throws [dev.storescope.engine.api.StoreException] when the directory is none of a store, or
    /// cannot be read.
    public static StoreBrowser open(StoreEnvironment environment, Path directory) {
        StoreInspector inspector = new StoreInspector(environment, directory);
        inspector.requireStore();
        return new StoreBrowser(inspector, environment.disk(), directory.toAbsolutePath().normalize());
    }

    public Path directory() {
        return directory;
    }

    /// The files of the log, by offset, as they were when the browser was opened or last refreshed.
    public List<LogFile> files() {
        return files;
    }

    public Progress progress() {
        return progress;
    }

    /// Lists the files again and goes on where the log ended: a running store has written since.
    public void refresh() {
        files = inspector.logFiles();
        if (lastIsTail) {
            lastIsTail = false;
            rows--;
            faultCount--;
            if (faultCount < faults.size()) {
                faults.removeLast();
            }
        }
        publish(false);
    }

    /// Whether the directory still has the log that was read: its last record stands where it stood, or was deleted with
    /// all before it since it had expired. Throws [dev.storescope.engine.api.StoreException] when a file cannot be read.
    public boolean isSameLog() {
        if (lastRecord.isEmpty()) {
            return true;
        }
        LogStep.Record last = lastRecord.get();
        List<LogFile> now = inspector.logFiles();
        Optional<LogFile> holder = holder(now, last.commitLogOffset());
        if (holder.isEmpty()) {
            return !now.isEmpty() && now.getFirst().fromOffset() > last.commitLogOffset();
        }
        try (RecordCursor cursor = inspector.open(holder.get())) {
            return cursor.seek(last.commitLogOffset() - holder.get().fromOffset()).next().equals(last);
        }
    }

    /// Counts what has come since the end was reached, without reading it: at most so many records more at a time.
    public Growth lookAhead(int mostRecords) {
        return growth.look(inspector.logFiles(), nextOffset, mostRecords);
    }

    /// Reads on for at most so many records. Throws [dev.storescope.engine.api.StoreException] when a file cannot be
    /// read, unless a running store has just deleted it.
    ///
    /// @return false when the end is reached
    public boolean readOn(int mostRecords) {
        try (LogRows walk = new LogRows(inspector, files, nextOffset)) {
            boolean complete = false;
            for (int i = 0; i < mostRecords && !complete; i++) {
                switch (walk.next()) {
                    case LogStep.Record record -> {
                        addRow(walk.file(), record.commitLogOffset());
                        lastRecord = Optional.of(record);
                    }
                    case LogStep.Fault fault -> {
                        addRow(walk.file(), fault.commitLogOffset());
                        addFault(fault);
                        lastIsTail = walk.isAtTail();
                        complete = lastIsTail;
                    }
                    case LogStep.Blank _,LogStep.End _ -> complete = true;
                }
                nextOffset = walk.nextOffset();
            }
            publish(complete);
            return !complete;
        } catch (StoreException e) {
            List<LogFile> now = inspector.logFiles();
            if (now.isEmpty() || now.getFirst().fromOffset() <= files.getFirst().fromOffset()) {
                throw e;
            }
            files = now;
            publish(false);
            return true;
        }
    }

    private void addRow(LogFile file, long offset) {
        rowMap.add(file, rows, offset);
        rows++;
    }

    private void addFault(LogStep.Fault fault) {
        faultCount++;
        if (faults.size() < StoreInspector.MAX_FAULTS) {
            faults.add(fault);
        }
    }

    private void publish(boolean complete) {
        long total = 0;
        long read = 0;
        for (LogFile file : files) {
            total += file.sizeBytes();
            read += Math.clamp(nextOffset - file.fromOffset(), 0, file.sizeBytes());
        }
        long gone = rows == 0 ? 0 : rowMap.rowsBefore(files).orElse(rows);
        progress = new Progress(rows, faultCount, faults, complete ? total : read, total, nextOffset, complete, gone);
    }

    /// At most so many rows from `fromRow` on, as far as they are known and as a running store has not deleted their
    /// file.
    public List<BrowsedRow> rows(long fromRow, int most) {
        long known = progress.rows();
        List<BrowsedRow> found = new ArrayList<>();
        List<LogFile> now = files;
        Optional<RowMap.Start> start = fromRow < 0 || fromRow >= known
                ? Optional.empty()
                : rowMap.startBefore(fromRow, now);
        if (start.isEmpty()) {
            return found;
        }
        long end = Math.min(known, fromRow + most);
        try (LogRows walk = new LogRows(inspector, now, start.get().offset())) {
            for (long row = start.get().row(); row < end; row++) {
                LogStep step = walk.next();
                if (step instanceof LogStep.End) {
                    break;
                }
                if (row >= fromRow) {
                    found.add(row(row, step, walk));
                }
            }
        }
        return found;
    }

    private static BrowsedRow row(long row, LogStep step, LogRows walk) {
        if (step instanceof LogStep.Record) {
            MessageExt message = walk.message();
            return new BrowsedRow(row, walk.file().name(), step, message.keys(), message.tags(),
                    message.body().length);
        }
        return new BrowsedRow(row, walk.file().name(), step, "", "", 0);
    }

    /// The row in which `offset` lies, or the last one before it; nothing when none is known up to there.
    public OptionalLong rowAt(long offset) {
        long known = progress.rows();
        List<LogFile> now = files;
        Optional<RowMap.Start> start = rowMap.startBeforeOffset(offset, now);
        OptionalLong found = OptionalLong.empty();
        if (start.isEmpty()) {
            return found;
        }
        try (LogRows walk = new LogRows(inspector, now, start.get().offset())) {
            long row = start.get().row();
            while (row < known && offsetOf(walk.next()) <= offset) {
                found = OptionalLong.of(row);
                row++;
            }
        }
        return found;
    }

    private static long offsetOf(LogStep step) {
        return switch (step) {
            case LogStep.Record record -> record.commitLogOffset();
            case LogStep.Fault fault -> fault.commitLogOffset();
            case LogStep.Blank _,LogStep.End _ -> Long.MAX_VALUE;
        };
    }

    /// The message whose record begins at `offset`; nothing when none does.
    public Optional<MessageDetail> detail(long offset) {
        return holder(offset).flatMap(file -> detail(file, offset - file.fromOffset()));
    }

    private Optional<MessageDetail> detail(LogFile file, long position) {
        try (RecordCursor cursor = inspector.open(file)) {
            if (!(cursor.seek(position).next() instanceof LogStep.Record)) {
                return Optional.empty();
            }
            MessageExt message = cursor.message();
            byte[] bytes = cursor.recordBytes();
            return Optional.of(new MessageDetail(message, file.name(), position, bytes,
                    RecordFields.of(message, bytes)));
        }
    }

    /// The bytes from `offset` on, whatever they are, at most so many and no more than their file has; none when no file
    /// holds them.
    public byte[] bytes(long offset, int most) {
        Optional<LogFile> holder = holder(offset);
        if (holder.isEmpty()) {
            return new byte[0];
        }
        try (RecordCursor cursor = inspector.open(holder.get())) {
            return cursor.bytesAt(offset - holder.get().fromOffset(), most);
        }
    }

    /// Where a message stands in its queue. Throws [dev.storescope.engine.api.StoreException] when the queue cannot be
    /// read.
    public QueueEntryView queueEntry(MessageExt message) {
        return new QueueEntryFinder(disk, directory).find(message);
    }

    private Optional<LogFile> holder(long offset) {
        return holder(files, offset);
    }

    private static Optional<LogFile> holder(List<LogFile> among, long offset) {
        return among.stream()
                .filter(file -> file.fromOffset() <= offset && offset < file.fromOffset() + file.sizeBytes())
                .findFirst();
    }

    /// Begins to look for messages, from the start of the log.
    public MessageSearch search(MessageQuery query) {
        return new MessageSearch(inspector, files, query);
    }
}
