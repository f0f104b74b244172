package dev.storescope.engine.inspect;

import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreFault;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.StoreEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Reads the directory of a store and never writes to it; takes no lock, so the store may be running.
///
/// Needs no settings: the length of the log files is that of the files. Uses memory for one file's mapping and for the
/// report, however large the store is and whatever its bytes are.
///
/// Threads: any.
public final class StoreInspector {
    /// A report names at most so many topics' queues.
    public static final int MAX_QUEUES = 100_000;
    /// A report tells at most so many faults.
    public static final int MAX_FAULTS = 1_000;

    private static final int NAME_DIGITS = 20;
    private static final int MAX_NOTES = 100;
    private static final long MAX_SMALL_FILE_BYTES = 1 << 20;
    public static final String COMMIT_LOG = "commitlog";
    public static final String CONSUME_QUEUE = "consumequeue";
    public static final String INDEX = "index";
    static final String ABORT = "abort";
    public static final String CHECKPOINT = "checkpoint";

    private final StoreEnvironment environment;
    private final Disk disk;
    private final Path directory;

    /// @param directory the one that holds `commitlog`
    public StoreInspector(StoreEnvironment environment, Path directory) {
        this.environment = environment;
        this.directory = directory.toAbsolutePath().normalize();
        disk = environment.disk();
    }

    /// Whether there is anything of a store in the directory.
    public boolean isStore() {
        return disk.exists(directory.resolve(COMMIT_LOG)) || disk.exists(directory.resolve(CHECKPOINT));
    }

    /// The files of the log, by offset; those with names that are no offset are left out. Throws [StoreException] when
    /// the directory cannot be read.
    public List<LogFile> logFiles() {
        return logFiles(new ArrayList<>());
    }

    /// Opens a file of [#logFiles()]. Close the cursor.
    public RecordCursor open(LogFile file) {
        try {
            return RecordCursor.open(environment, file,
                    mayBeRunning()
                            ? RecordCursor.Writer.MAY_BE_RUNNING
                            : RecordCursor.Writer.NONE);
        } catch (IOException e) {
            throw unreadable(file.path(), e);
        }
    }

    /// Whether a store runs in the directory, or was killed there.
    public boolean mayBeRunning() {
        return disk.exists(directory.resolve(ABORT));
    }

    public Path directory() {
        return directory;
    }

    /// Throws [StoreException] when the directory is none of a store.
    public void requireStore() {
        if (!isStore()) {
            boolean there = disk.exists(directory);
            throw new StoreException(StoreFault.of(
                    there ? StoreFault.Kind.NO_FILES_OF_A_STORE : StoreFault.Kind.NO_SUCH_DIRECTORY, directory),
                    "%s: expected the directory of a store, with %s or %s in it, found %s"
                            .formatted(directory, COMMIT_LOG, CHECKPOINT, there ? "neither" : "no such directory"));
        }
    }

    /// Reads everything. Throws [StoreException] when the directory is none of a store, or cannot be read.
    public StoreReport inspect() {
        requireStore();
        List<String> notes = new ArrayList<>();
        List<LogFile> files = logFiles(notes);
        noteLengthsAndGaps(files, notes);
        LogWalk walk = new LogWalk();
        for (LogFile file : files) {
            walk(file, walk, notes);
        }
        return walk.report(directory, checkpoint(notes), abort(notes), derivedFiles(), notes);
    }

    private void walk(LogFile file, LogWalk walk, List<String> notes) {
        if (file.sizeBytes() == 0) {
            note(notes, "log file %s is empty".formatted(file.name()));
            walk.empty(file);
            return;
        }
        try (RecordCursor cursor = open(file)) {
            walk.file(file, cursor);
        } catch (StoreException e) {
            // A running store deletes expired files; one that is gone now is no fault.
            if (disk.exists(file.path())) {
                throw e;
            }
            note(notes, "log file %s was deleted meanwhile".formatted(file.name()));
        }
    }

    private List<LogFile> logFiles(List<String> notes) {
        Path commitLog = directory.resolve(COMMIT_LOG);
        List<LogFile> files = new ArrayList<>();
        for (Disk.Entry entry : list(commitLog)) {
            Optional<Long> offset = entry.directory() ? Optional.empty() : offset(entry.name());
            if (offset.isPresent()) {
                files.add(new LogFile(commitLog.resolve(entry.name()), offset.get(), entry.sizeBytes()));
            } else {
                note(notes, "%s/%s is no log file: its name is no offset".formatted(COMMIT_LOG, entry.name()));
            }
        }
        files.sort(Comparator.comparingLong(LogFile::fromOffset));
        return files;
    }

    /// @return nothing when the name is not that of a log file
    public static Optional<Long> offset(String name) {
        if (name.length() != NAME_DIGITS || !name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(name));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static void noteLengthsAndGaps(List<LogFile> files, List<String> notes) {
        for (int i = 1; i < files.size(); i++) {
            LogFile before = files.get(i - 1);
            LogFile file = files.get(i);
            if (file.sizeBytes() != before.sizeBytes()) {
                note(notes, "log file %s has %d bytes, the one before has %d".formatted(file.name(), file.sizeBytes(),
                        before.sizeBytes()));
            }
            if (file.fromOffset() - before.sizeBytes() != before.fromOffset()) {
                note(notes, "log file %s: expected to follow %s at offset %d".formatted(file.name(), before.name(),
                        before.fromOffset() + before.sizeBytes()));
            }
        }
    }

    private Optional<CheckpointValues> checkpoint(List<String> notes) {
        Optional<byte[]> content = small(directory.resolve(CHECKPOINT), notes);
        if (content.isPresent() && content.get().length < CheckpointValues.BYTES) {
            note(notes, "%s: expected at least %d bytes, found %d".formatted(CHECKPOINT, CheckpointValues.BYTES,
                    content.get().length));
            return Optional.empty();
        }
        return content.map(CheckpointValues::of);
    }

    private Optional<String> abort(List<String> notes) {
        return small(directory.resolve(ABORT), notes).map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip());
    }

    private Optional<byte[]> small(Path file, List<String> notes) {
        try {
            Optional<Long> size = disk.size(file);
            if (size.isEmpty()) {
                return Optional.empty();
            }
            if (size.get() > MAX_SMALL_FILE_BYTES) {
                note(notes, "%s: expected at most %d bytes, found %d".formatted(file.getFileName(),
                        MAX_SMALL_FILE_BYTES, size.get()));
                return Optional.empty();
            }
            return Optional.of(disk.readAll(file));
        } catch (IOException e) {
            note(notes, "%s cannot be read: %s".formatted(file.getFileName(), e.getMessage()));
            return Optional.empty();
        }
    }

    private DerivedFiles derivedFiles() {
        int topics = 0;
        int queues = 0;
        int files = 0;
        Path consumeQueue = directory.resolve(CONSUME_QUEUE);
        for (Disk.Entry topic : directories(consumeQueue)) {
            topics++;
            for (Disk.Entry queue : directories(consumeQueue.resolve(topic.name()))) {
                queues++;
                files += files(consumeQueue.resolve(topic.name()).resolve(queue.name()));
            }
        }
        return new DerivedFiles(topics, queues, files, files(directory.resolve(INDEX)));
    }

    private List<Disk.Entry> directories(Path parent) {
        return list(parent).stream().filter(Disk.Entry::directory).toList();
    }

    private int files(Path parent) {
        return (int) list(parent).stream().filter(entry -> !entry.directory()).count();
    }

    private List<Disk.Entry> list(Path parent) {
        try {
            return disk.list(parent);
        } catch (IOException e) {
            throw unreadable(parent, e);
        }
    }

    private static void note(List<String> notes, String note) {
        if (notes.size() < MAX_NOTES) {
            notes.add(note);
        }
    }

    private static StoreException unreadable(Path path, IOException e) {
        return new StoreException("%s cannot be read: %s".formatted(path, e.getMessage()), e);
    }
}
