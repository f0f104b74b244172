package dev.storescope.engine.inspect;

import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageProperties;
import java.util.Arrays;
import java.util.OptionalInt;

/// Which messages of a log are wanted; what is "" or left out does not restrict.
///
/// @param topic exactly this one
/// @param key one of the message's KEYS, or its UNIQ_KEY
/// @param tags exactly this text
/// @param fromTimestamp of storing, milliseconds since 1970; inclusive
/// @param toTimestamp likewise
public record MessageQuery(String topic, OptionalInt queueId, String key, String tags, long fromTimestamp,
        long toTimestamp) {
    /// Every message.
    public static final MessageQuery ALL = new MessageQuery("", OptionalInt.empty(), "", "", Long.MIN_VALUE,
            Long.MAX_VALUE);

    public MessageQuery ofTopic(String wanted) {
        return new MessageQuery(wanted, queueId, key, tags, fromTimestamp, toTimestamp);
    }

    public MessageQuery ofQueue(int wanted) {
        return new MessageQuery(topic, OptionalInt.of(wanted), key, tags, fromTimestamp, toTimestamp);
    }

    public MessageQuery withKey(String wanted) {
        return new MessageQuery(topic, queueId, wanted, tags, fromTimestamp, toTimestamp);
    }

    public MessageQuery withTags(String wanted) {
        return new MessageQuery(topic, queueId, key, wanted, fromTimestamp, toTimestamp);
    }

    public MessageQuery stored(long from, long to) {
        return new MessageQuery(topic, queueId, key, tags, from, to);
    }

    /// Whether all of the record that can be known without decoding it fits.
    boolean fits(LogStep.Record record) {
        return (topic.isEmpty() || topic.equals(record.topic()))
                && (queueId.isEmpty() || queueId.getAsInt() == record.queueId())
                && record.storeTimestamp() >= fromTimestamp
                && record.storeTimestamp() <= toTimestamp;
    }

    boolean fits(MessageExt message) {
        return (tags.isEmpty() || tags.equals(message.tags())) && (key.isEmpty() || hasKey(message));
    }

    private boolean hasKey(MessageExt message) {
        return key.equals(message.property(MessageProperties.UNIQ_KEY))
                || Arrays.asList(message.keys().split(" ")).contains(key);
    }
}
