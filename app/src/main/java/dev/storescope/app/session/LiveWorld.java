package dev.storescope.app.session;

import dev.storescope.engine.MessageStoreFactory;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.env.LiveEnvironment;

/// The machine itself: its clock, its threads, its files.
public final class LiveWorld implements StoreWorld {
    @Override
    public StoreInWorld make(MessageStoreConfig config) {
        LiveEnvironment environment = LiveEnvironment.create();
        return new StoreInWorld(MessageStoreFactory.create(config, environment), environment,
                environment.newProbeReader());
    }
}
