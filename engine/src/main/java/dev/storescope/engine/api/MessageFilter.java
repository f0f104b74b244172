package dev.storescope.engine.api;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// Which messages of a queue a consumer wants (RocketMQ `MessageFilter`).
///
/// Threads: the one that reads.
@FunctionalInterface
public interface MessageFilter {
    /// Wants all.
    MessageFilter ALL = tagsCode -> true;

    /// Asked first, with what the queue entry has: wrong answers cost least here. Also of entries that then are not part of the
    /// read, and so once more at the next.
    ///
    /// @param tagsCode hash of the tags
    boolean isMatchedByConsumeQueue(long tagsCode);

    /// Asked then, with the whole record, read-only.
    default boolean isMatchedByCommitLog(MemorySegment record) {
        return true;
    }

    /// By tags: `*` or nothing for all, or some joined by `||`. Only the hashes are compared, so that a message whose tags
    /// have an equal hash ("Aa" and "BB") passes too; the consumer has the last word.
    static MessageFilter byTags(String expression) {
        String text = expression.strip();
        if (text.isEmpty() || text.equals("*")) {
            return ALL;
        }
        Set<Long> codes = Arrays.stream(text.split("\\|\\|"))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .map(tag -> (long) tag.hashCode())
                .collect(Collectors.toUnmodifiableSet());
        return codes::contains;
    }
}
