package dev.storescope.app.session.trace;

import java.util.ArrayDeque;
import java.util.Deque;

/// The memory of a recording: so many chunks and no more. When all are used, the one that was filled first is used again,
/// whoever it belonged to; so what is kept reaches back about as far for each thread.
///
/// Threads: one.
final class ChunkPool {
    private final int capacity;
    private final Deque<Track> sealed = new ArrayDeque<>();
    private int lent;
    /// How many of the chunks at the front of `sealed` are read by someone else as well.
    private int shared;
    private boolean recycled;

    /// @param capacity chunks
    ChunkPool(int capacity) {
        this.capacity = capacity;
    }

    long[] take() {
        if (lent < capacity || sealed.isEmpty()) {
            lent++;
            return new long[Track.CHUNK_SPANS * Track.LONGS_PER_SPAN];
        }
        recycled = true;
        long[] oldest = sealed.removeFirst().dropOldest();
        if (shared > 0) {
            shared--;
            return new long[oldest.length];
        }
        return oldest;
    }

    /// The last chunk of a track is full: it may be used again when it is the oldest one.
    void sealed(Track track) {
        sealed.addLast(track);
    }

    /// All that is full now is read by someone else, and stays as it is for him.
    void share() {
        shared = sealed.size();
    }

    /// Whether something had to be forgotten.
    boolean hasRecycled() {
        return recycled;
    }
}
