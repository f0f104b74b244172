package dev.storescope.engine;

import dev.storescope.engine.api.BrokerStats;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreStats;
import java.util.Map;

/// What the store tells of itself while it runs.
///
/// Threads: any.
public interface RuntimeFigures {
    /// Figures by the names that RocketMQ's `brokerStatus` shows: counts, rates over 10, 60 and 600 s, disk use, offsets.
    Map<String, String> getRuntimeInfo();

    /// The figures of the store's own counters among these, a line each, as text.
    String getRunningDataInfo();

    /// Messages by topic and consumer group.
    BrokerStats getBrokerStatsManager();

    StoreSnapshot snapshot();

    StoreStats stats();
}
