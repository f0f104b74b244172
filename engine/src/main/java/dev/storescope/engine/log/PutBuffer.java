package dev.storescope.engine.log;

import dev.storescope.engine.file.MappedFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// Where the records of one put are brought together under sync flush, so that they come into the page cache in one piece
/// (see [dev.storescope.engine.env.DiskFile#put]).
///
/// Threads: whoever holds the put lock.
final class PutBuffer {
    /// A put that is longer goes through the mapping: then its own bytes cost more than what is saved.
    private static final int BYTES = 1 << 16;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);
    private final MemorySegment bytes = MemorySegment.ofBuffer(buffer);

    boolean takes(int sizeBytes) {
        return sizeBytes <= BYTES;
    }

    MemorySegment bytes() {
        return bytes;
    }

    /// Puts its first bytes to a position of the file.
    void putInto(MappedFile file, long position, int sizeBytes) throws IOException {
        file.diskFile().put(position, buffer.limit(sizeBytes));
    }
}
