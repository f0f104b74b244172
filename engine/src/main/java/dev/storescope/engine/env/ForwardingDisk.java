package dev.storescope.engine.env;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A disk that hands everything on to another one: a base for those that change a part of it. What opens or makes files hands
/// them on as they are.
public abstract class ForwardingDisk implements Disk {
    private final Disk disk;

    protected ForwardingDisk(Disk disk) {
        this.disk = disk;
    }

    /// The disk behind this one.
    protected final Disk disk() {
        return disk;
    }

    @Override
    public List<Entry> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public boolean exists(Path path) {
        return disk.exists(path);
    }

    @Override
    public Optional<Long> size(Path file) throws IOException {
        return disk.size(file);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public void makeDirectories(Path directory) throws IOException {
        disk.makeDirectories(directory);
    }

    @Override
    public DiskFile create(Path file, long sizeBytes) throws IOException {
        return disk.create(file, sizeBytes);
    }

    @Override
    public DiskFile createSparse(Path file, long sizeBytes) throws IOException {
        return disk.createSparse(file, sizeBytes);
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return disk.open(file);
    }

    @Override
    public DiskFile openReadOnly(Path file) throws IOException {
        return disk.openReadOnly(file);
    }

    @Override
    public byte[] readAll(Path file) throws IOException {
        return disk.readAll(file);
    }

    @Override
    public void writeAll(Path file, byte[] content) throws IOException {
        disk.writeAll(file, content);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        disk.forceDirectory(directory);
    }

    @Override
    public boolean delete(Path file) throws IOException {
        return disk.delete(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public Optional<DiskLock> tryLock(Path file) throws IOException {
        return disk.tryLock(file);
    }

    @Override
    public Space space(Path path) throws IOException {
        return disk.space(path);
    }
}
