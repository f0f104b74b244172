package dev.storescope.engine.env;

import dev.storescope.engine.env.FileDiskFile.Access;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The machine's file systems.
///
/// Symbolic links are followed. A rename replaces what stands at its target.
///
/// Threads: any.
public final class FileDisk implements Disk {
    private static final System.Logger LOG = System.getLogger(FileDisk.class.getName());
    private static final Set<StandardOpenOption> READ = Set.of(StandardOpenOption.READ);
    private static final Set<StandardOpenOption> READ_WRITE = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
    private static final Set<StandardOpenOption> CREATE = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE,
            StandardOpenOption.CREATE);
    private static final Set<StandardOpenOption> CREATE_NEW = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE,
            StandardOpenOption.CREATE_NEW);
    private static final byte[] LOCK_TEXT = "lock".getBytes(StandardCharsets.US_ASCII);
    private static final boolean WINDOWS = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");

    /// Files that this process has locked. The system gives up a process's lock on a file when *any* handle of that
    /// file is closed, so the attempt of a second store of this process must not even open it.
    private static final Set<Path> LOCKED = ConcurrentHashMap.newKeySet();

    @Override
    public List<Entry> list(Path directory) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
            for (Path path : paths) {
                entry(path).ifPresent(entries::add);
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw FileErrors.describe("list", directory, e.getCause());
        } catch (IOException e) {
            throw FileErrors.describe("list", directory, e);
        }
        return entries;
    }

    private static Optional<Entry> entry(Path path) throws IOException {
        try {
            return attributes(path).map(attributes -> new Entry(path.getFileName().toString(),
                    attributes.isDirectory(), attributes.isDirectory() ? 0 : attributes.size()));
        } catch (IOException e) {
            throw FileErrors.describe("read what is", path, e);
        }
    }

    @Override
    public boolean exists(Path path) {
        return Files.exists(path);
    }

    @Override
    public Optional<Long> size(Path file) throws IOException {
        try {
            return attributes(file).map(BasicFileAttributes::size);
        } catch (IOException e) {
            throw FileErrors.describe("read the size of", file, e);
        }
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        List<Path> made = new ArrayList<>();
        for (Path path = directory.toAbsolutePath(); path != null && !Files.exists(path); path = path.getParent()) {
            made.add(path);
        }
        makeDirectories(directory);
        for (Path path : made) {
            forceDirectory(path.getParent());
        }
    }

    @Override
    public void makeDirectories(Path directory) throws IOException {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw FileErrors.describe("create directory", directory, e);
        }
    }

    @Override
    public DiskFile create(Path file, long sizeBytes) throws IOException {
        // Asked before the attempt, which would fill the disk for a moment before it fails.
        if (space(file).usableBytes() < sizeBytes) {
            throw FileErrors.noRoom(file, sizeBytes, "too little room");
        }
        return create(file, channel -> {
            reserve(file, channel, sizeBytes);
            forceLength(file, channel);
        });
    }

    @Override
    public DiskFile createSparse(Path file, long sizeBytes) throws IOException {
        return create(file, channel -> {
            if (sizeBytes != 0) {
                setLength(file, channel, sizeBytes);
            }
        });
    }

    private static DiskFile create(Path file, GiveLength giveLength) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, CREATE_NEW);
        } catch (IOException e) {
            throw FileErrors.describe("create", file, e);
        }
        UninterruptedChannel uninterrupted = new UninterruptedChannel(file, channel, READ_WRITE);
        try {
            giveLength.to(uninterrupted);
        } catch (IOException | RuntimeException e) {
            removeHalfMade(file, uninterrupted, e);
            throw e;
        }
        return new FileDiskFile(file, uninterrupted, Access.READ_WRITE);
    }

    /// How a new file gets its length.
    private interface GiveLength {
        void to(UninterruptedChannel channel) throws IOException;
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return open(file, READ_WRITE, Access.READ_WRITE);
    }

    @Override
    public DiskFile openReadOnly(Path file) throws IOException {
        return open(file, READ, Access.READ);
    }

    @Override
    public byte[] readAll(Path file) throws IOException {
        try {
            return Uninterrupted.run(() -> Files.readAllBytes(file));
        } catch (IOException e) {
            throw FileErrors.describe("read", file, e);
        }
    }

    /// Writes a file beside it and renames that: a reader, or a process that dies half-way, leaves the old or the new
    /// content and never a mixture, and a full disk leaves the old one.
    @Override
    public void writeAll(Path file, byte[] content) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Uninterrupted.run(() -> Files.write(beside, content));
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            IOException described = FileErrors.describe("write", file, e);
            try {
                Files.deleteIfExists(beside);
            } catch (IOException second) {
                described.addSuppressed(second);
            }
            throw described;
        }
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        if (WINDOWS) {
            return; // a directory cannot be opened as a file there
        }
        boolean interrupted = Thread.interrupted(); // or the JDK would close the channel
        try (FileChannel channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw FileErrors.describe("force directory", directory, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean delete(Path file) throws IOException {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            throw FileErrors.describe("delete", file, e);
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw FileErrors.describe("rename to " + to + " the file", from, e);
        }
    }

    @Override
    public Optional<DiskLock> tryLock(Path file) throws IOException {
        try {
            return Uninterrupted.run(() -> lockUnlessHeld(file));
        } catch (IOException e) {
            throw FileErrors.describe("lock", file, e);
        }
    }

    @Override
    public Space space(Path path) throws IOException {
        try {
            FileStore store = Files.getFileStore(FileErrors.existing(path));
            long totalBytes = store.getTotalSpace();
            return new Space(totalBytes, totalBytes - store.getUnallocatedSpace(), store.getUsableSpace());
        } catch (IOException e) {
            throw FileErrors.describe("read the free space of", path, e);
        }
    }

    private static DiskFile open(Path file, Set<StandardOpenOption> options, Access access) throws IOException {
        try {
            return new FileDiskFile(file, new UninterruptedChannel(file, FileChannel.open(file, options), options),
                    access);
        } catch (IOException e) {
            throw FileErrors.describe("open", file, e);
        }
    }

    private static void reserve(Path file, UninterruptedChannel channel, long sizeBytes) throws IOException {
        if (sizeBytes == 0) {
            return;
        }
        LinuxCalls.Reservation reservation = LinuxCalls.find()
                .map(calls -> calls.reserve(file, sizeBytes))
                .orElse(new LinuxCalls.Reservation.Unsupported(""));
        switch (reservation) {
            case LinuxCalls.Reservation.Done() -> {
                // the file has its length
            }
            case LinuxCalls.Reservation.Unsupported unsupported -> setLength(file, channel, sizeBytes);
            case LinuxCalls.Reservation.NoSpace(String reason) -> throw FileErrors.noRoom(file, sizeBytes, reason);
            case LinuxCalls.Reservation.Failed(String reason) ->
                    throw new IOException("cannot reserve %,d bytes for %s: %s".formatted(sizeBytes, file, reason));
        }
    }

    /// Not every file system brings the length of a new file to the disk along with its name.
    private static void forceLength(Path file, UninterruptedChannel channel) throws IOException {
        try {
            channel.callOnce(open -> {
                open.force(false);
                return null;
            });
        } catch (IOException e) {
            throw FileErrors.describe("force", file, e);
        }
    }

    private static void setLength(Path file, UninterruptedChannel channel, long sizeBytes) throws IOException {
        try {
            channel.call(open -> open.write(ByteBuffer.allocate(1), sizeBytes - 1));
        } catch (IOException e) {
            throw FileErrors.describe("set the length of", file, e);
        }
    }

    private static void removeHalfMade(Path file, UninterruptedChannel channel, Exception reason) {
        try (channel) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private static Optional<BasicFileAttributes> attributes(Path path) throws IOException {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // also when it went while the directory was read
        }
    }

    private static Optional<DiskLock> lockUnlessHeld(Path file) throws IOException {
        // Not the file's own real path: it may not be there yet, and to make it before this store has the lock would drop
        // the lock that another one took meanwhile, since POSIX locks end with any close of the file.
        Path key = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
        if (!LOCKED.add(key)) {
            return Optional.empty();
        }
        Optional<DiskLock> lock = Optional.empty();
        try {
            lock = lockOpened(file, key);
        } finally {
            if (lock.isEmpty()) {
                LOCKED.remove(key);
            }
        }
        return lock;
    }

    /// The lock belongs to the channel and ends with it.
    private static Optional<DiskLock> lockOpened(Path file, Path key) throws IOException {
        FileChannel channel = FileChannel.open(file, CREATE);
        try {
            FileLock lock = channel.tryLock(0, 1, false);
            if (lock != null) {
                channel.write(ByteBuffer.wrap(LOCK_TEXT), 0);
                return Optional.of(new HeldLock(file, key, channel));
            }
        } catch (OverlappingFileLockException e) {
            // another class loader of this process has it
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    private record HeldLock(Path file, Path key, FileChannel channel) implements DiskLock {
        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "cannot give up the lock of " + file, e);
            } finally {
                LOCKED.remove(key);
            }
        }
    }
}
