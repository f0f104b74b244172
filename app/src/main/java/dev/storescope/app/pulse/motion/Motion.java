package dev.storescope.app.pulse.motion;

import java.util.OptionalLong;
import java.util.function.Function;

/// How motion is drawn in a frame.
///
/// What is drawn between two states is a function of the world's time alone, so that the same moment is the same picture
/// however one came there. While the world stands, everything is drawn as it is; what has changed since it stood before goes
/// there within a moment of real time.
///
/// @param mode whether anything moves
/// @param nanos the world's time
/// @param slowdown real time per world time while it [Mode#GLIDES]
/// @param settledNanos what happened up to here has been seen to its end
/// @param changes counts the changes of a world that stands
/// @param arrived how much of the way everything has come since the last of these changes, 0 to 1
/// @param busyUntil when the thread of that name will be done with what it is doing, by the world's time
public record Motion(Mode mode, long nanos, long slowdown, long settledNanos, long changes, double arrived,
        Function<String, OptionalLong> busyUntil) {
    /// Live, or a world that runs too fast to be followed.
    public static final Motion NONE = new Motion(Mode.NONE, 0, 0, 0, 0, 1, _ -> OptionalLong.empty());
    /// How long something is on its way that takes no time in the world, in real time.
    public static final long GLIDE_REAL_NS = 240_000_000L;

    /// Whether anything moves.
    public enum Mode {
        /// Single things cannot be followed: nothing is shown of them.
        NONE,
        /// Single things are shown where they are.
        EXACT,
        /// Single things are shown on their way.
        GLIDES
    }

    /// Whether single things are shown.
    public boolean showsSingle() {
        return mode != Mode.NONE;
    }

    /// How long something is on its way that takes no time in the world: long enough to be seen.
    ///
    /// @param mostNs at most so long, by the world's time
    public long glideNs(long mostNs) {
        return switch (mode) {
            case NONE, EXACT -> 0;
            case GLIDES -> Math.min(GLIDE_REAL_NS / slowdown, mostNs);
        };
    }

    /// How long something takes that a thread is doing.
    ///
    /// @param beganNanos when it began
    /// @return nothing when nobody knows
    public OptionalLong durationNs(String threadName, long beganNanos) {
        OptionalLong until = busyUntil.apply(threadName);
        return until.isEmpty() || until.getAsLong() < nanos || until.getAsLong() <= beganNanos
                ? OptionalLong.empty()
                : OptionalLong.of(until.getAsLong() - beganNanos);
    }
}
