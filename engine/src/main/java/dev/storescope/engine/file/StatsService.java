package dev.storescope.engine.file;

import dev.storescope.engine.env.StoreClock;
import dev.storescope.engine.service.Service;

/// Takes a sample of each number every so often, so that it can be told how fast they grow: what RocketMQ's
/// `StoreStatsService` and the timers of its `BrokerStatsManager` do.
///
/// Threads: the service's own.
public final class StatsService implements Service {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int MINUTE_EVERY_TURNS = 10;
    private static final int HOUR_EVERY_TURNS = 600;
    private static final int DAY_EVERY_TURNS = 3_600;

    private final StoreClock clock;
    private final StoreStatsService stats;
    private final BrokerStatsManager brokerStats;
    private long turns;

    public StatsService(StoreClock clock, StoreStatsService stats, BrokerStatsManager brokerStats) {
        this.clock = clock;
        this.stats = stats;
        this.brokerStats = brokerStats;
    }

    @Override
    public String name() {
        return "StoreStatsService";
    }

    @Override
    public int doWork() {
        stats.sample(clock.nanoTime());
        if (turns % MINUTE_EVERY_TURNS == 0) {
            brokerStats.sample(StatsItem::sampleMinute);
        }
        if (turns % HOUR_EVERY_TURNS == 0) {
            brokerStats.sample(StatsItem::sampleHour);
        }
        if (turns % DAY_EVERY_TURNS == 0) {
            brokerStats.sample(StatsItem::sampleDay);
        }
        turns++;
        return 1;
    }

    @Override
    public long waitNs(int workDone) {
        return SECOND_NS;
    }
}
