package dev.storescope.engine.log;

import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutStage;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.StoreStatsService;
import dev.storescope.engine.probe.ProbePoint;

/// Tells of the ends of sampled puts, by whichever thread they come to one: the producer's when it waited, else the one
/// that answered.
///
/// Threads: any.
final class PutEnds {
    private final StoreEnvironment environment;
    private final StoreStatsService stats;

    PutEnds(StoreEnvironment environment, StoreStatsService stats) {
        this.environment = environment;
        this.stats = stats;
    }

    long nanoTime() {
        return environment.nanoTime();
    }

    StoreStatsService stats() {
        return stats;
    }

    void ended(PutMessageResult result, long beganNanos, long endedNanos) {
        long nextOffset = result.isStored() ? result.append().nextOffset() : -1;
        environment.probe()
                .eventAt(endedNanos, ProbePoint.PUT_END, nextOffset, result.status().ordinal(),
                        endedNanos - beganNanos);
        stats.stage(PutStage.TOTAL, endedNanos - beganNanos);
    }
}
