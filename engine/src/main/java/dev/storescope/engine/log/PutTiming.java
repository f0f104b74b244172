package dev.storescope.engine.log;

import dev.storescope.engine.api.AppendMessageResult;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutStage;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.StoreStatsService;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.probe.StoreProbe;

/// Where one put's time goes, for the sampled ones; the others read no clock here (a reading costs 20 to 60 ns, a put
/// some hundred).
///
/// Threads: the producer's.
final class PutTiming {
    private final StoreEnvironment environment;
    private final StoreProbe probe;
    private final StoreStatsService stats;
    private final PutEnds ends;
    private boolean sampled;
    private long beganNanos;
    private long waitingNanos;
    private long acquiredNanos;
    private long allocatingNanos;
    private long allocateNs;
    private long requestedNanos;

    PutTiming(StoreEnvironment environment, StoreStatsService stats) {
        this.environment = environment;
        this.probe = environment.probe();
        this.stats = stats;
        this.ends = new PutEnds(environment, stats);
    }

    void begin(boolean isSampled, long bodyBytes) {
        sampled = isSampled;
        allocateNs = 0;
        if (sampled) {
            beganNanos = environment.nanoTime();
            probe.eventAt(beganNanos, ProbePoint.PUT_BEGIN, bodyBytes, 0, 0);
        }
    }

    void lockWait() {
        if (sampled) {
            waitingNanos = environment.nanoTime();
            probe.eventAt(waitingNanos, ProbePoint.LOCK_WAIT, 0, 0, 0);
        }
    }

    void lockAcquired() {
        if (sampled) {
            acquiredNanos = environment.nanoTime();
            probe.eventAt(acquiredNanos, ProbePoint.LOCK_ACQUIRED, acquiredNanos - waitingNanos, 0, 0);
            stats.stage(PutStage.LOCK, acquiredNanos - waitingNanos);
        }
    }

    /// Rolls are rare and slow, so each is timed.
    void allocating() {
        allocatingNanos = environment.nanoTime();
    }

    void allocated() {
        allocateNs = environment.nanoTime() - allocatingNanos;
        stats.stage(PutStage.ALLOCATE, allocateNs);
    }

    void appended(AppendMessageResult result) {
        if (sampled) {
            long now = environment.nanoTime();
            probe.eventAt(now, ProbePoint.APPEND, result.wroteOffset(), result.wroteBytes(), 0);
            stats.stage(PutStage.APPEND, now - acquiredNanos - allocateNs);
        }
    }

    void lockReleased() {
        if (sampled) {
            long now = environment.nanoTime();
            probe.eventAt(now, ProbePoint.LOCK_RELEASED, now - acquiredNanos, 0, 0);
        }
    }

    void flushRequested(long nextOffset, int requestsWrite) {
        if (sampled) {
            requestedNanos = environment.nanoTime();
            probe.eventAt(requestedNanos, ProbePoint.FLUSH_REQUESTED, nextOffset, requestsWrite, 0);
        }
    }

    /// The producer runs again after its wait.
    ///
    /// @param forceEndedNanos 0 when no force came
    void woken(long forceEndedNanos) {
        if (sampled && forceEndedNanos != 0) {
            stats.stage(PutStage.FLUSH, forceEndedNanos - requestedNanos);
            stats.stage(PutStage.WAKE_UP, environment.nanoTime() - forceEndedNanos);
        }
    }

    void end(PutMessageResult result) {
        if (sampled) {
            ends.ended(result, beganNanos, environment.nanoTime());
        }
    }

    /// The producer does not wait: whoever answers the request ends the put.
    void endsWith(GroupCommitRequest request) {
        if (sampled) {
            request.timeFrom(beganNanos, environment.nanoTime());
        }
    }
}
