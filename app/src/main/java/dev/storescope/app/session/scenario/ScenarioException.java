package dev.storescope.app.session.scenario;

import dev.storescope.engine.api.StoreException;

/// A scenario that wants something done which cannot be done at that moment, such as opening a store that runs.
public final class ScenarioException extends StoreException {
    private static final long serialVersionUID = 1L;

    public ScenarioException(String message) {
        super(message);
    }

    ScenarioException(String message, Exception cause) {
        super(message, cause);
    }
}
