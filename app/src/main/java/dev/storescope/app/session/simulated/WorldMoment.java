package dev.storescope.app.session.simulated;

import dev.storescope.app.session.simulated.WorldReading.Standing;
import java.util.OptionalLong;
import java.util.function.Function;

/// A moment of a simulated world, and how its time passes there: what motion is drawn from.
///
/// @param nanos its clock
/// @param steps how many scheduling points it has passed: several may lie at one time
/// @param standing whether it goes on
/// @param speed that is asked for
/// @param busyUntil when the thread of that name will be done with what it is doing, if that takes a known time
public record WorldMoment(long nanos, long steps, Standing standing, Speed speed,
        Function<String, OptionalLong> busyUntil) {

    /// The moment that a reading is of.
    public static WorldMoment of(WorldReading reading, Function<String, OptionalLong> busyUntil) {
        return new WorldMoment(reading.nanos(), reading.steps(), reading.standing(), reading.speed(), busyUntil);
    }

    /// The same, by a clock that was read with something else.
    public WorldMoment at(long otherNanos) {
        return new WorldMoment(otherNanos, steps, standing, speed, busyUntil);
    }
}
