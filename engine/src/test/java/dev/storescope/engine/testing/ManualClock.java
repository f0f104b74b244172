package dev.storescope.engine.testing;

import dev.storescope.engine.env.StoreClock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;

/// A clock that stands still until a test moves it, and does on the way what was put off.
///
/// Threads: one.
public final class ManualClock implements StoreClock {
    private static final long START_NANOS = 1_000_000_000L;
    /// 2025-01-01T00:00:00Z.
    private static final long START_MILLIS = 1_735_689_600_000L;

    private final PriorityQueue<Due> due = new PriorityQueue<>(
            Comparator.comparingLong(Due::atNanos).thenComparingLong(Due::number));
    private long nanos = START_NANOS;
    private long wallJumpMs;
    private long nextNumber;

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public long currentTimeMillis() {
        return START_MILLIS + (nanos - START_NANOS) / 1_000_000 + wallJumpMs;
    }

    @Override
    public ZoneId zone() {
        return ZoneOffset.UTC;
    }

    public void advance(Duration duration) {
        advanceNs(duration.toNanos());
    }

    public void advanceNs(long durationNs) {
        if (durationNs < 0) {
            throw new IllegalArgumentException("time does not run backwards: " + durationNs + " ns");
        }
        long target = nanos + durationNs;
        while (runNextUntil(target)) {
            // each may put off further ones
        }
        nanos = Math.max(nanos, target);
    }

    /// Lets the wall clock jump, and durations not.
    public void jumpWallClock(Duration jump) {
        wallJumpMs += jump.toMillis();
    }

    /// Does `action` when the clock comes to `delay` from now.
    public void after(Duration delay, Runnable action) {
        due.add(new Due(nanos + delay.toNanos(), nextNumber++, action));
    }

    /// Moves on to the next thing that is due by `target`, and does it.
    ///
    /// @return false when nothing is due by then; the clock then stands where it stood
    boolean runNextUntil(long target) {
        Due next = due.peek();
        if (next == null || next.atNanos > target) {
            return false;
        }
        due.remove();
        nanos = Math.max(nanos, next.atNanos);
        next.action.run();
        return true;
    }

    private record Due(long atNanos, long number, Runnable action) {
    }
}
