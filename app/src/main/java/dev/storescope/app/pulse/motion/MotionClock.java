package dev.storescope.app.pulse.motion;

import dev.storescope.app.session.simulated.Speed;
import dev.storescope.app.session.simulated.WorldMoment;
import dev.storescope.app.session.simulated.WorldReading.Standing;
import dev.storescope.app.theme.MotionWish;
import java.util.Optional;

/// Says for each frame how motion is drawn in it.
///
/// Threads: one.
public final class MotionClock {
    /// From here on the eye can follow a request: a force of a millisecond takes a tenth of a second.
    static final long FOLLOWED_FROM_SLOWDOWN = 100;

    private MotionWish wish = MotionWish.SMOOTH;
    private Optional<WorldMoment> last = Optional.empty();
    private long lastGeneration;
    private long settledNanos = Long.MIN_VALUE;
    private long changes;
    private long changedRealNanos = Long.MIN_VALUE / 2;

    /// What the user wants.
    public void wish(MotionWish newWish) {
        wish = newWish;
    }

    /// @param realNanos of the pulse
    /// @param generation changes when another store is open
    /// @param moment nothing in Live
    public Motion next(long realNanos, long generation, Optional<WorldMoment> moment) {
        Optional<WorldMoment> before = last;
        boolean isAnother = generation != lastGeneration;
        last = moment;
        lastGeneration = generation;
        if (moment.isEmpty()) {
            settledNanos = Long.MIN_VALUE;
            return Motion.NONE;
        }
        WorldMoment now = moment.get();
        boolean jumped = isAnother || before.isEmpty()
                || now.nanos() < before.get().nanos()
                || now.steps() < before.get().steps()
                || now.standing() == Standing.TRAVELS;
        return now.standing() == Standing.RUNS
                ? running(now, jumped)
                : standing(realNanos, now, before.filter(_ -> !jumped));
    }

    private Motion running(WorldMoment now, boolean jumped) {
        if (!isFollowed(now.speed())) {
            settledNanos = now.nanos();
            return Motion.NONE;
        }
        if (wish == MotionWish.REDUCED) {
            return exact(now, 1);
        }
        if (jumped) {
            settledNanos = now.nanos();
        }
        return new Motion(Motion.Mode.GLIDES, now.nanos(), now.speed().slowdown(), settledNanos, changes, 1,
                now.busyUntil());
    }

    /// @param before nothing when the world did not come from there
    private Motion standing(long realNanos, WorldMoment now, Optional<WorldMoment> before) {
        if (before.isEmpty()) {
            changes++;
            changedRealNanos = Long.MIN_VALUE / 2;
        } else if (before.get().standing() == Standing.RUNS || before.get().steps() != now.steps()
                || before.get().nanos() != now.nanos()) {
            changes++;
            changedRealNanos = realNanos;
        }
        double part = (realNanos - changedRealNanos) / (double) Motion.GLIDE_REAL_NS;
        return exact(now, wish == MotionWish.REDUCED ? 1 : Easing.smooth(part));
    }

    private Motion exact(WorldMoment now, double arrived) {
        settledNanos = now.nanos();
        return new Motion(Motion.Mode.EXACT, now.nanos(), 0, settledNanos, changes, arrived, now.busyUntil());
    }

    private static boolean isFollowed(Speed speed) {
        return speed.isLimited() && speed.slowdown() >= FOLLOWED_FROM_SLOWDOWN;
    }
}
