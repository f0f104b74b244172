package dev.storescope.engine.sim;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.DiskFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.LongConsumer;

/// A disk in memory: files are pieces of it, and what it does takes the time that a [CostModel] says.
///
/// Threads: any.
final class MemoryDisk implements Disk {
    private static final long PAGE_BYTES = 4096;
    private static final long SPARSE_FROM_BYTES = 64L << 20;
    private static final long TOTAL_BYTES = 512L << 30;

    private final CostModel costs;
    private final LongConsumer spend;
    private final Map<Path, MemorySegment> files = new ConcurrentSkipListMap<>();
    private final Set<Path> directories = new ConcurrentSkipListSet<>();
    private final Set<Path> locked = new ConcurrentSkipListSet<>();

    /// @param spend lets so many nanoseconds pass
    MemoryDisk(CostModel costs, LongConsumer spend) {
        this.costs = costs;
        this.spend = spend;
    }

    @Override
    public List<Entry> list(Path directory) {
        var entries = new ArrayList<Entry>();
        files.forEach((path, content) -> {
            if (directory.equals(path.getParent())) {
                entries.add(new Entry(path.getFileName().toString(), false, content.byteSize()));
            }
        });
        directories.stream()
                .filter(path -> directory.equals(path.getParent()))
                .forEach(path -> entries.add(new Entry(path.getFileName().toString(), true, 0)));
        return entries;
    }

    @Override
    public boolean exists(Path path) {
        return files.containsKey(path) || directories.contains(path);
    }

    @Override
    public Optional<Long> size(Path file) {
        return Optional.ofNullable(files.get(file)).map(MemorySegment::byteSize);
    }

    @Override
    public void createDirectories(Path directory) {
        for (Path each = directory; each != null; each = each.getParent()) {
            directories.add(each);
        }
    }

    @Override
    public DiskFile create(Path file, long sizeBytes) throws IOException {
        if (files.containsKey(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        spend.accept(costs.createNs());
        files.put(file, memory(sizeBytes));
        return new MemoryFile(file);
    }

    /// Takes memory only for what is written, however long the file is.
    @Override
    public DiskFile createSparse(Path file, long sizeBytes) throws IOException {
        if (files.containsKey(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        spend.accept(costs.createNs());
        files.put(file, sizeBytes < SPARSE_FROM_BYTES ? memory(sizeBytes) : sparseMemory(sizeBytes));
        return new MemoryFile(file);
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        content(file);
        return new MemoryFile(file);
    }

    @Override
    public DiskFile openReadOnly(Path file) throws IOException {
        return open(file);
    }

    @Override
    public byte[] readAll(Path file) throws IOException {
        return content(file).toArray(ValueLayout.JAVA_BYTE);
    }

    @Override
    public void writeAll(Path file, byte[] bytes) {
        MemorySegment content = memory(bytes.length);
        content.copyFrom(MemorySegment.ofArray(bytes));
        files.put(file, content);
    }

    @Override
    public void forceDirectory(Path directory) {
        // memory needs none
    }

    @Override
    public boolean delete(Path file) {
        return files.remove(file) != null;
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        files.put(to, content(from));
        files.remove(from);
    }

    @Override
    public Optional<DiskLock> tryLock(Path file) {
        return locked.add(file) ? Optional.of(() -> locked.remove(file)) : Optional.empty();
    }

    @Override
    public Space space(Path path) {
        long used = files.values().stream().mapToLong(MemorySegment::byteSize).sum();
        return new Space(TOTAL_BYTES, used, TOTAL_BYTES - used);
    }

    private MemorySegment content(Path file) throws IOException {
        MemorySegment content = files.get(file);
        if (content == null) {
            throw new FileNotFoundException(file.toString());
        }
        return content;
    }

    private static MemorySegment memory(long sizeBytes) {
        return Arena.ofAuto().allocate(sizeBytes, PAGE_BYTES);
    }

    /// Java has no way to ask for memory without writing zeros into all of it, but for the mapping of a file with a hole.
    private static MemorySegment sparseMemory(long sizeBytes) throws IOException {
        Path hole = Files.createTempFile("storescope-", ".sparse");
        try (FileChannel channel = FileChannel.open(hole, READ, WRITE, DELETE_ON_CLOSE)) {
            return channel.map(MapMode.READ_WRITE, 0, sizeBytes, Arena.ofAuto());
        }
    }

    private final class MemoryFile implements DiskFile {
        private final Path path;

        private MemoryFile(Path path) {
            this.path = path;
        }

        @Override
        public Path path() {
            return path;
        }

        @Override
        public long size() throws IOException {
            return content(path).byteSize();
        }

        @Override
        public MemorySegment map() throws IOException {
            return content(path);
        }

        @Override
        public void write(long position, MemorySegment source, long sourcePosition, long sizeBytes) throws IOException {
            MemorySegment.copy(source, sourcePosition, content(path), position, sizeBytes);
            spend.accept(costs.write(sizeBytes));
        }

        @Override
        public int read(long position, MemorySegment target, long targetPosition, int sizeBytes) throws IOException {
            MemorySegment content = content(path);
            int bytes = (int) Math.max(0, Math.min(sizeBytes, content.byteSize() - position));
            MemorySegment.copy(content, position, target, targetPosition, bytes);
            return bytes;
        }

        @Override
        public void force(long position, long sizeBytes) {
            spend.accept(costs.force(sizeBytes));
        }

        @Override
        public void truncate(long sizeBytes) throws IOException {
            MemorySegment old = content(path);
            MemorySegment shorter = memory(sizeBytes);
            MemorySegment.copy(old, 0, shorter, 0, Math.min(old.byteSize(), sizeBytes));
            files.put(path, shorter);
        }

        @Override
        public void close() {
            // the garbage collector frees it
        }
    }
}
