package dev.storescope.engine.testing;

import dev.storescope.engine.env.DiskFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// An open file of [UnforcedDisk].
final class UnforcedFile implements DiskFile {
    private final UnforcedDisk disk;
    private final Path path;
    private final UnforcedNode node;
    private final Access access;
    private final Arena arena = Arena.ofShared();
    // Guarded by the disk; null until mapped.
    private MemorySegment mapping;
    private boolean closed;

    UnforcedFile(UnforcedDisk disk, Path path, UnforcedNode node, Access access) {
        this.disk = disk;
        this.path = path;
        this.node = node;
        this.access = access;
    }

    UnforcedNode node() {
        return node;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public long size() throws IOException {
        synchronized (disk) {
            requireOpen();
            return node.sizeBytes();
        }
    }

    @Override
    public MemorySegment map() throws IOException {
        disk.faults().mapping(path);
        synchronized (disk) {
            requireOpen();
            if (mapping == null) {
                node.mapped();
                // The action keeps the memory alive for as long as the mapping is.
                MemorySegment mapped = node.cache().reinterpret(arena, ignored -> unmapped());
                mapping = access == Access.READ ? mapped.asReadOnly() : mapped;
            }
            return mapping;
        }
    }

    @Override
    public void write(long position, MemorySegment source, long sourcePosition, long sizeBytes) throws IOException {
        requireWritable("write to");
        disk.faults().writing(path);
        requireOpen();
        disk.write(this, position, source.asSlice(sourcePosition, sizeBytes));
    }

    @Override
    public void put(long position, ByteBuffer source) throws IOException {
        source.rewind();
        write(position, MemorySegment.ofBuffer(source), 0, source.limit());
    }

    @Override
    public int read(long position, MemorySegment target, long targetPosition, int sizeBytes) throws IOException {
        synchronized (disk) {
            requireOpen();
            int bytes = (int) Math.max(0, Math.min(sizeBytes, node.sizeBytes() - position));
            MemorySegment.copy(node.cache(), Math.min(position, node.sizeBytes()), target, targetPosition, bytes);
            return bytes;
        }
    }

    @Override
    public void force(long position, long sizeBytes) throws IOException {
        requireWritable("force");
        requireOpen();
        if (disk.faults().forcing(path)) {
            synchronized (disk) {
                node.giveUp(position, sizeBytes);
            }
            throw new IOException("cannot force " + path + ": input/output error (wanted by the test)");
        }
        disk.force(this, position, sizeBytes);
    }

    @Override
    public void truncate(long sizeBytes) throws IOException {
        requireWritable("truncate");
        synchronized (disk) {
            requireOpen();
            if (sizeBytes < node.sizeBytes()) {
                node.resize(sizeBytes);
            }
        }
    }

    @Override
    public void close() {
        synchronized (disk) {
            if (!closed) {
                closed = true;
                arena.close();
            }
        }
    }

    private void unmapped() {
        node.unmapped();
    }

    private void requireOpen() throws IOException {
        synchronized (disk) {
            disk.requirePower();
            if (closed) {
                throw new IOException(path + ": file is closed");
            }
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
