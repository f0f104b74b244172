package dev.storescope.engine.load;

import dev.storescope.engine.api.StoreException;

/// A value of a load that is out of its range. The message says it in English; the figures are for whoever has his own
/// words.
public final class LoadSpecException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final Limit limit;
    private final double min;
    private final double max;
    private final double found;

    /// Which range it is.
    public enum Limit {
        /// That of one value.
        ONE_VALUE,
        /// Of the rate of the last step, messages a second: what it begins with and all that is added.
        LAST_STEP_PER_SECOND,
        /// Of the memory for bodies, in bytes: producers × batch × longest body.
        BODIES_BYTES
    }

    LoadSpecException(Limit limit, double min, double max, double found, String message) {
        super(message);
        this.limit = limit;
        this.min = min;
        this.max = max;
        this.found = found;
    }

    public Limit limit() {
        return limit;
    }

    public double min() {
        return min;
    }

    public double max() {
        return max;
    }

    public double found() {
        return found;
    }
}
