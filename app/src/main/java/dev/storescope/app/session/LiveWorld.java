package dev.storescope.app.session;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.env.LiveEnvironment;

/// The machine itself: its clock, its threads, its files.
public final class LiveWorld implements StoreWorld {
    @Override
    public StoreInWorld make(MessageStoreConfig config) {
        LiveEnvironment environment = LiveEnvironment.create();
        return new StoreInWorld(new DefaultMessageStore(config, environment), environment,
                environment.newProbeReader());
    }
}
