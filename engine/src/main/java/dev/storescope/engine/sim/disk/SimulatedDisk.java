package dev.storescope.engine.sim.disk;

import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.env.DiskFullException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// A disk of a simulated world, which keeps what is on the platter apart from what is in the page cache, page by page.
///
/// - A page comes to the platter by a force of its range, at some time while that takes.
/// - A new, renamed or deleted entry of a directory comes there when the directory is forced; directories themselves at
///   once. A file has its length there from [#create] on, and a new one when it is forced.
/// - [#powerCut]: the platter stays; of what was on its way, a part that is drawn; one page may be torn.
/// - [#kill]: the page cache stays too.
///
/// Every operation takes the time that the [DiskModel] says and is a scheduling point, before it does anything.
///
/// Threads: whoever has the baton.
public final class SimulatedDisk implements Disk {
    private static final byte[] LOCK_TEXT = "lock".getBytes(StandardCharsets.US_ASCII);

    private final World world;
    private final DiskModel model;
    private final Faults faults;
    private final Draws draws;
    private final SortedMap<Path, Inode> files = new TreeMap<>();
    private final SortedMap<Path, Inode> durable = new TreeMap<>();
    private final List<EntryChange<Inode>> changes = new ArrayList<>();
    private final SortedSet<Path> directories;
    private final SortedSet<Path> locks = new TreeSet<>();
    /// All that there ever were: their memory is given back at the end.
    private final List<Inode> inodes = new ArrayList<>();
    private Optional<CutPages> cutPages = Optional.empty();

    /// @param image what the world before left
    /// @param draws of latencies
    public SimulatedDisk(World world, DiskModel model, Faults faults, Draws draws, DiskImage image) {
        this.world = world;
        this.model = model;
        this.faults = faults;
        this.draws = draws;
        this.directories = new TreeSet<>(image.directories());
        Function<InodeImage, Inode> opened = Memo.of(this::newInode);
        image.files().forEach((path, node) -> files.put(path, opened.apply(node)));
        image.durable().forEach((path, node) -> durable.put(path, opened.apply(node)));
        image.changes().forEach(change -> changes.add(change.with(opened)));
    }

    private Inode newInode(InodeImage image) {
        return keep(new Inode(image));
    }

    private Inode keep(Inode inode) {
        inodes.add(inode);
        return inode;
    }

    /// What is left when the process dies and the system goes on.
    public DiskImage kill() {
        Function<Inode, InodeImage> image = Memo.of(Inode::afterKill);
        return new DiskImage(images(files, image), images(durable, image),
                changes.stream().map(change -> change.with(image)).toList(), new TreeSet<>(directories));
    }

    /// What is left when the power fails.
    ///
    /// @param crashDraws which pages and entries were written back
    public DiskImage powerCut(Draws crashDraws) {
        long dirtyPages = files.values().stream().mapToLong(it -> it.dirtyBytes(0, it.sizeBytes())).sum()
                / Inode.PAGE_BYTES;
        PowerCut cut = new PowerCut(crashDraws, world.nanoTime(), (int) dirtyPages);
        SortedMap<Path, Inode> entries = new TreeMap<>(durable);
        for (EntryChange<Inode> change : changes) {
            if (cut.keepsEntry()) {
                change.applyTo(entries);
            }
        }
        SortedMap<Path, InodeImage> left = images(entries, Memo.of(inode -> inode.afterPowerCut(cut)));
        CutPages pages = new CutPages();
        files.forEach((path, inode) -> pages.add(path, inode.atPowerCut(entries.get(path) == inode)));
        cutPages = Optional.of(pages);
        return new DiskImage(left, new TreeMap<>(left), List.of(), new TreeSet<>(directories));
    }

    /// What the power failure that ended this disk made of its pages; nothing before it.
    public Optional<CutPages> cutPages() {
        return cutPages;
    }

    private static SortedMap<Path, InodeImage> images(SortedMap<Path, Inode> entries,
            Function<Inode, InodeImage> image) {
        SortedMap<Path, InodeImage> images = new TreeMap<>();
        entries.forEach((path, inode) -> images.put(path, image.apply(inode)));
        return images;
    }

    /// Gives all memory back. Nobody uses the disk any more.
    public void release() {
        inodes.forEach(Inode::release);
        inodes.clear();
    }

    /// Files that are kept: those with a name, now or on the platter, and those that are open still.
    int filesInMemory() {
        return inodes.size();
    }

    /// Tells two platters apart.
    public long platterHash() {
        long hash = directories.size();
        for (var entry : durable.entrySet()) {
            hash = entry.getValue().hashPlatter(Draws.mixed(hash, entry.getKey().toString().hashCode()));
        }
        return hash;
    }

    /// Bytes of a file that a power failure may take: those of its pages that differ from the platter's. 0 when there is
    /// no such file.
    public long dirtyBytes(Path file) {
        Inode inode = files.get(key(file));
        return inode == null ? 0 : inode.dirtyBytes(0, inode.sizeBytes());
    }

    /// Whether the platter has of the range what the page cache has; false when there is no such file. While the world stands.
    public boolean isOnPlatter(Path file, long position, long sizeBytes) {
        Inode inode = files.get(key(file));
        return inode != null && inode.isOnPlatter(position, sizeBytes);
    }

    /// Of each page of 4 KiB of a file; none when there is no such file. While the world stands.
    public List<PageState> pageStates(Path file) {
        Inode inode = files.get(key(file));
        return inode == null ? List.of() : inode.pageStates();
    }

    @Override
    public List<Entry> list(Path directory) throws IOException {
        world.sleep(0);
        Path wanted = key(directory);
        if (files.containsKey(wanted)) {
            throw new IOException("cannot list " + directory + ": not a directory");
        }
        List<Entry> found = new ArrayList<>();
        files.forEach((path, inode) -> {
            if (wanted.equals(path.getParent())) {
                found.add(new Entry(path.getFileName().toString(), false, inode.sizeBytes()));
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
    public boolean exists(Path path) {
        world.sleep(0);
        return isThere(path);
    }

    private boolean isThere(Path path) {
        return files.containsKey(key(path)) || directories.contains(key(path));
    }

    @Override
    public Optional<Long> size(Path file) {
        world.sleep(0);
        return Optional.ofNullable(files.get(key(file))).map(Inode::sizeBytes);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        boolean missing = !directories.contains(key(directory));
        world.sleep(missing ? model.directoryNs() : 0);
        for (Path path = key(directory); path != null; path = path.getParent()) {
            if (files.containsKey(path)) {
                throw new IOException("cannot create directory " + directory + ": " + path + " is a file");
            }
            directories.add(path);
        }
    }

    @Override
    public DiskFile create(Path file, long sizeBytes) throws IOException {
        return create(file, sizeBytes, model.createTimeNs(sizeBytes));
    }

    @Override
    public DiskFile createSparse(Path file, long sizeBytes) throws IOException {
        return create(file, sizeBytes, model.createTimeNs(0));
    }

    private DiskFile create(Path file, long sizeBytes, long durationNs) throws IOException {
        world.sleep(durationNs + faults.sum(Fault.SlowAllocation.class, Fault.SlowAllocation::extraNs));
        if (sizeBytes < 0) {
            throw new IllegalArgumentException(
                    "%s: expected a length of 0 or more, found %d".formatted(file, sizeBytes));
        }
        requireDirectoryOf("create", file);
        if (isThere(file)) {
            throw new IOException("cannot create " + file + ": exists already");
        }
        requireRoom("create", file, sizeBytes);
        Inode inode = keep(new Inode(sizeBytes, sizeBytes));
        put(file, inode);
        return new SimulatedFile(this, file, inode, SimulatedFile.Access.READ_WRITE);
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        world.sleep(0);
        return new SimulatedFile(this, file, inode("open", file), SimulatedFile.Access.READ_WRITE);
    }

    @Override
    public DiskFile openReadOnly(Path file) throws IOException {
        world.sleep(0);
        return new SimulatedFile(this, file, inode("open", file), SimulatedFile.Access.READ);
    }

    @Override
    public byte[] readAll(Path file) throws IOException {
        world.sleep(0);
        return inode("read", file).cache().toArray(ValueLayout.JAVA_BYTE);
    }

    /// As one change of the directory: what the new content is written into beside it is not seen by anybody.
    @Override
    public void writeAll(Path file, byte[] content) throws IOException {
        world.sleep(model.writeTimeNs(content.length));
        requireDirectoryOf("write", file);
        requireRoom("write", file, content.length);
        if (faults.writeFails(file) || faults.writeIsShort(file)) {
            throw new IOException("cannot write " + file + ": input/output error");
        }
        Inode inode = keep(new Inode(content.length, 0));
        inode.cache().copyFrom(MemorySegment.ofArray(content));
        put(file, inode);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        world.sleep(model.directoryNs());
        Path wanted = key(directory);
        if (!directories.contains(wanted)) {
            throw new IOException("cannot force directory " + directory + ": no such directory");
        }
        List<Inode> before = List.copyOf(durable.values());
        for (Iterator<EntryChange<Inode>> pending = changes.iterator(); pending.hasNext();) {
            EntryChange<Inode> change = pending.next();
            if (change.isIn(wanted)) {
                change.applyTo(durable);
                pending.remove();
            }
        }
        before.forEach(this::forgetIfGone);
    }

    /// Gives back the memory of a file that nobody can come to any more.
    void forgetIfGone(Inode inode) {
        boolean isReachable = inode.isOpen() || files.containsValue(inode)
                || durable.containsValue(inode)
                || changes.stream().anyMatch(change -> change.node().filter(inode::equals).isPresent());
        if (!isReachable) {
            inode.release();
            inodes.remove(inode);
        }
    }

    @Override
    public boolean delete(Path file) throws IOException {
        world.sleep(model.writeNs());
        Path wanted = key(file);
        if (directories.contains(wanted)) {
            if (hasEntries(wanted)) {
                throw new IOException("cannot delete " + file + ": directory is not empty");
            }
            return directories.remove(wanted);
        }
        if (files.remove(wanted) == null) {
            return false;
        }
        changes.add(EntryChange.removed(wanted));
        return true;
    }

    private boolean hasEntries(Path directory) {
        return files.keySet().stream().anyMatch(path -> directory.equals(path.getParent()))
                || directories.stream().anyMatch(path -> directory.equals(path.getParent()));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        world.sleep(model.writeNs());
        Inode inode = inode("rename", from);
        requireDirectoryOf("rename to", to);
        files.remove(key(from));
        files.put(key(to), inode);
        changes.add(EntryChange.renamed(key(from), key(to), inode));
    }

    @Override
    public Optional<DiskLock> tryLock(Path file) throws IOException {
        world.sleep(0);
        requireDirectoryOf("lock", file);
        Path key = key(file);
        if (!locks.add(key)) {
            return Optional.empty();
        }
        if (!isThere(file)) {
            Inode inode = keep(new Inode(LOCK_TEXT.length, 0));
            inode.cache().copyFrom(MemorySegment.ofArray(LOCK_TEXT));
            put(file, inode);
        }
        return Optional.of(() -> unlock(key));
    }

    private void unlock(Path key) {
        world.requireAlive();
        locks.remove(key);
    }

    @Override
    public Space space(Path path) {
        world.sleep(0);
        long capacity = faults.capacityBytes(model.capacityBytes());
        return new Space(capacity, Math.min(capacity, usedBytes()), Math.max(0, capacity - usedBytes()));
    }

    void force(SimulatedFile file, long position, long sizeBytes) throws IOException {
        Inode inode = file.inode();
        long now = world.nanoTime();
        long durationNs = model.forceTimeNs(inode.dirtyBytes(position, sizeBytes), draws)
                + faults.sum(Fault.SlowForce.class, Fault.SlowForce::extraNs);
        boolean fails = faults.forceFails(file.path());
        Inode.Flight flight = inode.begin(position, sizeBytes, now, durationNs);
        // The world may end in here; the flight is looked at before this thread unwinds.
        world.sleep(durationNs);
        if (faults.isAnyOn(Fault.StalledForce.class)) {
            world.awaitEndOf(new Fault.StalledForce());
        }
        file.requireOpen();
        if (fails) {
            inode.giveUp(flight);
            inode.end(flight);
            throw new IOException("cannot force " + file.path() + ": input/output error");
        }
        inode.written(flight, draws);
        inode.end(flight);
    }

    void write(SimulatedFile file, long position, MemorySegment bytes) throws IOException {
        world.sleep(model.writeTimeNs(bytes.byteSize()));
        file.requireOpen();
        put(file, position, bytes);
    }

    /// Likewise for the bytes of an append, whose time covers it.
    void put(SimulatedFile file, long position, MemorySegment bytes) throws IOException {
        if (faults.writeFails(file.path())) {
            throw new IOException("cannot write to " + file.path() + ": input/output error");
        }
        boolean isShort = faults.writeIsShort(file.path());
        MemorySegment written = isShort ? bytes.asSlice(0, bytes.byteSize() / 2) : bytes;
        Inode inode = file.inode();
        long end = position + written.byteSize();
        if (end > inode.sizeBytes()) {
            requireRoom("write to", file.path(), end - inode.sizeBytes());
            inode.resize(end);
        }
        MemorySegment.copy(written, 0, inode.cache(), position, written.byteSize());
        inode.dirtied(position, written.byteSize());
        if (isShort) {
            throw new IOException("cannot write to %s: expected to write %,d bytes, wrote %,d".formatted(file.path(),
                    bytes.byteSize(), written.byteSize()));
        }
    }

    /// A mapping takes as long as the making of a file.
    void mapping(Path file) throws IOException {
        world.sleep(model.createNs() + faults.sum(Fault.SlowAllocation.class, Fault.SlowAllocation::extraNs));
        if (faults.mappingFails(file)) {
            throw new IOException("cannot map " + file + ": cannot allocate memory");
        }
    }

    void pass() {
        world.sleep(0);
    }

    void requireAlive() {
        world.requireAlive();
    }

    private void put(Path file, Inode inode) {
        files.put(key(file), inode);
        changes.add(EntryChange.put(key(file), inode));
    }

    private Inode inode(String action, Path file) throws IOException {
        Inode inode = files.get(key(file));
        if (inode == null) {
            throw new IOException("cannot %s %s: no such file".formatted(action, file));
        }
        return inode;
    }

    private void requireDirectoryOf(String action, Path file) throws IOException {
        if (!directories.contains(key(file).getParent())) {
            throw new IOException("cannot %s %s: no such directory".formatted(action, file));
        }
    }

    private void requireRoom(String action, Path file, long wantedBytes) throws IOException {
        long usableBytes = faults.capacityBytes(model.capacityBytes()) - usedBytes();
        if (wantedBytes > usableBytes) {
            throw new DiskFullException("cannot %s %s: wanted %,d bytes, %,d bytes usable".formatted(action, file,
                    wantedBytes, Math.max(0, usableBytes)), null);
        }
    }

    /// Of all files.
    public long usedBytes() {
        long used = 0;
        for (Inode inode : files.values()) {
            used += inode.sizeBytes();
        }
        return used;
    }

    static Path key(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
