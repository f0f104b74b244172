package dev.storescope.engine.api;

/// How far the part of the log is proven that opening the store did not look at: every record, and that queues and index
/// say what it says.
///
/// @param state whether it goes on
/// @param fromOffset where it began: the log's begin at the opening
/// @param verifiedOffset up to where it has come
/// @param toOffset where it ends: from there on the opening has checked everything
/// @param records checked
/// @param entriesCorrected entries of queues that said something else than the log
/// @param holesFound places of the log that cannot be read
/// @param indexedOffset up to where the index has the keys of the log
/// @param toIndexOffset up to where it has to come; the same when it has all
/// @param failure why it stopped; "" while it did not
public record ProofSnapshot(State state, long fromOffset, long verifiedOffset, long toOffset, long records,
        long entriesCorrected, long holesFound, long indexedOffset, long toIndexOffset, String failure) {
    public static final ProofSnapshot NOTHING_LEFT = new ProofSnapshot(State.FINISHED, 0, 0, 0, 0, 0, 0, 0, 0, "");

    /// The same while the index is still being built behind the dispatch.
    public ProofSnapshot withIndex(long indexed, long toIndex) {
        State now = state == State.FINISHED ? State.INDEXING : state;
        return new ProofSnapshot(now, fromOffset, verifiedOffset, toOffset, records, entriesCorrected, holesFound,
                indexed, Math.max(indexed, toIndex), failure);
    }

    /// Where it stands in its life.
    public enum State {
        /// The store is not started yet.
        WAITING, RUNNING,
        /// Log and queues are proven; the index is still being built.
        INDEXING, FINISHED,
        /// The disk failed under it; the next opening begins it again.
        FAILED
    }

    /// Whether everything is proven.
    public boolean isFinished() {
        return state == State.FINISHED;
    }

    /// What the index still lacks of the log.
    public long indexBehindBytes() {
        return toIndexOffset - indexedOffset;
    }

    /// 0 to 1: how much of the log and the queues is proven.
    public double ratio() {
        return toOffset <= fromOffset ? 1 : (double) (verifiedOffset - fromOffset) / (toOffset - fromOffset);
    }
}
