package dev.storescope.engine.index;

/// What is looked for.
///
/// @param key one word of a message's keys, its unique key, or `T#` and its tags
/// @param maxCount 1 or more
/// @param beginTimestamp of the store time in milliseconds since 1970, inclusive; entries know it to the second
/// @param endTimestamp likewise
public record IndexQuery(String topic, String key, int maxCount, long beginTimestamp, long endTimestamp) {
    /// Without limits of time.
    public static IndexQuery of(String topic, String key, int maxCount) {
        return new IndexQuery(topic, key, maxCount, 0, Long.MAX_VALUE);
    }
}
