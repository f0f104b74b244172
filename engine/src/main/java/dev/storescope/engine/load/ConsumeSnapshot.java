package dev.storescope.engine.load;

import dev.storescope.engine.api.GetMessageStatus;
import java.util.List;
import java.util.Optional;

/// What there is to see of a [ConsumeDriver].
///
/// @param running whether it pulls
/// @param queues it has pulled from or will, by queue id
/// @param received messages with the tags that were asked for, since the driver was made
/// @param lastPull nothing before the first one
/// @param lastMessages the latest first, at most [ConsumeDriver#KEPT_MESSAGES]
/// @param failure why it stopped by itself, "" if it did not
public record ConsumeSnapshot(ConsumeSpec spec, boolean running, List<Position> queues, long received,
        Optional<LastPull> lastPull, List<Received> lastMessages, String failure) {
    /// Nothing was pulled yet.
    public static ConsumeSnapshot of(ConsumeSpec spec) {
        return new ConsumeSnapshot(spec, false, List.of(), 0, Optional.empty(), List.of(), "");
    }

    /// Messages that are in the queues and were not pulled yet.
    public long lag() {
        return queues.stream().mapToLong(Position::lag).sum();
    }

    /// How far the consumer is in one queue. Offsets count entries.
    ///
    /// @param nextOffset where the next pull begins
    /// @param minOffset of the queue, at this moment
    /// @param maxOffset likewise
    public record Position(int queueId, long nextOffset, long minOffset, long maxOffset) {
        public long lag() {
            return Math.max(0, maxOffset - Math.max(nextOffset, minOffset));
        }
    }

    /// One call of `getMessage`.
    ///
    /// @param messages that it gave
    /// @param nextBeginOffset where it said to go on
    public record LastPull(int queueId, long queueOffset, GetMessageStatus status, int messages,
            long nextBeginOffset) {
    }

    /// A message that was received.
    ///
    /// @param commitLogOffset where its record begins
    /// @param sizeBytes of the whole record
    public record Received(String topic, int queueId, long queueOffset, long commitLogOffset, int sizeBytes,
            String tags, String keys) {
    }
}
