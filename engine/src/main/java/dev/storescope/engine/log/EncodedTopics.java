package dev.storescope.engine.log;

import java.nio.charset.StandardCharsets;

/// The topics that one thread has put to lately, checked and encoded once.
///
/// Threads: one.
final class EncodedTopics {
    /// What no record can have as its topic.
    static final byte[] ILLEGAL = {};
    /// A power of two. Topics that fall into one place take turns in it.
    private static final int PLACES = 16;

    private final String[] topics = new String[PLACES];
    private final byte[][] encoded = new byte[PLACES][];

    /// The bytes of a topic, which nobody may change; [#ILLEGAL] for one that is not safe or too long for any record.
    byte[] get(String topic) {
        int hash = topic.hashCode();
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        if (topic.equals(topics[place])) {
            return encoded[place];
        }
        byte[] bytes = encode(topic);
        if (bytes != ILLEGAL) {
            topics[place] = topic;
            encoded[place] = bytes;
        }
        return bytes;
    }

    private static byte[] encode(String topic) {
        if (!TopicNames.isSafe(topic) || topic.length() > MessageLayout.MAX_TOPIC_BYTES) {
            return ILLEGAL;
        }
        byte[] bytes = topic.getBytes(StandardCharsets.UTF_8);
        return bytes.length > MessageLayout.MAX_TOPIC_BYTES ? ILLEGAL : bytes;
    }
}
