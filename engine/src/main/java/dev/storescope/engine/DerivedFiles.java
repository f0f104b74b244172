package dev.storescope.engine;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.env.StoreEnvironment;

/// The files of a store that follow from its log: queues and index. The next start makes them again.
///
/// Threads: any; the store must not be open.
public final class DerivedFiles {
    private DerivedFiles() {
    }

    /// Deletes them; whatever else lies in their directories is left alone. Throws [StoreException] when the store is open
    /// or a file cannot be deleted.
    ///
    /// @return how many files were deleted
    public static int delete(StoreEnvironment environment, MessageStoreConfig config) {
        return StoreFiles.deleteDerived(environment, config);
    }
}
