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
/// @param index how far the index is proven
/// @param failure why it stopped; "" while it did not
public record ProofSnapshot(State state, long fromOffset, long verifiedOffset, long toOffset, long records,
        long entriesCorrected, long holesFound, long indexedOffset, long toIndexOffset, IndexFigures index,
        String failure) {
    public static final ProofSnapshot NOTHING_LEFT = new ProofSnapshot(State.FINISHED, 0, 0, 0, 0, 0, 0, 0, 0,
            IndexFigures.NOTHING, "");

    /// How far the index is proven that the opening found: that its entries are the keys of the log, and that its chains
    /// lead to all of them. A short log's is proven by the opening itself.
    ///
    /// @param fromOffset of the log, where it began
    /// @param verifiedOffset up to where it has come
    /// @param toOffset where it ends
    /// @param entries that are right, or are by now
    /// @param corrected places of files that said something else: entries, links, slots, headers
    /// @param filesRebuilt files that could not be corrected, and are built again
    public record IndexFigures(long fromOffset, long verifiedOffset, long toOffset, long entries, long corrected,
            int filesRebuilt) {
        public static final IndexFigures NOTHING = new IndexFigures(0, 0, 0, 0, 0, 0);

        /// 0 to 1: how much of the log is compared.
        public double ratio() {
            return toOffset <= fromOffset ? 1 : (double) (verifiedOffset - fromOffset) / (toOffset - fromOffset);
        }
    }

    /// The same with what is known of the proof of the index.
    ///
    /// @param indexState of that proof
    public ProofSnapshot withIndexProof(State indexState, IndexFigures figures, String indexFailure) {
        boolean proving = indexState == State.WAITING || indexState == State.RUNNING;
        State now = state != State.FINISHED || indexState == State.FINISHED
                ? state
                : proving ? State.PROVING_INDEX : indexState;
        return new ProofSnapshot(now, fromOffset, verifiedOffset, toOffset, records, entriesCorrected, holesFound,
                indexedOffset, toIndexOffset, figures, failure.isEmpty() ? indexFailure : failure);
    }

    /// The same while the index is still being built behind the dispatch.
    public ProofSnapshot withIndex(long indexed, long toIndex) {
        State now = state == State.FINISHED ? State.INDEXING : state;
        return new ProofSnapshot(now, fromOffset, verifiedOffset, toOffset, records, entriesCorrected, holesFound,
                indexed, Math.max(indexed, toIndex), index, failure);
    }

    /// Where it stands in its life.
    public enum State {
        /// The store is not started yet.
        WAITING, RUNNING,
        /// Log and queues are proven; the index is being proven.
        PROVING_INDEX,
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
