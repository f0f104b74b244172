package dev.storescope.engine.load;

import dev.storescope.engine.api.PutMessageStatus;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// A load at one moment. All figures count messages, also those of batches.
///
/// @param elapsedNs since the start, up to the end when it has ended
/// @param activeProducers that have not ended yet
/// @param due open loop: messages whose moment has come; closed loop: the same as sent
/// @param sent messages of puts that were answered
/// @param sentByStatus these, by the answer
/// @param missed open loop: messages that were never sent, because their moment was too long ago or because the load
///     ended with them still due
/// @param late open loop: messages that were sent more than 1 ms after their moment
/// @param puts answers; as many as sent when there are no batches
/// @param bodyBytes of messages that are in the log, acknowledged or not
/// @param recordBytes bytes of the log that these take
/// @param intendedPerSecond open loop: the rate that is asked for now
/// @param end why it ended, once it has
public record LoadSnapshot(LoadState state, LoadSpec spec, long elapsedNs, int activeProducers, long due, long sent,
        Map<PutMessageStatus, Long> sentByStatus, long missed, long late, long puts, long bodyBytes, long recordBytes,
        OptionalDouble intendedPerSecond, Optional<LoadEnd> end) {
    public LoadSnapshot {
        Map<PutMessageStatus, Long> copy = new EnumMap<>(PutMessageStatus.class);
        copy.putAll(sentByStatus);
        sentByStatus = Collections.unmodifiableMap(copy);
    }

    public long sent(PutMessageStatus status) {
        return sentByStatus.getOrDefault(status, 0L);
    }

    /// Messages answered `PUT_OK`.
    public long acknowledged() {
        return sent(PutMessageStatus.PUT_OK);
    }

    /// Messages with any other answer; those of them that time out are in the log all the same.
    public long refused() {
        return sent - acknowledged();
    }

    /// Open loop: messages whose moment has come and that wait for a producer.
    public long backlog() {
        return Math.max(0, due - sent - missed);
    }
}
