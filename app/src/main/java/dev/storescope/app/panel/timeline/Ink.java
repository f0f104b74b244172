package dev.storescope.app.panel.timeline;

import dev.storescope.app.session.trace.LaneGroup;
import dev.storescope.app.session.trace.TraceKind;

/// How a kind is drawn: in the colour of the region that it moves bytes in, or of what it means.
enum Ink {
    PUT(Role.WROTE, 0.34), APPEND(Role.WROTE, 1), LOCK_HELD(Role.WROTE, 0.7), LOCK_WAIT(Role.MUTED, 0.75),
    FILE_WAIT(Role.DANGER, 0.8), FLUSH_WAIT(Role.COMMITTED, 0.62), COMMIT(Role.COMMITTED, 1), FORCE(Role.FLUSHED, 1),
    ALLOCATION(Role.MUTED, 0.9), RECOVERY(Role.DISPATCH, 0.9), RUNNING(Role.MUTED, 0.42), DISPATCHING(Role.DISPATCH,
            0.55),
    HELD(Role.ACCENT, 0.8), LOST(Role.DANGER, 0.7), TICK(Role.TEXT, 0.8), DISPATCH_TICK(Role.DISPATCH, 1), FLUSH_TICK(
            Role.FLUSHED, 1),
    WROTE_TICK(Role.WROTE, 1), DANGER_TICK(Role.DANGER, 1), NONE(Role.MUTED, 0);

    /// The colours that the theme gives.
    enum Role {
        WROTE, COMMITTED, FLUSHED, DISPATCH, DANGER, ACCENT, MUTED, TEXT
    }

    private final Role role;
    private final double strength;

    Ink(Role role, double strength) {
        this.role = role;
        this.strength = strength;
    }

    Role role() {
        return role;
    }

    double strength() {
        return strength;
    }

    /// Of what is no fact of the store but of the recording or the user: striped.
    boolean isStriped() {
        return this == HELD || this == LOST;
    }

    static Ink of(TraceKind kind, LaneGroup group) {
        return switch (kind) {
            case PUT -> PUT;
            case APPEND -> APPEND;
            case LOCK_HELD -> LOCK_HELD;
            case LOCK_WAIT -> LOCK_WAIT;
            case FILE_WAIT -> FILE_WAIT;
            case FLUSH_WAIT -> FLUSH_WAIT;
            case COMMIT -> COMMIT;
            case FORCE -> FORCE;
            case ALLOCATION -> ALLOCATION;
            case RECOVERY -> RECOVERY;
            case SERVICE_RUNNING -> group == LaneGroup.DISPATCH ? DISPATCHING : RUNNING;
            case SERVICE_WAITING -> NONE;
            case SERVICE_HELD -> HELD;
            case LOST -> LOST;
            case DISPATCHED, QUEUE_ENTRY, INDEX_ENTRY, INDEX_FLUSHED -> DISPATCH_TICK;
            case BATCH_ACKNOWLEDGED, CHECKPOINT_WRITTEN -> FLUSH_TICK;
            case BLANK_WRITTEN, FILE_ROLLED, ALLOCATION_TAKEN -> WROTE_TICK;
            case FORCE_FAILED, COMMIT_FAILED, ALLOCATION_FAILED, BUFFER_NONE -> DANGER_TICK;
            case PUT_ENDED, LISTS_SWAPPED, ALLOCATION_REQUESTED, BUFFER_BORROWED, BUFFER_RETURNED, FILE_DELETED,
                    SLAVE_CONNECTED, SLAVE_ACKNOWLEDGED -> TICK;
        };
    }
}
