package dev.storescope.app.session.trace;

import dev.storescope.app.session.trace.TraceKind.Level;
import java.util.Optional;

/// What one thread did.
///
/// Threads: one; a [#copy()] may be read by any.
public final class Lane {
    private final String threadName;
    private final LaneGroup group;
    private final Track[] tracks = new Track[Level.count()];
    private final Open[] open = new Open[Level.count()];
    private long lastNanos = Long.MIN_VALUE;

    /// A span that has not ended yet.
    public static final class Open {
        // Null while nothing is open: written for each span of a busy thread, an object for each would be garbage.
        private TraceKind kind;
        private long startNanos;
        private long detail;
        private long a;
        private long b;

        public TraceKind kind() {
            return kind;
        }

        public long startNanos() {
            return startNanos;
        }

        public long a() {
            return a;
        }

        public long b() {
            return b;
        }

        public long detail() {
            return detail;
        }

        private void set(TraceKind now, long start, long newDetail, long newA, long newB) {
            kind = now;
            startNanos = start;
            detail = newDetail;
            a = newA;
            b = newB;
        }

        private void setTo(Open other) {
            set(other.kind, other.startNanos, other.detail, other.a, other.b);
        }
    }

    Lane(String threadName, ChunkPool pool) {
        this.threadName = threadName;
        group = LaneGroup.of(threadName);
        for (int i = 0; i < tracks.length; i++) {
            tracks[i] = new Track(pool);
            open[i] = new Open();
        }
    }

    private Lane(Lane original) {
        threadName = original.threadName;
        group = original.group;
        lastNanos = original.lastNanos;
        for (int i = 0; i < tracks.length; i++) {
            tracks[i] = original.tracks[i].copy();
            open[i] = new Open();
            open[i].setTo(original.open[i]);
        }
    }

    public String threadName() {
        return threadName;
    }

    public LaneGroup group() {
        return group;
    }

    public Track track(Level level) {
        return tracks[level.ordinal()];
    }

    /// What has begun and not ended; nothing else of this level can be under way.
    public Optional<Open> open(Level level) {
        Open candidate = open[level.ordinal()];
        return candidate.kind == null ? Optional.empty() : Optional.of(candidate);
    }

    /// The last time that was told; [Long#MIN_VALUE] before the first.
    public long lastNanos() {
        return lastNanos;
    }

    /// From when on everything is there that was told of it.
    public long keptFromNanos() {
        long kept = Long.MIN_VALUE;
        for (Track track : tracks) {
            if (track.first() > 0) {
                kept = Math.max(kept, track.isEmpty() ? lastNanos : track.startNanos(track.first()));
            }
        }
        return kept;
    }

    /// What the thread has done up to now.
    Lane copy() {
        return new Lane(this);
    }

    void reached(long nanoTime) {
        lastNanos = Math.max(lastNanos, nanoTime);
    }

    boolean isOpen(TraceKind kind) {
        return open[kind.level().ordinal()].kind == kind;
    }

    void open(TraceKind kind, long startNanos, long detail, long a, long b) {
        open[kind.level().ordinal()].set(kind, startNanos, detail, a, b);
    }

    /// Says more of what is under way.
    void describe(TraceKind kind, long a, long b) {
        if (isOpen(kind)) {
            Open under = open[kind.level().ordinal()];
            under.set(kind, under.startNanos, under.detail, a, b);
        }
    }

    void detail(TraceKind kind, long detail) {
        if (isOpen(kind)) {
            Open under = open[kind.level().ordinal()];
            under.set(kind, under.startNanos, detail, under.a, under.b);
        }
    }

    /// Ends what is under way on a level, if anything is.
    void close(Level level, long endNanos) {
        Open under = open[level.ordinal()];
        if (under.kind != null) {
            tracks[level.ordinal()].add(under.startNanos, endNanos, under.kind, under.detail, under.a, under.b);
            under.kind = null;
        }
    }

    /// Ends what had begun by then, on all levels.
    void endAllBegunBy(long nanos) {
        for (Level level : Level.values()) {
            Open under = open[level.ordinal()];
            if (under.kind != null && under.startNanos <= nanos) {
                close(level, nanos);
            }
        }
    }

    /// Ends it when it is of this kind.
    ///
    /// @return whether it was
    boolean close(TraceKind kind, long endNanos) {
        boolean isOpen = isOpen(kind);
        if (isOpen) {
            close(kind.level(), endNanos);
        }
        return isOpen;
    }

    void add(TraceKind kind, long startNanos, long endNanos, long a, long b) {
        track(kind.level()).add(startNanos, endNanos, kind, 0, a, b);
    }

    /// When what was under way ended is not known.
    void forgetOpen() {
        for (Open under : open) {
            under.kind = null;
        }
    }
}
