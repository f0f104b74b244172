package dev.storescope.engine.api;

import java.lang.foreign.MemorySegment;

/// A counted lease on a piece of a mapped file (RocketMQ `SelectMappedBufferResult`). The file stays mapped until the
/// lease is closed; close it soon.
///
/// Threads: one at a time; [#close()] may be called more than once.
public final class SelectMappedBufferResult implements AutoCloseable {
    private final long startOffset;
    private final MemorySegment segment;
    private Runnable release;

    /// @param startOffset of the first byte, from the start of the file row
    /// @param segment read-only
    /// @param release gives the lease back
    public SelectMappedBufferResult(long startOffset, MemorySegment segment, Runnable release) {
        this.startOffset = startOffset;
        this.segment = segment;
        this.release = release;
    }

    public long startOffset() {
        return startOffset;
    }

    public MemorySegment segment() {
        return segment;
    }

    public int sizeBytes() {
        return (int) segment.byteSize();
    }

    @Override
    public void close() {
        Runnable once = release;
        release = null;
        if (once != null) {
            once.run();
        }
    }
}
