package dev.storescope.engine.api;

import java.util.Map;
import java.util.Set;

/// Life of a store, and which state may follow which.
public enum StoreState {
    CREATED, RECOVERING, RUNNING, CLOSING, CLOSED, BROKEN;

    private static final Map<StoreState, Set<StoreState>> NEXT = Map.of(CREATED, Set.of(RECOVERING, CLOSED),
            RECOVERING, Set.of(RUNNING, CLOSED), RUNNING, Set.of(CLOSING, BROKEN), BROKEN, Set.of(CLOSING), CLOSING,
            Set.of(CLOSED), CLOSED, Set.of());

    public StoreState to(StoreState next) {
        if (!NEXT.get(this).contains(next)) {
            throw new IllegalStateException("store cannot go from %s to %s".formatted(this, next));
        }
        return next;
    }
}
