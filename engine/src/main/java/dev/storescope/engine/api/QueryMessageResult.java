package dev.storescope.engine.api;

import java.util.List;

/// The messages that have a key (RocketMQ `QueryMessageResult`).
///
/// @param messages by offset; other keys with the same hash are among them, as the index stores no keys
/// @param indexLastUpdateTimestamp store time of the last message that is in the index, milliseconds since 1970; 0 for
///     none
/// @param indexLastUpdateOffset its offset in the log; -1 for none
public record QueryMessageResult(List<MessageExt> messages, long indexLastUpdateTimestamp,
        long indexLastUpdateOffset) {
}
