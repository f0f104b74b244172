package dev.storescope.engine.inspect.check;

import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;

/// From where to where a log goes, and which parts of it cannot be read.
///
/// @param minOffset where it begins
/// @param endOffset where its last sound record or blank ends
/// @param records sound ones
/// @param lastStoreTimestamp the latest of these, milliseconds since 1970
/// @param damaged first and end offset of each part that is no sound record, among them files that are missing
public record LogExtent(long minOffset, long endOffset, long records, OptionalLong lastStoreTimestamp,
        NavigableMap<Long, Long> damaged) {
    /// Whether the offset lies in a part that cannot be read.
    public boolean isDamaged(long offset) {
        Map.Entry<Long, Long> part = damaged.floorEntry(offset);
        return part != null && offset < part.getValue();
    }
}
