package dev.storescope.engine.queue;

import dev.storescope.engine.log.TopicNames;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/// Topics and queue ids as names of directories.
final class QueueNames {
    /// The longest name of a file that the usual file systems take.
    private static final int MAX_BYTES = 255;

    private QueueNames() {
    }

    /// Whether a topic may be the name of a directory.
    static boolean mayBeDirectory(String topic) {
        return topic.length() <= MAX_BYTES && TopicNames.isSafe(topic)
                && topic.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }

    /// The queue id that a directory is named after, if it is one.
    static OptionalInt queueId(String name) {
        try {
            int queueId = Integer.parseInt(name);
            return Integer.toString(queueId).equals(name) ? OptionalInt.of(queueId) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
