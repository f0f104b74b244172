package dev.storescope.app.pulse;

import dev.storescope.app.session.SessionReading;
import dev.storescope.engine.api.PutStage;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.LoadSnapshot;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;

/// Measures the [Rates] of the store that is open.
///
/// Threads: one.
public final class RateMeters {
    private static final long LOCK_WAIT_HOLDS_NS = 2_000_000_000L;

    private final RateMeter messages = new RateMeter();
    private final RateMeter bytes = new RateMeter();
    private final RateMeter forces = new RateMeter();
    private final RateMeter commits = new RateMeter();
    private final RateMeter accepted = new RateMeter();
    private final RateMeter batches = new RateMeter();
    private final RateMeter batchedRequests = new RateMeter();
    private long generation;
    /// Of the loads before the one that runs.
    private long acceptedBefore;
    private long acceptedOfLoad;
    private OptionalLong lockWaitNs = OptionalLong.empty();
    private long lockWaitAt;

    /// @param nowNanos of the pulse
    public Rates measure(long nowNanos, SessionReading reading, Frame.Intervals intervals) {
        if (reading.generation() != generation) {
            generation = reading.generation();
            reset();
        }
        if (reading.snapshot().isEmpty()) {
            return Rates.UNKNOWN;
        }
        count(reading.snapshot().get(), reading.load().map(LoadSnapshot::acknowledged).orElse(0L));
        measureLock(nowNanos, intervals);
        return new Rates(messages.perSecond(), bytes.perSecond(), forces.perSecond(), commits.perSecond(),
                reading.load().isPresent() ? accepted.perSecond() : OptionalDouble.empty(), meanBatch(), lockWaitNs);
    }

    private void reset() {
        messages.reset();
        bytes.reset();
        forces.reset();
        commits.reset();
        accepted.reset();
        batches.reset();
        batchedRequests.reset();
        acceptedBefore = 0;
        acceptedOfLoad = 0;
        lockWaitNs = OptionalLong.empty();
    }

    private void count(StoreSnapshot snapshot, long acknowledged) {
        long now = snapshot.takenAtNanos();
        var counters = snapshot.counters();
        messages.add(now, counters.messages());
        bytes.add(now, counters.messageBytes());
        forces.add(now, counters.forces());
        commits.add(now, counters.commits());
        batches.add(now, counters.batches());
        batchedRequests.add(now, counters.batchedRequests());
        if (acknowledged < acceptedOfLoad) {
            acceptedBefore += acceptedOfLoad;
        }
        acceptedOfLoad = acknowledged;
        // One count over all loads, measured from before the first one on: over the same second as the messages.
        accepted.add(now, acceptedBefore + acknowledged);
    }

    private void measureLock(long nowNanos, Frame.Intervals intervals) {
        Histogram lock = intervals.stages().get(PutStage.LOCK);
        if (lock != null && lock.getTotalCount() > 0) {
            lockWaitNs = OptionalLong.of(lock.getValueAtPercentile(50));
            lockWaitAt = nowNanos;
        } else if (nowNanos - lockWaitAt > LOCK_WAIT_HOLDS_NS) {
            lockWaitNs = OptionalLong.empty();
        }
    }

    private OptionalDouble meanBatch() {
        double batchesPerSecond = batches.perSecond().orElse(0);
        return batchesPerSecond == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(batchedRequests.perSecond().orElse(0) / batchesPerSecond);
    }
}
