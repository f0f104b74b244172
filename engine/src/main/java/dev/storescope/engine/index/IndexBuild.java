package dev.storescope.engine.index;

import dev.storescope.engine.dispatch.BeforeChange;
import dev.storescope.engine.dispatch.CommitLogDispatcher;
import dev.storescope.engine.dispatch.DispatchRequest;
import dev.storescope.engine.env.StoreEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Builds an index that has no files from records that pass by anyway while a store is opened; beside the one that reads
/// them. What it cannot put is left to whoever fits the index to the log.
///
/// Threads: the one that loads the store.
public final class IndexBuild implements CommitLogDispatcher {
    private final IndexBatch batch;
    private BeforeChange beforeChange;

    /// @param beforeChange called once before the first key is put
    public IndexBuild(StoreEnvironment environment, IndexService index, BeforeChange beforeChange) {
        this.beforeChange = beforeChange;
        this.batch = new IndexBatch(environment, index, () -> 0); // nobody else builds meanwhile
        batch.begin();
    }

    @Override
    public void dispatch(DispatchRequest request) {
        if (batch.add(request) && beforeChange != BeforeChange.NOTHING) {
            try {
                beforeChange.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
            beforeChange = BeforeChange.NOTHING;
        }
    }

    /// Returns when all is put that has passed by.
    ///
    /// @return whether it could be
    public boolean end() {
        return batch.end().isEmpty();
    }

    /// The opening has failed. Returns when nobody is at the files any more.
    public void abandon() {
        batch.abandon();
    }
}
