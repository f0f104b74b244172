package dev.storescope.app.session.trace;

import dev.storescope.engine.probe.ProbePoint;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a span or an instant of a recording is.
///
/// Spans of a thread lie on levels: those of one level never overlap, and those of a deeper level lie within those above.
public enum TraceKind {
    // What a service is doing, or waiting for.
    SERVICE_RUNNING(Level.STATE), //
    /// a: for how long at most.
    SERVICE_WAITING(Level.STATE), //
    /// a: ordinal of the probe point at which it stands.
    SERVICE_HELD(Level.STATE), //
    /// Events of the thread were lost here. a: how many.
    LOST(Level.STATE),

    /// a: offset of the record or -1, b: its bytes, detail: ordinal of the status.
    PUT(Level.WORK), //
    /// a: from offset, b: bytes, detail: requests of the batch, 0 when nobody waits for it.
    FORCE(Level.WORK), //
    /// a: from offset, b: bytes.
    COMMIT(Level.WORK), //
    /// a: first offset of the file, b: its bytes.
    ALLOCATION(Level.WORK), //
    /// a: offset reached, b: records so far.
    RECOVERY(Level.WORK),

    LOCK_WAIT(Level.PART), //
    /// a: offset of the record or -1, b: its bytes.
    LOCK_HELD(Level.PART), //
    /// The producer waits for the force. a: offset behind the record, b: how many stood in requestsWrite.
    FLUSH_WAIT(Level.PART),

    /// Under the lock, for the next file. a: its first offset.
    FILE_WAIT(Level.DETAIL), //
    /// a: offset, b: bytes.
    APPEND(Level.DETAIL),

    // Instants: a and b as the probe point says.
    PUT_ENDED(ProbePoint.PUT_END), //
    BLANK_WRITTEN(ProbePoint.BLANK_WRITTEN), //
    FILE_ROLLED(ProbePoint.FILE_ROLLED), //
    LISTS_SWAPPED(ProbePoint.LISTS_SWAPPED), //
    FORCE_FAILED(ProbePoint.FORCE_FAILED), //
    BATCH_ACKNOWLEDGED(ProbePoint.BATCH_ACKNOWLEDGED), //
    COMMIT_FAILED(ProbePoint.COMMIT_FAILED), //
    ALLOCATION_REQUESTED(ProbePoint.ALLOCATION_REQUESTED), //
    ALLOCATION_FAILED(ProbePoint.ALLOCATION_FAILED), //
    ALLOCATION_TAKEN(ProbePoint.ALLOCATION_TAKEN), //
    BUFFER_BORROWED(ProbePoint.BUFFER_BORROWED), //
    BUFFER_RETURNED(ProbePoint.BUFFER_RETURNED), //
    BUFFER_NONE(ProbePoint.BUFFER_NONE), //
    DISPATCHED(ProbePoint.DISPATCHED), //
    QUEUE_ENTRY(ProbePoint.QUEUE_ENTRY), //
    INDEX_ENTRY(ProbePoint.INDEX_ENTRY), //
    INDEX_FLUSHED(ProbePoint.INDEX_FLUSHED), //
    CHECKPOINT_WRITTEN(ProbePoint.CHECKPOINT_WRITTEN), //
    FILE_DELETED(ProbePoint.FILE_DELETED), //
    SLAVE_CONNECTED(ProbePoint.SLAVE_CONNECTED), //
    SLAVE_ACKNOWLEDGED(ProbePoint.SLAVE_ACKNOWLEDGED);

    private static final Map<ProbePoint, TraceKind> INSTANTS = new EnumMap<>(ProbePoint.class);

    static {
        for (TraceKind kind : values()) {
            kind.point.ifPresent(point -> INSTANTS.put(point, kind));
        }
    }

    private final Level level;
    private final Optional<ProbePoint> point;

    TraceKind(Level level) {
        this.level = level;
        this.point = Optional.empty();
    }

    TraceKind(ProbePoint point) {
        this.level = Level.INSTANT;
        this.point = Optional.of(point);
    }

    public Level level() {
        return level;
    }

    public boolean isInstant() {
        return level == Level.INSTANT;
    }

    /// The instant that a point is by itself; nothing when it is the begin or the end of a span.
    static Optional<TraceKind> instantOf(ProbePoint point) {
        return Optional.ofNullable(INSTANTS.get(point));
    }

    /// As files say it: `lock held`.
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// Whether a is an offset of the log at which, or in which, there may be a message.
    public boolean tellsOffset() {
        return switch (this) {
            case PUT, FORCE, COMMIT, LOCK_HELD, APPEND, DISPATCHED, QUEUE_ENTRY, INDEX_ENTRY, RECOVERY, ALLOCATION,
                    FILE_WAIT, BLANK_WRITTEN, FILE_ROLLED, FORCE_FAILED, ALLOCATION_REQUESTED, ALLOCATION_FAILED,
                    ALLOCATION_TAKEN, FLUSH_WAIT, PUT_ENDED, INDEX_FLUSHED -> true;
            case SERVICE_RUNNING, SERVICE_WAITING, SERVICE_HELD, LOST, LOCK_WAIT, LISTS_SWAPPED, BATCH_ACKNOWLEDGED,
                    COMMIT_FAILED, BUFFER_BORROWED, BUFFER_RETURNED, BUFFER_NONE, CHECKPOINT_WRITTEN, FILE_DELETED,
                    SLAVE_CONNECTED, SLAVE_ACKNOWLEDGED -> false;
        };
    }

    /// What is told when it begins, or happens; nothing for what nobody tells.
    public Optional<ProbePoint> begin() {
        return switch (this) {
            case SERVICE_RUNNING -> Optional.of(ProbePoint.SERVICE_RUNNING);
            case SERVICE_WAITING -> Optional.of(ProbePoint.SERVICE_WAITING);
            case SERVICE_HELD -> Optional.of(ProbePoint.SERVICE_HELD);
            case PUT -> Optional.of(ProbePoint.PUT_BEGIN);
            case FORCE -> Optional.of(ProbePoint.FORCE_BEGIN);
            case COMMIT -> Optional.of(ProbePoint.COMMIT_BEGIN);
            case ALLOCATION -> Optional.of(ProbePoint.ALLOCATION_BEGUN);
            case RECOVERY -> Optional.of(ProbePoint.RECOVERY_STEP);
            case LOCK_WAIT -> Optional.of(ProbePoint.LOCK_WAIT);
            case LOCK_HELD -> Optional.of(ProbePoint.LOCK_ACQUIRED);
            case FLUSH_WAIT -> Optional.of(ProbePoint.FLUSH_REQUESTED);
            case APPEND -> Optional.of(ProbePoint.APPEND);
            case LOST, FILE_WAIT -> Optional.empty();
            case PUT_ENDED, BLANK_WRITTEN, FILE_ROLLED, LISTS_SWAPPED, FORCE_FAILED, BATCH_ACKNOWLEDGED,
                    COMMIT_FAILED, ALLOCATION_REQUESTED, ALLOCATION_FAILED, ALLOCATION_TAKEN, BUFFER_BORROWED,
                    BUFFER_RETURNED, BUFFER_NONE, DISPATCHED, QUEUE_ENTRY, INDEX_ENTRY, INDEX_FLUSHED,
                    CHECKPOINT_WRITTEN, FILE_DELETED, SLAVE_CONNECTED, SLAVE_ACKNOWLEDGED ->
                    point;
        };
    }

    /// Whether a and b are where bytes of the log begin and how many they are.
    public boolean tellsBytes() {
        return switch (this) {
            case PUT, FORCE, COMMIT, LOCK_HELD, APPEND, DISPATCHED, BLANK_WRITTEN, FORCE_FAILED, ALLOCATION -> true;
            case SERVICE_RUNNING, SERVICE_WAITING, SERVICE_HELD, LOST, LOCK_WAIT, FLUSH_WAIT, FILE_WAIT, RECOVERY,
                    PUT_ENDED, FILE_ROLLED, LISTS_SWAPPED, BATCH_ACKNOWLEDGED, COMMIT_FAILED, ALLOCATION_REQUESTED,
                    ALLOCATION_FAILED, ALLOCATION_TAKEN, BUFFER_BORROWED, BUFFER_RETURNED, BUFFER_NONE, QUEUE_ENTRY,
                    INDEX_ENTRY, INDEX_FLUSHED, CHECKPOINT_WRITTEN, FILE_DELETED, SLAVE_CONNECTED,
                    SLAVE_ACKNOWLEDGED -> false;
        };
    }

    /// How deep a span lies within others of its thread.
    public enum Level {
        STATE, WORK, PART, DETAIL,
        /// No span at all.
        INSTANT;

        private static final Level[] ALL = values();

        static int count() {
            return ALL.length;
        }
    }
}
