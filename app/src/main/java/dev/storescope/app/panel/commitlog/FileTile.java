package dev.storescope.app.panel.commitlog;

import dev.storescope.app.panel.PoolUse;
import java.util.List;

/// One file of the log as it is shown. Positions are bytes from its start.
///
/// @param blankPosition where the blank tail begins; -1 while there is none or it is not known
/// @param holes what cannot be read of it, by position
/// @param messages appended since the store was opened; -1 when not known
/// @param flags the pointers of the log that stand in this file
/// @param pool whether the active file goes through a buffer of the pool; of other files it says nothing
/// @param note how the allocator is getting on with a file that nothing was written to; "" for others
record FileTile(long fromOffset, long sizeBytes, State state, long flushed, long committed, long wrote,
        long blankPosition, List<Hole> holes, long messages, Flags flags, PoolUse pool, String note) {

    enum State {
        FULL, ACTIVE, PREALLOCATED, MAPPING, QUEUED, NOT_MADE,
        /// It was there, for others follow on it.
        MISSING;

        boolean isWritten() {
            return this == FULL || this == ACTIVE;
        }

        /// Its key is `commitLog.state.<this>`.
        String key() {
            return "commitLog.state." + name();
        }
    }

    /// A part that cannot be read.
    record Hole(long from, long to) {
    }

    /// Positions of the log's pointers in a file; -1 for one that stands in another file.
    record Flags(long flushed, long committed, long wrote) {
        static final Flags NONE = new Flags(-1, -1, -1);
    }

    long endOffset() {
        return fromOffset + sizeBytes;
    }

    /// Bytes of the blank tail; -1 when not known.
    long blankBytes() {
        return blankPosition < 0 ? -1 : sizeBytes - blankPosition;
    }
}
