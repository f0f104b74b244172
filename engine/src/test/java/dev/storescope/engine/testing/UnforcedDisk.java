package dev.storescope.engine.testing;

import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.env.DiskFullException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;

/// A disk in memory that keeps the page cache apart from the platter, page by page: [#powerCut()] leaves only what was
/// forced, [#kill()] leaves the page cache too. After either this disk is dead and the one that was given back is what
/// a new process finds.
///
/// Lengths: a file has its length on the platter from [#create] on, and its new one after a truncation or an append
/// when it is forced; what [#writeAll] wrote is an empty file there until then. Entries of directories are durable at once, or, with [Entries#DURABLE_WHEN_FORCED], when their
/// directory is forced; directories themselves are durable at once.
///
/// Threads: any; mapped memory is plain memory that all mappings of a file share.
public final class UnforcedDisk implements Disk {
    private static final long DEFAULT_CAPACITY_BYTES = 1L << 40;

    private final Entries entries;
    private final DiskFaults faults = new DiskFaults();
    private final Map<Path, UnforcedNode> files = new TreeMap<>();
    private final Map<Path, UnforcedNode> durableFiles = new TreeMap<>();
    private final Set<Path> directories = new TreeSet<>();
    private final Set<Path> locks = new HashSet<>();
    private final List<Force> forces = new ArrayList<>();
    private long capacityBytes = DEFAULT_CAPACITY_BYTES;
    private long othersBytes;
    private boolean dead;

    public UnforcedDisk() {
        this(Entries.DURABLE_AT_ONCE);
    }

    public UnforcedDisk(Entries entries) {
        this.entries = entries;
    }

    public DiskFaults faults() {
        return faults;
    }

    /// From now on there is room for so many bytes in all files together.
    public synchronized void fullAt(long bytes) {
        capacityBytes = bytes;
    }

    /// From now on somebody else has so many bytes on the disk.
    public synchronized void takenByOthers(long bytes) {
        othersBytes = bytes;
    }

    /// Successful forces, oldest first.
    public synchronized List<Force> forces() {
        return List.copyOf(forces);
    }

    /// Whether the platter has of the range what the page cache has.
    public synchronized boolean isForced(Path file, long position, long sizeBytes) throws IOException {
        return node(file).isForced(position, sizeBytes);
    }

    /// What is left when the power fails and the system has written nothing back of its own accord.
    public UnforcedDisk powerCut() {
        return powerCut(page -> false);
    }

    /// What is left when the power fails after the system has written back some dirty pages of its own accord: which
    /// ones is drawn from the seed.
    public UnforcedDisk powerCut(long seed) {
        Random random = new Random(seed);
        return powerCut(page -> random.nextBoolean());
    }

    /// What is left when the process dies and the system goes on.
    public synchronized UnforcedDisk kill() {
        dead = true;
        UnforcedDisk left = new UnforcedDisk(entries);
        left.capacityBytes = capacityBytes;
        left.othersBytes = othersBytes;
        left.directories.addAll(directories);
        files.forEach((path, node) -> left.files.put(path, node.afterKill()));
        durableFiles.forEach((path, node) -> left.durableFiles.put(path,
                node.equals(files.get(path)) ? left.files.get(path) : node.afterKill()));
        return left;
    }

    @Override
    public synchronized List<Entry> list(Path directory) throws IOException {
        requirePower();
        Path wanted = key(directory);
        if (files.containsKey(wanted)) {
            throw new IOException("cannot list " + directory + ": not a directory");
        }
        List<Entry> found = new ArrayList<>();
        files.forEach((path, node) -> {
            if (wanted.equals(path.getParent())) {
                found.add(new Entry(path.getFileName().toString(), false, node.sizeBytes()));
            }
        });
        for (Path path : directories) {
            if (wanted.equals(path.getParent())) {
                found.add(new Entry(path.getFileName().toString(), true, 0));
            }
        }
        return found;
    }

    @Override
    public synchronized boolean exists(Path path) {
        return files.containsKey(key(path)) || directories.contains(key(path));
    }

    @Override
    public synchronized Optional<Long> size(Path file) throws IOException {
        requirePower();
        return Optional.ofNullable(files.get(key(file))).map(UnforcedNode::sizeBytes);
    }

    @Override
    public synchronized void createDirectories(Path directory) throws IOException {
        requirePower();
        for (Path path = key(directory); path != null; path = path.getParent()) {
            if (files.containsKey(path)) {
                throw new IOException("cannot create directory " + directory + ": " + path + " is a file");
            }
            directories.add(path);
        }
    }

    @Override
    public DiskFile create(Path file, long sizeBytes) throws IOException {
        faults.creating(file);
        synchronized (this) {
            requirePower();
            requireDirectoryOf(file);
            if (exists(file)) {
                throw new IOException("cannot create " + file + ": exists already");
            }
            requireRoom(file, sizeBytes);
            UnforcedNode node = new UnforcedNode(sizeBytes, sizeBytes);
            put(file, node);
            return new UnforcedFile(this, file, node, UnforcedFile.Access.READ_WRITE);
        }
    }

    @Override
    public synchronized DiskFile open(Path file) throws IOException {
        return new UnforcedFile(this, file, node(file), UnforcedFile.Access.READ_WRITE);
    }

    @Override
    public synchronized DiskFile openReadOnly(Path file) throws IOException {
        return new UnforcedFile(this, file, node(file), UnforcedFile.Access.READ);
    }

    @Override
    public synchronized byte[] readAll(Path file) throws IOException {
        return node(file).cache().toArray(ValueLayout.JAVA_BYTE);
    }

    @Override
    public void writeAll(Path file, byte[] content) throws IOException {
        faults.writing(file);
        synchronized (this) {
            requirePower();
            requireDirectoryOf(file);
            requireRoom(file, content.length);
            UnforcedNode node = new UnforcedNode(content.length, 0);
            node.cache().copyFrom(MemorySegment.ofArray(content));
            put(file, node);
        }
    }

    @Override
    public synchronized void forceDirectory(Path directory) throws IOException {
        requirePower();
        faults.forcingDirectory(directory);
        Path wanted = key(directory);
        if (!directories.contains(wanted)) {
            throw new IOException("cannot force directory " + directory + ": no such directory");
        }
        durableFiles.keySet().removeIf(path -> wanted.equals(path.getParent()));
        files.forEach((path, node) -> {
            if (wanted.equals(path.getParent())) {
                durableFiles.put(path, node);
            }
        });
    }

    @Override
    public boolean delete(Path file) throws IOException {
        faults.deleting(file);
        return deleteNow(file);
    }

    private synchronized boolean deleteNow(Path file) throws IOException {
        requirePower();
        Path wanted = key(file);
        if (directories.contains(wanted)) {
            if (!list(file).isEmpty()) {
                throw new IOException("cannot delete " + file + ": directory is not empty");
            }
            return directories.remove(wanted);
        }
        boolean existed = files.remove(wanted) != null;
        entriesChanged();
        return existed;
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        UnforcedNode node = node(from);
        requireDirectoryOf(to);
        files.remove(key(from));
        files.put(key(to), node);
        entriesChanged();
    }

    @Override
    public synchronized Optional<DiskLock> tryLock(Path file) throws IOException {
        requirePower();
        if (!exists(file)) {
            writeAll(file, "lock".getBytes(StandardCharsets.US_ASCII));
        }
        Path key = key(file);
        return locks.add(key) ? Optional.of(() -> unlock(key)) : Optional.empty();
    }

    @Override
    public synchronized Space space(Path path) throws IOException {
        requirePower();
        return new Space(capacityBytes, usedBytes(), Math.max(0, capacityBytes - usedBytes()));
    }

    synchronized void write(UnforcedFile file, long position, MemorySegment bytes)
            throws IOException {
        requirePower();
        UnforcedNode node = file.node();
        long end = position + bytes.byteSize();
        if (end > node.sizeBytes()) {
            requireRoom(file.path(), end - node.sizeBytes());
            node.resize(end);
        }
        MemorySegment.copy(bytes, 0, node.cache(), position, bytes.byteSize());
        node.written(position, bytes.byteSize());
    }

    synchronized void force(UnforcedFile file, long position, long sizeBytes) throws IOException {
        requirePower();
        file.node().force(position, sizeBytes);
        forces.add(new Force(file.path(), position, sizeBytes));
    }

    synchronized void requirePower() throws IOException {
        if (dead) {
            throw new IOException("the disk has no power");
        }
    }

    private synchronized UnforcedDisk powerCut(LongPredicate writtenBack) {
        dead = true;
        UnforcedDisk left = new UnforcedDisk(entries);
        left.capacityBytes = capacityBytes;
        left.othersBytes = othersBytes;
        left.directories.addAll(directories);
        durableFiles.forEach((path, node) -> left.files.put(path, node.afterPowerCut(writtenBack)));
        left.durableFiles.putAll(left.files);
        return left;
    }

    private synchronized void unlock(Path key) {
        locks.remove(key);
    }

    private UnforcedNode node(Path file) throws IOException {
        requirePower();
        UnforcedNode node = files.get(key(file));
        if (node == null) {
            throw new IOException("cannot open " + file + ": no such file");
        }
        return node;
    }

    private void put(Path file, UnforcedNode node) {
        files.put(key(file), node);
        entriesChanged();
    }

    private void entriesChanged() {
        switch (entries) {
            case DURABLE_AT_ONCE -> {
                durableFiles.clear();
                durableFiles.putAll(files);
            }
            case DURABLE_WHEN_FORCED -> {
                // until forceDirectory
            }
        }
    }

    private void requireDirectoryOf(Path file) throws IOException {
        if (!directories.contains(key(file).getParent())) {
            throw new IOException("cannot create " + file + ": no such directory");
        }
    }

    private void requireRoom(Path file, long wantedBytes) throws IOException {
        long usableBytes = capacityBytes - usedBytes();
        if (wantedBytes > usableBytes) {
            throw new DiskFullException(
                    "cannot write %s: wanted %,d bytes, %,d bytes usable".formatted(file, wantedBytes, usableBytes),
                    null);
        }
    }

    private long usedBytes() {
        return othersBytes + files.values().stream().mapToLong(UnforcedNode::sizeBytes).sum();
    }

    private static Path key(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /// When a new, renamed or deleted entry of a directory survives a power failure.
    public enum Entries {
        DURABLE_AT_ONCE, DURABLE_WHEN_FORCED
    }

    /// A force that succeeded.
    public record Force(Path file, long position, long sizeBytes) {
    }
}
