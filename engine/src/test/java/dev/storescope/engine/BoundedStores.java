package dev.storescope.engine;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.env.StoreEnvironment;

/// Stores whose opening looks at nothing before the recovery point, however short their log is.
public final class BoundedStores {
    private BoundedStores() {
    }

    public static DefaultMessageStore start(MessageStoreConfig config, StoreEnvironment environment) {
        DefaultMessageStore store = new DefaultMessageStore(config, environment, DispatchPipeline.Extensions.NONE, 0);
        store.load();
        store.start();
        return store;
    }
}
