package dev.storescope.app.archfixture.session;

import dev.storescope.engine.MessageStore;
import dev.storescope.engine.env.StoreEnvironment;

/// Breaks nothing.
public final class Fits {

    MessageStore store;
    StoreEnvironment environment;
}
