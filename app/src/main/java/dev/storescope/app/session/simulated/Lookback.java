package dev.storescope.app.session.simulated;

import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What is looked at of a world: where its run stands, or a still of another moment of it. The run follows there when nobody
/// has looked elsewhere for a while, or when it is needed.
///
/// Threads: the driver's.
final class Lookback {
    /// Who goes on and on with a key held down does not have the run follow each time.
    private static final long QUIET_NS = 300_000_000;
    private static final long FILM_STILLS = 50;
    private static final long PREPARE_STEPS = 1_000;

    private final Supplier<WorldRun> world;
    private final LongSupplier realNanos;
    private Optional<Still> still = Optional.empty();
    private Optional<WorldRun.Journey> following = Optional.empty();
    private long movedRealNanos;

    Lookback(Supplier<WorldRun> world, LongSupplier realNanos) {
        this.world = world;
        this.realNanos = realNanos;
    }

    /// What is shown in place of the run.
    Optional<Still> still() {
        return still;
    }

    /// At which one looks.
    long step() {
        return still.map(Still::steps).orElseGet(() -> world.get().simulation().steps());
    }

    /// Shows the run.
    void leave() {
        stopFollowing();
        still = Optional.empty();
    }

    /// Looks at the moment one step before.
    ///
    /// @return false when there is no still of it
    boolean back() {
        return look(world.get().film().before(step()));
    }

    /// Likewise one step later.
    boolean on() {
        return look(world.get().film().after(step()));
    }

    private boolean look(Optional<Still> at) {
        if (at.isEmpty()) {
            return false;
        }
        leave();
        movedRealNanos = realNanos.getAsLong();
        if (at.get().steps() != world.get().simulation().steps()) {
            still = at;
        }
        return true;
    }

    /// On the way to a time: looks at the last moment before it of which there is a still, if that is nearer than what is
    /// seen now.
    void glance(long nanos) {
        stopFollowing();
        long seen = still.map(Still::nanos).orElseGet(() -> world.get().simulation().nanos());
        look(world.get()
                .film()
                .lastUntil(nanos)
                .filter(each -> Math.abs(nanos - each.nanos()) < Math.abs(nanos - seen)));
    }

    /// Films what lies before the moment that is looked at.
    ///
    /// @return whether there is more to do
    boolean film() {
        return world.get().filmBefore(step(), FILM_STILLS);
    }

    /// Does a little of what is to be done while nobody wants anything.
    ///
    /// @return whether there is more to do
    boolean work() {
        if (film()) {
            return true;
        }
        boolean isQuiet = realNanos.getAsLong() - movedRealNanos >= QUIET_NS;
        if (still.isPresent() && isQuiet) {
            follow();
            return true;
        }
        return world.get().prepare(step(), PREPARE_STEPS);
    }

    private void follow() {
        if (following.isEmpty()) {
            following = Optional.of(world.get().to(still.orElseThrow()));
        }
        if (following.get().goOn(PREPARE_STEPS)) {
            following.get().arrive();
            following = Optional.empty();
            still = Optional.empty();
        }
    }

    /// The run is to follow, and nothing else: who asks looks after it.
    WorldRun.Journey follower() {
        Still wanted = still.orElseThrow();
        WorldRun.Journey journey = following.orElseGet(() -> world.get().to(wanted));
        following = Optional.empty();
        return journey;
    }

    private void stopFollowing() {
        following.ifPresent(WorldRun.Journey::giveUp);
        following = Optional.empty();
    }
}
