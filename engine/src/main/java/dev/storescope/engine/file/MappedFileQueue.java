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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;

/// A row of files of equal size that together are one stream of bytes; the name of each is its first offset in 20
/// digits (RocketMQ `MappedFileQueue`). The commit log is one, each consume queue is one.
///
/// Threads: files are added by the one appender, flushed by one flusher, and deleted from the front by one that deletes,
/// all at the same time; found by any. What else changes the row is called while nobody appends.
public final class MappedFileQueue {
    private static final System.Logger LOG = System.getLogger(MappedFileQueue.class.getName());
    private static final MappedFile[] NONE = {};

    private final StoreEnvironment environment;
    private final Options options;
    private final List<String> notes = new ArrayList<>();
    private final DepartingFiles departing;
    /// How many directories have new entries: the row's own, and those above it. Raised by the appender, taken by the
    /// flusher.
    private final AtomicInteger unforcedDirectories = new AtomicInteger();
    /// Replaced as a whole by whoever changes the row; read by any.
    private final AtomicReference<MappedFile[]> files = new AtomicReference<>(NONE);

    public MappedFileQueue(StoreEnvironment environment, Options options) {
        this.environment = environment;
        this.options = options;
        this.departing = new DepartingFiles(environment, options.directory());
    }

    /// What a row is made of.
    ///
    /// @param directory made when the first file is
    /// @param fileSizeBytes of each file
    /// @param sizeSettingName the setting that says so, for messages
    /// @param pool gives write buffers to files that are made for the row; none where there is no pool
    /// @param newFiles when a new file is safe from a power failure
    public record Options(Path directory, long fileSizeBytes, String sizeSettingName,
            Optional<TransientStorePool> pool, NewFiles newFiles) {
        /// A row that is written through its mappings only.
        public static Options of(Path directory, long fileSizeBytes, String sizeSettingName) {
            return new Options(directory, fileSizeBytes, sizeSettingName, Optional.empty(), NewFiles.FORCED_AT_ONCE);
        }

        public Options withPool(TransientStorePool storePool) {
            return new Options(directory, fileSizeBytes, sizeSettingName, Optional.of(storePool), newFiles);
        }

        public Options with(NewFiles when) {
            return new Options(directory, fileSizeBytes, sizeSettingName, pool, when);
        }
    }

    /// When a file that [#lastOrCreate] makes is in its directory for good.
    public enum NewFiles {
        FORCED_AT_ONCE,
        /// With the next flush, whatever is due: for rows that can be made again, whose appender must not wait for the disk.
        FORCED_BY_FLUSH
    }

    /// Opens what is in the directory, in the order of names; each file counts as full and flushed until somebody knows
    /// better. Throws [StoreException] that names a file of the wrong length; nothing has been changed then. Empty last
    /// files are deleted, a name that is no offset is left alone and noted.
    public void load() throws IOException {
        files.set(new RowLoader(environment, options, this::note).load());
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
        return options.directory();
    }

    public long fileSizeBytes() {
        return options.fileSizeBytes();
    }

    /// All files, by offset.
    public List<MappedFile> files() {
        return List.of(files.get());
    }

    public Optional<MappedFile> first() {
        MappedFile[] now = files.get();
        return now.length == 0 ? Optional.empty() : now[0].present();
    }

    public Optional<MappedFile> last() {
        MappedFile[] now = files.get();
        return now.length == 0 ? Optional.empty() : now[now.length - 1].present();
    }

    // Asked for each read: without a box for the answer, which the compiler leaves out only where all is inlined.

    /// Where the row begins; 0 while it has no file.
    public long minOffset() {
        MappedFile[] now = files.get();
        return now.length == 0 ? 0 : now[0].fromOffset();
    }

    /// Up to where the row is readable; 0 while it has no file.
    public long maxOffset() {
        return last().map(file -> file.fromOffset() + file.readablePosition()).orElse(0L);
    }

    /// Up to where bytes were put; 0 while it has no file.
    public long wroteOffset() {
        MappedFile[] now = files.get();
        return now.length == 0 ? 0 : now[now.length - 1].fromOffset() + now[now.length - 1].wrotePosition();
    }

    /// Up to where the disk was forced: where the row begins as long as nothing was (RocketMQ's pull request 189: a row that
    /// begins above 0 was never flushed).
    public long flushedWhere() {
        return reached(MappedFile::flushedPosition);
    }

    /// Up to where bytes are in the page cache.
    public long committedWhere() {
        return reached(MappedFile::committedPosition);
    }

    /// Files are committed and flushed in their order, so the last one that was begun says how far it came.
    private long reached(ToLongFunction<MappedFile> position) {
        MappedFile[] now = files.get();
        for (int i = now.length - 1; i >= 0; i--) {
            long reached = position.applyAsLong(now[i]);
            if (reached > 0) {
                return now[i].fromOffset() + reached;
            }
        }
        return now.length == 0 ? 0 : now[0].fromOffset();
    }

    public long remainHowManyDataToCommit() {
        // The slower one first: it never passes the other.
        long committed = committedWhere();
        return wroteOffset() - committed;
    }

    public long remainHowManyDataToFlush() {
        long flushed = flushedWhere();
        return maxOffset() - flushed;
    }

    /// The file that holds `offset`, or begins there.
    public Optional<MappedFile> find(long offset) {
        MappedFile[] now = files.get();
        if (now.length == 0 || offset < now[0].fromOffset() || offset >= now[now.length - 1].endOffset()) {
            return Optional.empty();
        }
        long index = (offset - now[0].fromOffset()) / options.fileSizeBytes();
        if (index < now.length && holds(now[(int) index], offset)) {
            return now[(int) index].present();
        }
        // Only in a row with a hole.
        return Arrays.stream(now).filter(file -> holds(file, offset)).findFirst();
    }

    private static boolean holds(MappedFile file, long offset) {
        return file.fromOffset() <= offset && offset < file.endOffset();
    }

    /// The file to begin in when one looks for what was stored at or after a time: what is wanted is in this file, or is the
    /// first of the next. Nothing while the row has no file (RocketMQ `getMappedFileByTime`, which asks the file system for
    /// the time; a copied directory has other ones).
    ///
    /// @param millis since 1970
    /// @param firstStoreTimestamp of what stands first in a file; [Long#MAX_VALUE] where nothing does
    public Optional<MappedFile> findByTime(long millis, ToLongFunction<MappedFile> firstStoreTimestamp) {
        MappedFile[] now = files.get();
        if (now.length == 0) {
            return Optional.empty();
        }
        // The last file that begins before the time; those of one millisecond may begin in the file before.
        int before = 0;
        int notBefore = now.length;
        while (notBefore - before > 1) {
            int middle = (before + notBefore) >>> 1;
            if (firstStoreTimestamp.applyAsLong(now[middle]) < millis) {
                before = middle;
            } else {
                notBefore = middle;
            }
        }
        return Optional.of(now[before]);
    }

    /// A lease on the readable bytes from `offset` to the end of its file; nothing when there are none.
    public Optional<SelectMappedBufferResult> select(long offset) {
        return select(offset, options.fileSizeBytes());
    }

    /// Likewise, at most `maxBytes`.
    public Optional<SelectMappedBufferResult> select(long offset, long maxBytes) {
        return find(offset).flatMap(file -> file.select(offset - file.fromOffset(), maxBytes));
    }

    /// Puts a file behind the last. Only by the appender.
    public void append(MappedFile file) {
        files.updateAndGet(now -> {
            MappedFile[] longer = Arrays.copyOf(now, now.length + 1);
            longer[now.length] = file;
            return longer;
        });
    }

    /// The file to put the bytes of `offset` into: the last one, or a new one of full length behind it, zero filled, its
    /// entry in the directory forced as the options say. An empty row begins with the file that holds the offset. Only by the appender, of
    /// rows whose files are not made ahead of time.
    public MappedFile lastOrCreate(long offset) throws IOException {
        Optional<MappedFile> last = last();
        if (last.isEmpty()) {
            makeDirectory();
            return create(offset - offset % fileSizeBytes());
        }
        MappedFile file = last.get();
        if (offset == file.endOffset()) {
            return create(offset);
        }
        if (!holds(file, offset)) {
            throw new IllegalArgumentException("%s: expected an offset from %d to %d to append at, found %d"
                    .formatted(directory(), file.fromOffset(), file.endOffset(), offset));
        }
        return file;
    }

    private void makeDirectory() throws IOException {
        Disk disk = environment.disk();
        switch (options.newFiles()) {
            case FORCED_AT_ONCE -> disk.createDirectories(directory());
            case FORCED_BY_FLUSH -> {
                int missing = 0;
                for (Path path = directory(); path != null && !disk.exists(path); path = path.getParent()) {
                    missing++;
                }
                disk.makeDirectories(directory());
                unforcedDirectories.set(1 + missing);
            }
        }
    }

    private MappedFile create(long fromOffset) throws IOException {
        Path path = AllocateMappedFileService.path(directory(), fromOffset);
        DiskFile diskFile = environment.disk().createSparse(path, fileSizeBytes());
        try {
            switch (options.newFiles()) {
                case FORCED_AT_ONCE -> environment.disk().forceDirectory(directory());
                case FORCED_BY_FLUSH -> unforcedDirectories.compareAndSet(0, 1);
            }
            MappedFile file = new MappedFile(diskFile, fromOffset, environment.memory(), options.pool());
            append(file);
            return file;
        } catch (IOException | RuntimeException | VirtualMachineError e) {
            diskFile.close();
            try {
                environment.disk().delete(path);
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    /// Forces what is readable and not yet forced, file by file, each if that is due. A failure moves nothing, and must not
    /// be tried again. Only by the flusher.
    ///
    /// @param leastPages 0 for whatever there is
    /// @return bytes forced
    public long flush(long leastPages) throws IOException {
        forceEntries();
        MappedFile[] now = files.get();
        int index = now.length - 1;
        while (index > 0 && now[index].flushedPosition() == 0) {
            index--;
        }
        long bytes = 0;
        boolean toItsEnd = true;
        while (toItsEnd && index >= 0 && index < now.length) {
            MappedFile file = now[index++];
            // One that cannot be held was deleted from the front meanwhile; nothing is said of its bytes.
            if (file.hold()) {
                try {
                    bytes += flush(file, leastPages);
                    toItsEnd = file.flushedPosition() == file.sizeBytes();
                } finally {
                    file.release();
                }
            }
        }
        return bytes;
    }

    /// Before the bytes: whoever says that they are on disk says it of the file as well.
    private void forceEntries() throws IOException {
        Path path = directory();
        try {
            for (int left = unforcedDirectories.getAndSet(0); left > 0 && path != null; left--) {
                environment.disk().forceDirectory(path);
                path = path.getParent();
            }
        } catch (IOException e) {
            // Unless the row was deleted meanwhile.
            if (environment.disk().exists(directory())) {
                throw e;
            }
        }
    }

    private static long flush(MappedFile file, long leastPages) throws IOException {
        long limit = file.readablePosition();
        return file.isFlushDue(limit, leastPages) ? file.flush(limit) : 0;
    }

    /// Ends the row at `offset`: what stands behind in its file is made zero, later files are deleted for good, and all that
    /// is left is forced. While nobody appends.
    ///
    /// @return names of the deleted files
    public List<String> truncate(long offset) throws IOException {
        List<String> deleted = deleteFrom(offset + 1);
        Optional<MappedFile> last = find(offset);
        if (last.isPresent()) {
            MappedFile file = last.get();
            long position = offset - file.fromOffset();
            flush(0);
            file.zeroFrom(position);
            file.diskFile().force(position, file.sizeBytes() - position);
            file.resetPositions(position, -1, position == 0 ? 0 : file.messages());
        }
        return deleted;
    }

    /// Takes away and deletes the files that begin at or behind `offset`, for good: a file that came back after a power
    /// failure would be taken for what follows. While nobody appends.
    ///
    /// @return names of the deleted files
    public List<String> deleteFrom(long offset) throws IOException {
        MappedFile[] now = files.get();
        files.set(Arrays.stream(now).filter(file -> file.fromOffset() < offset).toArray(MappedFile[]::new));
        List<String> deleted = new ArrayList<>();
        // The last one first: a crash in between leaves no hole.
        for (int i = now.length - 1; i >= 0 && now[i].fromOffset() >= offset; i--) {
            now[i].close();
            environment.disk().delete(now[i].diskFile().path());
            deleted.addFirst(now[i].name());
            environment.probe().event(ProbePoint.FILE_DELETED, now[i].fromOffset(), now[i].sizeBytes());
        }
        if (!deleted.isEmpty()) {
            environment.disk().forceDirectory(directory());
        }
        return deleted;
    }

    /// Takes away and deletes the files that end at or before `offset`, the first one first, each for good before the next;
    /// never the last file of the row. Who reads one of them may read on until [#destroyHeld]. Only by the one that deletes.
    ///
    /// @return names of the files deleted now; a file that the system would not let go is tried again next time
    public List<String> deleteBefore(long offset) throws IOException {
        MappedFile[] before = files.getAndUpdate(now -> Arrays.copyOfRange(now, endingBefore(now, offset), now.length));
        Arrays.stream(before, 0, endingBefore(before, offset)).forEach(departing::add);
        return departing.isEmpty() ? List.of() : departing.delete();
    }

    private static int endingBefore(MappedFile[] now, long offset) {
        int count = 0;
        while (count < now.length - 1 && now[count].endOffset() <= offset) {
            count++;
        }
        return count;
    }

    /// Takes the memory from whoever still reads a file that was deleted longer ago than this (RocketMQ
    /// `destroyMapedFileIntervalForcibly`): a late reader gets an [IllegalStateException]. Only by the one that deletes.
    ///
    /// @return names of files deleted now that could not be before
    public List<String> destroyHeld(long heldForNs) throws IOException {
        return departing.isEmpty() ? List.of() : departing.destroyHeld(heldForNs);
    }

    /// How many files that were deleted from the front are still read, or could not be taken off the disk yet.
    public int departingFiles() {
        return departing.count();
    }

    /// Closes all files, deletes them, and the directory when nothing else is in it. While nobody appends.
    public void destroy() throws IOException {
        deleteFrom(0);
        if (environment.disk().exists(directory())
                && environment.disk().list(directory()).isEmpty()) {
            environment.disk().delete(directory());
            environment.disk().forceDirectory(directory().getParent());
        }
    }

    /// Unmaps and closes all files. While nobody appends.
    public void close() {
        Arrays.stream(files.getAndSet(NONE)).forEach(MappedFile::close);
    }
}
