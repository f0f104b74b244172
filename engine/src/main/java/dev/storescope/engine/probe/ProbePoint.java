package dev.storescope.engine.probe;

/// Each thing of which the store tells, with the meaning of its numbers a, b, c (offsets and sizes in bytes, durations
/// in nanoseconds).
public enum ProbePoint {
    /// a: body bytes.
    PUT_BEGIN(Scope.PUT),
    /// a: next offset or -1, b: ordinal of the status, c: duration.
    PUT_END(Scope.PUT),
    LOCK_WAIT(Scope.PUT),
    /// a: how long it was waited for.
    LOCK_ACQUIRED(Scope.PUT),
    /// a: how long it was held.
    LOCK_RELEASED(Scope.PUT),
    /// a: offset, b: size of the record or batch.
    APPEND(Scope.PUT),
    /// a: offset of the blank, b: its size.
    BLANK_WRITTEN(Scope.STORE),
    /// a: first offset of the file that is appended to from now on.
    FILE_ROLLED(Scope.STORE),
    /// a: next offset that is to be flushed, b: how many requests stand in requestsWrite.
    FLUSH_REQUESTED(Scope.PUT),
    /// a: how many requests the batch has.
    LISTS_SWAPPED(Scope.STORE),
    /// a: from offset, b: bytes.
    FORCE_BEGIN(Scope.STORE),
    /// a: to offset, b: bytes, c: duration.
    FORCE_END(Scope.STORE),
    /// a: from offset, b: bytes.
    FORCE_FAILED(Scope.STORE),
    /// a: how many requests were told, b: flushed offset.
    BATCH_ACKNOWLEDGED(Scope.STORE),
    /// a: from offset, b: bytes.
    COMMIT_BEGIN(Scope.STORE),
    /// a: to offset, b: bytes, c: duration.
    COMMIT_END(Scope.STORE),
    COMMIT_FAILED(Scope.STORE),
    /// a: first offset of the file.
    ALLOCATION_REQUESTED(Scope.STORE),
    /// a: first offset of the file.
    ALLOCATION_BEGUN(Scope.STORE),
    /// a: first offset of the file, b: size, c: duration.
    ALLOCATION_READY(Scope.STORE),
    /// a: first offset of the file.
    ALLOCATION_FAILED(Scope.STORE),
    /// a: first offset of the file, b: 1 when it was ready (a hit), 0 when it was waited for, c: wait.
    ALLOCATION_TAKEN(Scope.STORE),
    /// a: buffers still free.
    BUFFER_BORROWED(Scope.STORE),
    /// a: buffers free now.
    BUFFER_RETURNED(Scope.STORE),
    BUFFER_NONE(Scope.STORE),
    /// a: offset, b: size.
    DISPATCHED(Scope.MESSAGE),
    /// a: offset in the log, b: queue offset.
    QUEUE_ENTRY(Scope.MESSAGE),
    /// a: offset in the log, b: entry number.
    INDEX_ENTRY(Scope.MESSAGE),
    /// A full index file is about to be forced. a: offset of its last message, b: its entries.
    INDEX_FLUSHED(Scope.STORE),
    /// a: time of the last flushed message, milliseconds since 1970.
    CHECKPOINT_WRITTEN(Scope.STORE),
    /// a: first offset of the file in its row, b: its size.
    FILE_DELETED(Scope.STORE),
    /// a: offset reached, b: records seen.
    RECOVERY_STEP(Scope.STORE),
    SLAVE_CONNECTED(Scope.STORE),
    /// a: offset that the slave has.
    SLAVE_ACKNOWLEDGED(Scope.STORE),
    /// The service idles; a: for how long at most.
    SERVICE_WAITING(Scope.SERVICE),
    SERVICE_RUNNING(Scope.SERVICE),
    /// The service stops at the gate; a: ordinal of the point at which it does.
    SERVICE_HELD(Scope.SERVICE);

    private final Scope scope;

    ProbePoint(Scope scope) {
        this.scope = scope;
    }

    public Scope scope() {
        return scope;
    }

    /// Whether a held service may stop here. Not where a thread may have the put lock: whoever waits there stops every
    /// put.
    public boolean mayHold() {
        return switch (this) {
            case BLANK_WRITTEN, FILE_ROLLED, ALLOCATION_REQUESTED, ALLOCATION_TAKEN -> false;
            default -> scope != Scope.PUT;
        };
    }

    /// How often a point is met, and so whether Live keeps every event of it.
    public enum Scope {
        /// Once a put; sampled in Live.
        PUT,
        /// Once a message behind the append; counted in Live, told at most some thousand times a second by each thread.
        MESSAGE,
        /// Rare; all kept.
        STORE,
        /// A background service starts or stops to wait; all kept.
        SERVICE
    }
}
