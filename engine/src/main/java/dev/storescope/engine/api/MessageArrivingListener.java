package dev.storescope.engine.api;

/// Told when a message has become readable in its queue, so that a consumer that waits can be answered (long polling;
/// RocketMQ `MessageArrivingListener`).
///
/// Threads: called by the one that dispatches. Return soon, everybody behind waits. What it throws is logged and stops
/// nothing.
@FunctionalInterface
public interface MessageArrivingListener {
    /// Tells nobody.
    MessageArrivingListener NONE = arrival -> {
    };

    void arriving(Arrival arrival);

    /// A message that can be read from now on.
    ///
    /// @param queueOffset its place in the queue
    /// @param tagsCode what its queue entry has: the hash of its tags, or when a delayed message is due
    /// @param storeTimestamp milliseconds since 1970
    /// @param propertiesString as it stands in the record; [MessageProperties] reads it
    record Arrival(String topic, int queueId, long queueOffset, long tagsCode, long storeTimestamp,
            String propertiesString) {
    }
}
