package dev.storescope.app.session.scenario;

import java.util.Optional;

/// When a run ends: whichever comes first.
///
/// @param nanos since the beginning
/// @param step [#NO_STEP] when no step ends it
/// @param condition that ends it
public record Ending(long nanos, long step, Optional<Condition> condition) {
    public static final long NO_STEP = Long.MAX_VALUE;

    /// @param nanos since the beginning
    public static Ending atTime(long nanos) {
        return new Ending(nanos, NO_STEP, Optional.empty());
    }

    public Ending withNanos(long newNanos) {
        return new Ending(newNanos, step, condition);
    }
}
