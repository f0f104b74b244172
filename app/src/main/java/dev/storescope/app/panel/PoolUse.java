package dev.storescope.app.panel;

import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.FileSnapshot;
import dev.storescope.engine.api.StoreSnapshot.FileState;

/// Whether the file that is being written goes through a buffer of the transient pool, and if not, why.
public enum PoolUse {
    /// The pool does not act.
    NO_POOL,
    /// It has a buffer.
    BUFFERED,
    /// It was there before the pool was switched on: files get their buffer when they are made.
    FROM_NEXT_FILE,
    /// All buffers were lent when it was made.
    NONE_WAS_FREE;

    public static PoolUse of(StoreSnapshot snapshot) {
        if (!snapshot.config().transientStorePoolActs()) {
            return NO_POOL;
        }
        return snapshot.files()
                .stream()
                .filter(file -> file.state() == FileState.ACTIVE)
                .reduce((_, later) -> later)
                .map(active -> of(active, snapshot))
                .orElse(BUFFERED);
    }

    private static PoolUse of(FileSnapshot active, StoreSnapshot snapshot) {
        if (active.writeBuffer()) {
            return BUFFERED;
        }
        return active.fromOffset() <= snapshot.recovery().endOffset() ? FROM_NEXT_FILE : NONE_WAS_FREE;
    }

    /// Whether files are written past a pool that acts.
    public boolean isPassedOver() {
        return this == FROM_NEXT_FILE || this == NONE_WAS_FREE;
    }
}
