package dev.storescope.engine.load;

import dev.storescope.engine.api.MessageFilter;
import java.util.Arrays;
import java.util.OptionalInt;

/// What a [ConsumeDriver] pulls, and how fast.
///
/// @param topic "" for none: then nothing is pulled
/// @param queueId nothing for all queues of the topic
/// @param messagesPerSecond of all queues together, 1 to [#MOST_PER_SECOND]
/// @param tags `*` for all messages, or some tags joined by `||`
public record ConsumeSpec(String topic, OptionalInt queueId, int messagesPerSecond, String tags) {
    public static final int MOST_PER_SECOND = 100_000;
    public static final String ALL_TAGS = "*";
    public static final ConsumeSpec NOTHING = new ConsumeSpec("", OptionalInt.empty(), 500, ALL_TAGS);

    public ConsumeSpec {
        LoadSpec.check("pace of the consumer", 1, MOST_PER_SECOND, "messages/s", messagesPerSecond);
        tags = tags.isBlank() ? ALL_TAGS : tags.strip();
    }

    public ConsumeSpec withTopic(String other) {
        return new ConsumeSpec(other, OptionalInt.empty(), messagesPerSecond, tags);
    }

    public ConsumeSpec withQueueId(OptionalInt other) {
        return new ConsumeSpec(topic, other, messagesPerSecond, tags);
    }

    public ConsumeSpec withMessagesPerSecond(int other) {
        return new ConsumeSpec(topic, queueId, other, tags);
    }

    public ConsumeSpec withTags(String other) {
        return new ConsumeSpec(topic, queueId, messagesPerSecond, other);
    }

    /// What the store compares: hashes.
    MessageFilter filter() {
        return MessageFilter.byTags(tags);
    }

    /// The consumer's own, last word on a message that the store let pass.
    boolean accepts(String tagsOfMessage) {
        return tags.equals(ALL_TAGS)
                || Arrays.stream(tags.split("\\|\\|")).map(String::strip).anyMatch(tagsOfMessage::equals);
    }
}
