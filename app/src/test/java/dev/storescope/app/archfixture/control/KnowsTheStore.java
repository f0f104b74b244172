package dev.storescope.app.archfixture.control;

import dev.storescope.engine.api.StoreSnapshot;

/// A control that only one panel could use.
public final class KnowsTheStore {

    StoreSnapshot snapshot;
}
