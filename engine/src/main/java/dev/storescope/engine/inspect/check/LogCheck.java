package dev.storescope.engine.inspect.check;

import dev.storescope.engine.dispatch.DispatchRequest;
import dev.storescope.engine.inspect.LogFile;
import dev.storescope.engine.inspect.LogStep;
import dev.storescope.engine.inspect.RecordCursor;
import dev.storescope.engine.inspect.StoreInspector;
import dev.storescope.engine.inspect.check.CheckFault.Kind;
import dev.storescope.engine.inspect.check.CheckFault.Part;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Walks the whole log, record by record, and says what is wrong with it. Behind a damaged place it goes on where the
/// next record stands that proves itself by its own offset, size and CRC.
///
/// Threads: one.
final class LogCheck {
    /// So many parts that cannot be read are kept apart; what is more counts as one part with the last.
    private static final int MAX_DAMAGED_PARTS = 100_000;
    private static final long PROGRESS_BYTES = 4 << 20;

    private final StoreInspector inspector;
    private final List<LogFile> files;
    private final FaultList faults;
    private final Consumer<DispatchRequest> onRecord;
    private final CheckProgress progress;
    private final DispatchRequest request = new DispatchRequest();
    private final TreeMap<Long, Long> damaged = new TreeMap<>();
    private final long totalBytes;
    private long doneBytes;
    private long toldBytes;
    private long records;
    private long endOffset;
    private long lastStoreTimestamp = Long.MIN_VALUE;

    LogCheck(StoreInspector inspector, FaultList faults, Consumer<DispatchRequest> onRecord, CheckProgress progress) {
        this.inspector = inspector;
        this.faults = faults;
        this.onRecord = onRecord;
        this.progress = progress;
        files = inspector.logFiles();
        totalBytes = files.stream().mapToLong(LogFile::sizeBytes).sum();
    }

    LogExtent walk() {
        int lastWithData = lastWithData();
        endOffset = files.isEmpty() ? 0 : files.getFirst().fromOffset();
        for (int i = 0; i < files.size(); i++) {
            LogFile file = files.get(i);
            if (i > 0) {
                checkFollows(files.get(i - 1), file, i <= lastWithData);
            }
            if (i > lastWithData && inspector.mayBeRunning()) {
                lastWithData = lastWithData(); // it may have been written to meanwhile
            }
            if (i <= lastWithData) {
                walk(file, i == lastWithData ? Place.LAST : Place.BEFORE_OTHERS);
            } else {
                checkUnused(file);
            }
            doneBytes += file.sizeBytes();
            tell(0);
        }
        return new LogExtent(files.isEmpty() ? 0 : files.getFirst().fromOffset(), endOffset, records,
                lastStoreTimestamp == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(lastStoreTimestamp),
                damaged);
    }

    /// Whether the log goes on behind a file.
    private enum Place {
        BEFORE_OTHERS, LAST
    }

    /// The last file that begins with something; the ones behind are made ahead of need. -1 for none.
    private int lastWithData() {
        for (int i = files.size() - 1; i >= 0; i--) {
            LogFile file = files.get(i);
            if (file.sizeBytes() == 0) {
                continue;
            }
            try (RecordCursor cursor = inspector.open(file)) {
                if (!(cursor.next() instanceof LogStep.End) || goesOnAt(cursor, 0).isPresent()) {
                    return i;
                }
            }
        }
        return -1;
    }

    /// The first sound record behind zeros that is not older than what stands before them: the log goes on there, for what
    /// stale records there may be behind its end are older.
    private OptionalLong goesOnAt(RecordCursor cursor, long zerosAt) {
        OptionalLong bytes = cursor.firstNonZero(zerosAt);
        OptionalLong sound = bytes.isPresent()
                ? cursor.seekSound(Math.max(zerosAt, bytes.getAsLong() - MAX_LEADING_ZEROS))
                : bytes;
        while (sound.isPresent()) {
            long position = sound.getAsLong();
            if (cursor.next() instanceof LogStep.Record record && record.storeTimestamp() >= lastStoreTimestamp) {
                cursor.seek(position);
                return sound;
            }
            sound = cursor.seekSound(position + 1);
        }
        return sound;
    }

    private void checkFollows(LogFile before, LogFile file, boolean holdsData) {
        boolean emptyLast = file.sizeBytes() == 0 && file == files.getLast();
        if (file.sizeBytes() != before.sizeBytes() && !emptyLast) {
            faults.add(Kind.LOG_FILE_LENGTH, nameOf(file), 0, before.sizeBytes() + " bytes as the file before it",
                    file.sizeBytes() + " bytes");
        }
        long expected = before.fromOffset() + before.sizeBytes();
        if (expected != file.fromOffset() && holdsData) {
            faults.add(Kind.LOG_FILE_MISSING, nameOf(file), 0,
                    "a file before it that begins at offset %d, where %s ends".formatted(expected, before.name()),
                    "none: %d bytes of the log are missing".formatted(file.fromOffset() - expected));
            damaged(expected, file.fromOffset());
        }
    }

    private void walk(LogFile file, Place place) {
        if (file.sizeBytes() == 0) {
            return;
        }
        try (RecordCursor cursor = inspector.open(file)) {
            boolean more = true;
            while (more) {
                LogStep step = cursor.next();
                more = switch (step) {
                    case LogStep.Record record -> record(record, file, cursor, place);
                    case LogStep.Blank blank -> {
                        endOffset = file.fromOffset() + blank.position() + blank.sizeBytes();
                        yield false;
                    }
                    case LogStep.Fault fault -> fault(fault, file, cursor);
                    case LogStep.End end -> end(end, file, cursor, place);
                };
            }
        }
    }

    private boolean record(LogStep.Record record, LogFile file, RecordCursor cursor, Place place) {
        if (cursor.isTorn()) {
            if (isBadBehind(record, cursor, place)) {
                faults.add(Kind.RECORD, nameOf(file), record.position(), "topic and properties of text", "zeros");
                damaged(record.commitLogOffset(), record.commitLogOffset() + record.sizeBytes());
                cursor.seek(record.position() + record.sizeBytes());
                return true;
            }
            cursor.seek(record.position()).next();
        }
        records++;
        endOffset = record.commitLogOffset() + record.sizeBytes();
        lastStoreTimestamp = Math.max(lastStoreTimestamp, record.storeTimestamp());
        onRecord.accept(request.at(cursor.scanner()));
        tell(record.position());
        return true;
    }

    private boolean isBadBehind(LogStep.Record record, RecordCursor cursor, Place place) {
        long behind = record.position() + record.sizeBytes();
        return switch (cursor.seek(behind).next()) {
            case LogStep.Record _,LogStep.Blank _ -> false;
            case LogStep.Fault _ -> true;
            case LogStep.End _ -> place == Place.BEFORE_OTHERS || goesOnAt(cursor, behind).isPresent();
        };
    }

    /// @return whether there is more to read in the file
    private boolean fault(LogStep.Fault fault, LogFile file, RecordCursor cursor) {
        OptionalLong next = cursor.seekSound(fault.position() + 1);
        String[] problem = fault.problem().split(", found ", 2);
        faults.add(Kind.RECORD, nameOf(file), fault.position(),
                problem[0].replace(": expected ", " "),
                problem[1] + (next.isPresent()
                        ? "; the next sound record is %d bytes on".formatted(next.getAsLong() - fault.position())
                        : "; no sound record behind it in this file"));
        damaged(fault.commitLogOffset(), file.fromOffset() + next.orElse(file.sizeBytes()));
        return next.isPresent();
    }

    private boolean end(LogStep.End end, LogFile file, RecordCursor cursor, Place place) {
        OptionalLong bytes = cursor.firstNonZero(end.position());
        if (bytes.isPresent() && !(cursor.lookAgain(end.position()) instanceof LogStep.End)) {
            cursor.seek(end.position());
            return true; // written meanwhile
        }
        OptionalLong next = goesOnAt(cursor, end.position());
        if (place == Place.LAST && (next.isEmpty() || inspector.mayBeRunning())) {
            bytes.ifPresent(position -> behindEnd(file, cursor, position, end.position()));
            return false;
        }
        // A file whose end was reached without a blank, or zeros where a record should be.
        faults.add(Kind.RECORD, nameOf(file), end.position(), "a record or a blank, for the log goes on",
                "zeros%s".formatted(next.isPresent()
                        ? "; the next sound record is %d bytes on".formatted(next.getAsLong() - end.position())
                        : ""));
        damaged(file.fromOffset() + end.position(), file.fromOffset() + next.orElse(file.sizeBytes()));
        return next.isPresent();
    }

    /// A record begins with its size, whose first bytes may be zero.
    private static final int MAX_LEADING_ZEROS = Integer.BYTES - 1;

    private void checkUnused(LogFile file) {
        if (file.sizeBytes() == 0) {
            faults.note("%s is empty; a store deletes it when it is opened".formatted(nameOf(file)));
            return;
        }
        try (RecordCursor cursor = inspector.open(file)) {
            // Else it was written meanwhile: when the check began, it held nothing.
            if (cursor.next() instanceof LogStep.End) {
                cursor.firstNonZero(0).ifPresent(position -> behindEnd(file, cursor, position, 0));
            }
        }
    }

    private void behindEnd(LogFile file, RecordCursor cursor, long position, long endPosition) {
        OptionalLong sound = cursor.seekSound(Math.max(0, position - MAX_LEADING_ZEROS));
        faults.add(Kind.BEHIND_LOG_END, nameOf(file), position,
                "zeros behind the end of the log at %d".formatted(endPosition),
                sound.isPresent()
                        ? "other bytes, and a record that looks sound at %d".formatted(sound.getAsLong())
                        : "other bytes");
    }

    private void damaged(long from, long to) {
        if (damaged.size() >= MAX_DAMAGED_PARTS) {
            damaged.put(damaged.lastKey(), to);
        } else {
            damaged.put(from, to);
        }
    }

    private void tell(long position) {
        if (position == 0 || doneBytes + position - toldBytes >= PROGRESS_BYTES) {
            toldBytes = doneBytes + position;
            progress.at(Part.LOG, toldBytes, totalBytes);
        }
    }

    private static String nameOf(LogFile file) {
        return StoreInspector.COMMIT_LOG + "/" + file.name();
    }
}
