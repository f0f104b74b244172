package dev.storescope.engine.sim.disk;

import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.env.DiskFullException;
import dev.storescope.engine.env.ForwardingDisk;
import java.io.IOException;
import java.nio.file.Path;

/// A real disk with the faults of [LiveFaults]. While none is on it asks one field more than the disk itself.
final class FaultyDisk extends ForwardingDisk {
    private final LiveFaults faults;

    FaultyDisk(Disk disk, LiveFaults faults) {
        super(disk);
        this.faults = faults;
    }

    @Override
    public DiskFile create(Path file, long sizeBytes) throws IOException {
        requireRoom(file, sizeBytes);
        return new FaultyFile(disk().create(file, sizeBytes), faults);
    }

    @Override
    public DiskFile createSparse(Path file, long sizeBytes) throws IOException {
        requireRoom(file, sizeBytes);
        return new FaultyFile(disk().createSparse(file, sizeBytes), faults);
    }

    private void requireRoom(Path file, long wantedBytes) throws IOException {
        if (!faults.isAnyOn()) {
            return;
        }
        long capacity = faults.capacityBytes();
        if (capacity != Long.MAX_VALUE) {
            long usableBytes = Math.max(0, capacity - usedBytes(faults.root()));
            if (wantedBytes > usableBytes) {
                throw new DiskFullException(
                        "cannot create %s: wanted %,d bytes, %,d bytes usable under the limit of %,d"
                                .formatted(file, wantedBytes, usableBytes, capacity),
                        null);
            }
        }
    }

    /// By the lengths of all files below.
    long usedBytes(Path directory) throws IOException {
        long used = 0;
        for (Entry entry : disk().list(directory)) {
            used += entry.directory() ? usedBytes(directory.resolve(entry.name())) : entry.sizeBytes();
        }
        return used;
    }

    /// Under a limit the store's own files are all that is on the disk.
    @Override
    public Space space(Path path) throws IOException {
        long capacity = faults.isAnyOn() ? faults.capacityBytes() : Long.MAX_VALUE;
        if (capacity == Long.MAX_VALUE) {
            return disk().space(path);
        }
        long used = usedBytes(faults.root());
        return new Space(capacity, Math.min(used, capacity), Math.max(0, capacity - used));
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return new FaultyFile(disk().open(file), faults);
    }

    @Override
    public DiskFile openReadOnly(Path file) throws IOException {
        return new FaultyFile(disk().openReadOnly(file), faults);
    }
}
