package dev.storescope.engine.api;

import java.util.List;

/// The messages that have a key (RocketMQ `QueryMessageResult`).
///
/// @param messages by offset; other keys with the same hash are among them, as the index stores no keys
/// @param indexLastUpdateTimestamp store time of the last message that is in the index, milliseconds since 1970; 0 for
///     none
/// @param indexLastUpdateOffset its offset in the log; -1 for none
/// @param coverage of how much of the log the index had the keys
/// @param walk what it took to find them
public record QueryMessageResult(List<MessageExt> messages, long indexLastUpdateTimestamp,
        long indexLastUpdateOffset, Coverage coverage, IndexWalk walk) {

    /// How much of the log's keys could be found. An index that is built again behind the dispatch lacks those at its end.
    ///
    /// @param indexedOffset messages before it were found if they have the key
    /// @param toOffset those between were not looked at; the same when there are none
    public record Coverage(long indexedOffset, long toOffset) {
        public boolean isComplete() {
            return indexedOffset >= toOffset;
        }
    }

    /// How far a look-up went through the index.
    ///
    /// @param files whose chain was walked, the newest first
    /// @param entries of these chains that were looked at
    /// @param longestChain most of them in one file
    /// @param hashMatches entries with the hash that was looked for, within the time
    public record IndexWalk(int files, long entries, long longestChain, long hashMatches) {
    }
}
