package dev.storescope.engine.inspect;

import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageProperties;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Which messages of a log are wanted.
///
/// @param topic only this one
/// @param queueId only this queue; of the topic, when one is given
/// @param fromCommitLogOffset only those that begin there or behind it
/// @param fromQueueOffset only those with this place in their queue or a later one
/// @param key only those with this unique key, or with this word among their keys
/// @param maxCount so many at most
public record MessageSelection(Optional<String> topic, OptionalInt queueId, long fromCommitLogOffset,
        OptionalLong fromQueueOffset, Optional<String> key, long maxCount) {
    public static final MessageSelection ALL = new MessageSelection(Optional.empty(), OptionalInt.empty(), 0,
            OptionalLong.empty(), Optional.empty(), Long.MAX_VALUE);

    /// What can be said without reading the whole message.
    boolean matches(LogStep.Record record) {
        return record.commitLogOffset() >= fromCommitLogOffset
                && topic.map(record.topic()::equals).orElse(true)
                && (queueId.isEmpty() || queueId.getAsInt() == record.queueId())
                && (fromQueueOffset.isEmpty() || record.queueOffset() >= fromQueueOffset.getAsLong());
    }

    boolean matches(MessageExt message) {
        return key.map(wanted -> hasKey(message, wanted)).orElse(true);
    }

    private static boolean hasKey(MessageExt message, String key) {
        return message.property(MessageProperties.UNIQ_KEY).equals(key)
                || Arrays.asList(message.keys().split(" ")).contains(key);
    }
}
