package dev.storescope.bench.drive;

import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.env.FileDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The machine's disk, on which the first files of the log have been prepared.
final class WarmDisk implements Disk {
    private final FileDisk disk = new FileDisk();
    private final WarmFiles warmFiles;
    private final List<Path> prepared;

    WarmDisk(StoreSetup setup) {
        warmFiles = setup.warmFiles();
        prepared = warmFiles.linksIn(setup.logDirectory());
    }

    @Override
    public DiskFile create(Path file, long sizeBytes) throws IOException {
        int number = prepared.indexOf(file);
        if (number < 0 || sizeBytes != warmFiles.sizeBytes()) {
            return disk.create(file, sizeBytes);
        }
        Files.createLink(file, warmFiles.file(number));
        return disk.open(file);
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
