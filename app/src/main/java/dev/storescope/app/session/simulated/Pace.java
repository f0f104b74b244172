package dev.storescope.app.session.simulated;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// How far a world's clock should have come by now, and how fast it really goes.
///
/// A machine that cannot keep up falls behind by a moment at most: the rest is given up, not caught up with.
///
/// Threads: one.
final class Pace {
    private static final long MOST_BEHIND_NS = 50_000_000;
    private static final long BEHIND_NS = 8_000_000;
    private static final long MEASURED_NS = 1_000_000_000;
    private static final long LEAST_MEASURED_NS = 200_000_000;

    private final Deque<Sample> samples = new ArrayDeque<>();
    private Speed speed;
    private long fromRealNanos;
    private long fromNanos;

    /// @param realNanos now
    /// @param nanos what the world's clock shows
    Pace(Speed speed, long realNanos, long nanos) {
        this.speed = speed;
        begin(realNanos, nanos);
    }

    /// Where the world was at a moment.
    private record Sample(long realNanos, long nanos) {
    }

    Speed speed() {
        return speed;
    }

    /// Goes on from where the world stands, after it stood.
    void begin(long realNanos, long nanos) {
        fromRealNanos = realNanos;
        fromNanos = nanos;
        samples.clear();
        samples.add(new Sample(realNanos, nanos));
    }

    void setSpeed(Speed newSpeed, long realNanos, long nanos) {
        speed = newSpeed;
        begin(realNanos, nanos);
    }

    /// What the clock should show; [Long#MAX_VALUE] when there is no limit.
    long targetNanos(long realNanos) {
        return speed.isLimited() ? fromNanos + (realNanos - fromRealNanos) / speed.slowdown() : Long.MAX_VALUE;
    }

    /// The world has come to `nanos`.
    void reached(long realNanos, long nanos) {
        if (speed.isLimited() && behindNs(realNanos, nanos) > MOST_BEHIND_NS) {
            fromRealNanos = realNanos;
            fromNanos = nanos;
        }
        samples.addLast(new Sample(realNanos, nanos));
        while (samples.size() > 2 && realNanos - samples.getFirst().realNanos > MEASURED_NS) {
            samples.removeFirst();
        }
    }

    /// Whether it should go on at once.
    boolean isBehind(long realNanos, long nanos) {
        return !speed.isLimited() || behindNs(realNanos, nanos) > BEHIND_NS;
    }

    /// In real time.
    private long behindNs(long realNanos, long nanos) {
        return (targetNanos(realNanos) - nanos) * speed.slowdown();
    }

    /// World time per real time, over the last second; nothing before it is known.
    Optional<Double> reachedRatio() {
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        long realNs = last.realNanos - first.realNanos;
        return realNs < LEAST_MEASURED_NS
                ? Optional.empty()
                : Optional.of((double) (last.nanos - first.nanos) / realNs);
    }
}
