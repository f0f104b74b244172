package dev.storescope.app.session;

import dev.storescope.engine.api.QueryMessageResult.Coverage;
import dev.storescope.engine.api.QueryMessageResult.IndexWalk;
import java.util.List;

/// The messages that the index has for a key.
///
/// @param found by offset; no more than were asked for
/// @param durationNs how long the store took
/// @param indexEndOffset of the last message that was in the index; -1 for none
/// @param coverage of how much of the log the index had the keys
/// @param walk how far it went through the index
public record KeyLookup(List<Found> found, long durationNs, long indexEndOffset, Coverage coverage,
        IndexWalk walk) {
    /// One of them.
    public record Found(RecordPlace place, String topic, int queueId, long queueOffset, String tags, String keys) {
    }
}
