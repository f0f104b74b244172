package dev.storescope.engine.file;

import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.probe.ProbePoint;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A row of files of equal size that together are one stream of bytes; the name of each is its first offset in 20
/// digits (RocketMQ `MappedFileQueue`).
///
/// Threads: files are added by the one appender; found by any.
public final class MappedFileQueue {
    private static final System.Logger LOG = System.getLogger(MappedFileQueue.class.getName());
    private static final Pattern NAME = Pattern.compile("\\d{20}");
    private static final MappedFile[] NONE = {};

    private final StoreEnvironment environment;
    private final Path directory;
    private final long fileSizeBytes;
    private final TransientStorePool pool;
    private final List<String> notes = new ArrayList<>();
    // Replaced as a whole by the appender (and by load, truncate and close, when there is none); read by any.
    private volatile MappedFile[] files = NONE;

    /// @param directory made when the first file is
    /// @param fileSizeBytes of each file
    public MappedFileQueue(StoreEnvironment environment, Path directory, long fileSizeBytes,
            TransientStorePool pool) {
        this.environment = environment;
        this.directory = directory;
        this.fileSizeBytes = fileSizeBytes;
        this.pool = pool;
    }

    /// How files are opened.
    public enum Access {
        READ_WRITE, READ_ONLY
    }

    /// Opens what is in the directory, in the order of names. Throws [StoreException] that names a file of the wrong
    /// length; nothing has been changed then. Empty last files are deleted (when not read-only), a name that is no
    /// offset is left alone and noted.
    public void load(Access access) throws IOException {
        List<Disk.Entry> found = new ArrayList<>();
        for (Disk.Entry entry : environment.disk().list(directory)) {
            if (!entry.directory() && NAME.matcher(entry.name()).matches()) {
                found.add(entry);
            } else {
                note("%s: left alone, its name is no offset of 20 digits".formatted(directory.resolve(entry.name())));
            }
        }
        found.sort(Comparator.comparing(Disk.Entry::name));
        List<Disk.Entry> empty = takeEmptyLast(found);
        found.forEach(this::checkEntry);
        if (access == Access.READ_WRITE) {
            for (Disk.Entry entry : empty) {
                environment.disk().delete(directory.resolve(entry.name()));
                note("%s: deleted, it was empty".formatted(directory.resolve(entry.name())));
            }
        }
        open(found, access);
    }

    /// Two files are made ahead of time, so two may have lost their length with the power.
    private static List<Disk.Entry> takeEmptyLast(List<Disk.Entry> found) {
        List<Disk.Entry> empty = new ArrayList<>();
        while (!found.isEmpty() && found.getLast().sizeBytes() == 0) {
            empty.add(found.removeLast());
        }
        return empty;
    }

    private void checkEntry(Disk.Entry entry) {
        Path path = directory.resolve(entry.name());
        if (entry.sizeBytes() != fileSizeBytes) {
            throw new StoreException("%s: expected a file of %d bytes (mappedFileSizeCommitLog), found %d bytes"
                    .formatted(path, fileSizeBytes, entry.sizeBytes()));
        }
        long fromOffset = offsetOf(path);
        if (fromOffset % fileSizeBytes != 0) {
            throw new StoreException("%s: expected a name that is a multiple of the file size %d, found %d"
                    .formatted(path, fileSizeBytes, fromOffset));
        }
    }

    private static long offsetOf(Path path) {
        try {
            return Long.parseLong(path.getFileName().toString());
        } catch (NumberFormatException e) {
            throw new StoreException("%s: expected a name that is an offset of at most %d".formatted(path,
                    Long.MAX_VALUE), e);
        }
    }

    private void open(List<Disk.Entry> entries, Access access) throws IOException {
        MappedFile[] opened = new MappedFile[entries.size()];
        int count = 0;
        try {
            for (Disk.Entry entry : entries) {
                opened[count] = open(directory.resolve(entry.name()), access);
                count++;
            }
        } catch (IOException | RuntimeException | InternalError e) {
            Arrays.stream(opened, 0, count).forEach(MappedFile::close);
            throw e;
        }
        files = opened;
    }

    private MappedFile open(Path path, Access access) throws IOException {
        DiskFile diskFile = switch (access) {
            case READ_WRITE -> environment.disk().open(path);
            case READ_ONLY -> environment.disk().openReadOnly(path);
        };
        try {
            MappedFile file = new MappedFile(diskFile, offsetOf(path), environment.memory(), pool);
            file.resetPositions(fileSizeBytes, -1, -1);
            return file;
        } catch (IOException | RuntimeException | InternalError e) {
            diskFile.close();
            throw e;
        }
    }

    private void note(String text) {
        LOG.log(Level.WARNING, text);
        notes.add(text);
    }

    /// What was odd about the directory.
    public List<String> notes() {
        return List.copyOf(notes);
    }

    public Path directory() {
        return directory;
    }

    public long fileSizeBytes() {
        return fileSizeBytes;
    }

    /// All files, by offset.
    public List<MappedFile> files() {
        return List.of(files);
    }

    public Optional<MappedFile> first() {
        MappedFile[] now = files;
        return now.length == 0 ? Optional.empty() : Optional.of(now[0]);
    }

    public Optional<MappedFile> last() {
        MappedFile[] now = files;
        return now.length == 0 ? Optional.empty() : Optional.of(now[now.length - 1]);
    }

    /// Where the row begins; 0 while it has no file.
    public long minOffset() {
        return first().map(MappedFile::fromOffset).orElse(0L);
    }

    /// The file that holds `offset`, or begins there.
    public Optional<MappedFile> find(long offset) {
        MappedFile[] now = files;
        if (now.length == 0 || offset < now[0].fromOffset()) {
            return Optional.empty();
        }
        long index = offset / fileSizeBytes - now[0].fromOffset() / fileSizeBytes;
        if (index < now.length && now[(int) index].fromOffset() <= offset && offset < now[(int) index].endOffset()) {
            return Optional.of(now[(int) index]);
        }
        return Arrays.stream(now)
                .filter(file -> file.fromOffset() <= offset && offset < file.endOffset())
                .findFirst();
    }

    /// A lease on the readable bytes from `offset` to the end of its file; nothing when there are none.
    public Optional<SelectMappedBufferResult> select(long offset) {
        return find(offset).flatMap(file -> file.select(offset - file.fromOffset(), fileSizeBytes));
    }

    /// Puts a file behind the last. Only under the put lock.
    public void append(MappedFile file) {
        MappedFile[] now = files;
        MappedFile[] longer = Arrays.copyOf(now, now.length + 1);
        longer[now.length] = file;
        files = longer;
    }

    /// Takes away and deletes the files that begin at or behind `offset`, for good: a file that came back after a power
    /// failure would be taken for what follows. While nobody appends.
    ///
    /// @return names of the deleted files
    public List<String> deleteFrom(long offset) throws IOException {
        MappedFile[] now = files;
        MappedFile[] kept = Arrays.stream(now).filter(file -> file.fromOffset() < offset).toArray(MappedFile[]::new);
        files = kept;
        List<String> deleted = new ArrayList<>();
        for (MappedFile file : now) {
            if (file.fromOffset() >= offset) {
                file.close();
                environment.disk().delete(file.diskFile().path());
                deleted.add(file.name());
                environment.probe().event(ProbePoint.FILE_DELETED, file.fromOffset());
            }
        }
        if (!deleted.isEmpty()) {
            environment.disk().forceDirectory(directory);
        }
        return deleted;
    }

    /// Unmaps and closes all files. While nobody appends.
    public void close() {
        MappedFile[] now = files;
        files = NONE;
        Arrays.stream(now).forEach(MappedFile::close);
    }
}
