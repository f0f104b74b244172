package dev.storescope.engine.sim.disk;

import dev.storescope.engine.env.DiskFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// An open file of [SimulatedDisk].
///
/// Threads: whoever has the baton; mapped memory by any, as in the real world.
final class SimulatedFile implements DiskFile {
    private final SimulatedDisk disk;
    private final Path path;
    private final Inode inode;
    private final Access access;
    /// Of the mapping; null until there is one.
    private Arena arena;
    private MemorySegment mapping;
    private boolean closed;

    SimulatedFile(SimulatedDisk disk, Path path, Inode inode, Access access) {
        this.disk = disk;
        this.path = path;
        this.inode = inode;
        this.access = access;
        inode.opened();
    }

    Inode inode() {
        return inode;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public long size() throws IOException {
        disk.pass();
        requireOpen();
        return inode.sizeBytes();
    }

    @Override
    public MemorySegment map() throws IOException {
        if (mapping == null) {
            disk.mapping(path);
            requireOpen();
        }
        if (mapping == null) {
            inode.mapped();
            arena = Arena.ofShared();
            MemorySegment whole = inode.cache().reinterpret(arena, null);
            mapping = access == Access.READ ? whole.asReadOnly() : whole;
        }
        return mapping;
    }

    @Override
    public void write(long position, MemorySegment source, long sourcePosition, long sizeBytes) throws IOException {
        requireWritable("write to");
        requireOpen();
        disk.write(this, position, source.asSlice(sourcePosition, sizeBytes));
    }

    @Override
    public void put(long position, ByteBuffer source) throws IOException {
        requireWritable("write to");
        requireOpen();
        disk.put(this, position, MemorySegment.ofBuffer(source.rewind()));
    }

    @Override
    public int read(long position, MemorySegment target, long targetPosition, int sizeBytes) throws IOException {
        disk.pass();
        requireOpen();
        int bytes = (int) Math.max(0, Math.min(sizeBytes, inode.sizeBytes() - position));
        MemorySegment.copy(inode.cache(), Math.min(position, inode.sizeBytes()), target, targetPosition, bytes);
        return bytes;
    }

    @Override
    public void force(long position, long sizeBytes) throws IOException {
        requireWritable("force");
        requireOpen();
        disk.force(this, position, sizeBytes);
    }

    @Override
    public void truncate(long sizeBytes) throws IOException {
        requireWritable("truncate");
        disk.pass();
        requireOpen();
        if (sizeBytes < inode.sizeBytes()) {
            inode.resize(sizeBytes);
        }
    }

    @Override
    public void close() {
        disk.requireAlive();
        if (!closed) {
            closed = true;
            if (arena != null) {
                arena.close();
                inode.unmapped();
            }
            inode.closed();
            disk.forgetIfGone(inode);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }

    void requireOpen() throws IOException {
        disk.requireAlive();
        if (closed) {
            throw new IOException("cannot use %s: file is closed".formatted(path));
        }
    }

    private void requireWritable(String action) throws IOException {
        if (access == Access.READ) {
            throw new IOException("cannot %s %s: it was opened for reading only".formatted(action, path));
        }
    }

    /// What a file was opened for.
    enum Access {
        READ, READ_WRITE
    }
}
