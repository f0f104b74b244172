package dev.storescope.engine.api;

import java.util.Map;
import java.util.Optional;

/// How much goes in and out, by topic and consumer group (what RocketMQ's `BrokerStatsManager` answers).
///
/// Threads: any.
public interface BrokerStats {
    /// How one number has grown; nothing when there is none with this key.
    ///
    /// @param key a topic, `topic@group`, or [#BROKER]
    Optional<Growth> growth(Kind kind, String key);

    /// All numbers of a kind, by key.
    Map<String, Growth> growths(Kind kind);

    /// Messages a second that a group got of a topic, over the last minute; 0 for none.
    double tpsGroupGetNums(String group, String topic);

    /// The key of what counts for the store as a whole.
    String BROKER = "broker";

    /// What is counted, by RocketMQ's names.
    enum Kind {
        /// Messages of a topic that were put; key: topic.
        TOPIC_PUT_NUMS,
        /// Bytes of their records; key: topic.
        TOPIC_PUT_SIZE,
        /// Messages that a group got; key: topic@group.
        GROUP_GET_NUMS,
        /// Bytes of their records; key: topic@group.
        GROUP_GET_SIZE,
        /// Messages put; key: [BrokerStats#BROKER].
        BROKER_PUT_NUMS,
        /// Messages got; key: [BrokerStats#BROKER].
        BROKER_GET_NUMS
    }

    /// How a number has grown lately.
    ///
    /// @param total since the store was started
    /// @param minute in about the last minute, hour and day: as far as samples reach
    record Growth(long total, Span minute, Span hour, Span day) {
    }

    /// Between the first and the last sample of a time.
    ///
    /// @param sum by how much the number grew
    /// @param tps by how much a second
    /// @param times how often it was added to
    /// @param avgpt by how much each time
    record Span(long sum, double tps, long times, double avgpt) {
        public static final Span NONE = new Span(0, 0, 0, 0);
    }
}
