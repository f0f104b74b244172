package dev.storescope.engine.sim.disk;

import dev.storescope.engine.env.DiskFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// A file of a [FaultyDisk].
final class FaultyFile implements DiskFile {
    private final DiskFile file;
    private final LiveFaults faults;

    FaultyFile(DiskFile file, LiveFaults faults) {
        this.file = file;
        this.faults = faults;
    }

    /// One that fails has not asked the disk; one that takes longer has, and keeps to itself that it is done.
    @Override
    public void force(long position, long sizeBytes) throws IOException {
        if (!faults.isAnyOn()) {
            file.force(position, sizeBytes);
            return;
        }
        if (faults.forceFails(file.path())) {
            throw new IOException("cannot force " + file.path() + ": input/output error (a fault that was turned on)");
        }
        file.force(position, sizeBytes);
        long extraNs = faults.extraForceNs();
        if (extraNs > 0) {
            faults.sleep(extraNs);
        }
    }

    @Override
    public Path path() {
        return file.path();
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public MemorySegment map() throws IOException {
        return file.map();
    }

    @Override
    public void write(long position, MemorySegment source, long sourcePosition, long sizeBytes) throws IOException {
        file.write(position, source, sourcePosition, sizeBytes);
    }

    @Override
    public void put(long position, ByteBuffer source) throws IOException {
        file.put(position, source);
    }

    @Override
    public int read(long position, MemorySegment target, long targetPosition, int sizeBytes) throws IOException {
        return file.read(position, target, targetPosition, sizeBytes);
    }

    @Override
    public boolean prewrite(long position, long sizeBytes) throws IOException {
        return file.prewrite(position, sizeBytes);
    }

    @Override
    public boolean canPopulate() {
        return file.canPopulate();
    }

    @Override
    public void populate(long position, long sizeBytes) {
        file.populate(position, sizeBytes);
    }

    @Override
    public long nextData(long position) throws IOException {
        return file.nextData(position);
    }

    @Override
    public long nextHole(long position) throws IOException {
        return file.nextHole(position);
    }

    @Override
    public void truncate(long sizeBytes) throws IOException {
        file.truncate(sizeBytes);
    }

    @Override
    public void close() {
        file.close();
    }
}
