package dev.storescope.app.session.trace;

import java.util.Arrays;

/// Spans of one level of one thread, in their order; they never overlap. Numbered from 0 on; the oldest may be gone.
///
/// Threads: one; a [#copy()] that nothing is added to may be read by any.
public final class Track {
    /// What is taken from, and given back to, the [ChunkPool] at once.
    static final int CHUNK_SPANS = 128;
    /// Start, end, kind and detail, a, b.
    static final int LONGS_PER_SPAN = 5;
    private static final int KIND_BITS = 8;
    private static final long KIND_MASK = (1 << KIND_BITS) - 1;
    private static final TraceKind[] KINDS = TraceKind.values();

    private final ChunkPool pool;
    private long[][] chunks = new long[4][];
    private int chunkCount;
    private long first;
    private long end;
    private long lastEndNanos = Long.MIN_VALUE;

    Track(ChunkPool pool) {
        this.pool = pool;
    }

    /// Adds a span; one that would overlap the last begins where that ends.
    void add(long startNanos, long endNanos, TraceKind kind, long detail, long a, long b) {
        int fill = (int) (end % CHUNK_SPANS);
        if (fill == 0) {
            if (chunkCount > 0) {
                pool.sealed(this);
            }
            append(pool.take());
        }
        long start = Math.max(startNanos, lastEndNanos);
        lastEndNanos = Math.max(start, endNanos);
        long[] chunk = chunks[chunkCount - 1];
        int slot = fill * LONGS_PER_SPAN;
        chunk[slot] = start;
        chunk[slot + 1] = lastEndNanos;
        chunk[slot + 2] = detail << KIND_BITS | kind.ordinal();
        chunk[slot + 3] = a;
        chunk[slot + 4] = b;
        end++;
    }

    private void append(long[] chunk) {
        if (chunkCount == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunks.length * 2);
        }
        chunks[chunkCount++] = chunk;
    }

    /// Forgets the oldest chunk, which must be full.
    long[] dropOldest() {
        long[] dropped = chunks[0];
        chunkCount--;
        System.arraycopy(chunks, 1, chunks, 0, chunkCount);
        chunks[chunkCount] = null;
        first += CHUNK_SPANS;
        return dropped;
    }

    /// What is there now. Shares what is full: the pool must not use that again.
    Track copy() {
        var copy = new Track(pool);
        copy.chunks = Arrays.copyOf(chunks, Math.max(1, chunkCount));
        if (chunkCount > 0) {
            copy.chunks[chunkCount - 1] = chunks[chunkCount - 1].clone();
        }
        copy.chunkCount = chunkCount;
        copy.first = first;
        copy.end = end;
        copy.lastEndNanos = lastEndNanos;
        return copy;
    }

    int chunkCount() {
        return chunkCount;
    }

    /// Number of the oldest span that is still there.
    public long first() {
        return first;
    }

    /// Number of the next span.
    public long end() {
        return end;
    }

    public boolean isEmpty() {
        return first == end;
    }

    public long startNanos(long number) {
        return value(number, 0);
    }

    public long endNanos(long number) {
        return value(number, 1);
    }

    public TraceKind kind(long number) {
        return KINDS[(int) (value(number, 2) & KIND_MASK)];
    }

    public long detail(long number) {
        return value(number, 2) >> KIND_BITS;
    }

    public long a(long number) {
        return value(number, 3);
    }

    public long b(long number) {
        return value(number, 4);
    }

    /// Number of the first span that ends at a time or later; [#end()] when there is none.
    public long firstEndingFrom(long nanoTime) {
        return search(nanoTime, 1);
    }

    /// Number of the first span that starts at a time or later; [#end()] when there is none.
    public long firstStartingFrom(long nanoTime) {
        return search(nanoTime, 0);
    }

    /// Reads spans one after another, faster than by number.
    public Reader reader() {
        return new Reader();
    }

    /// The place of one who reads through the track.
    ///
    /// Threads: one.
    public final class Reader {
        private int chunk;
        private int slot;

        private Reader() {
        }

        /// Goes to a span that is there.
        public void seek(long number) {
            long index = number - first;
            chunk = (int) (index / CHUNK_SPANS);
            slot = (int) (index % CHUNK_SPANS) * LONGS_PER_SPAN;
        }

        /// Goes to the next one, whether or not there is one.
        public void advance() {
            slot += LONGS_PER_SPAN;
            if (slot == CHUNK_SPANS * LONGS_PER_SPAN) {
                slot = 0;
                chunk++;
            }
        }

        public long startNanos() {
            return chunks[chunk][slot];
        }

        public long endNanos() {
            return chunks[chunk][slot + 1];
        }

        /// Of the kind.
        public int kindOrdinal() {
            return (int) (chunks[chunk][slot + 2] & KIND_MASK);
        }
    }

    private long search(long nanoTime, int field) {
        long low = first;
        long high = end;
        while (low < high) {
            long middle = low + high >>> 1;
            if (value(middle, field) < nanoTime) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private long value(long number, int field) {
        long index = number - first;
        return chunks[(int) (index / CHUNK_SPANS)][(int) (index % CHUNK_SPANS) * LONGS_PER_SPAN + field];
    }
}
