package dev.storescope.engine.index;

import dev.storescope.engine.api.SysFlag;
import dev.storescope.engine.dispatch.DispatchRequest;
import dev.storescope.engine.dispatch.DispatchRequest.Property;
import java.util.Arrays;

/// The hashes of the keys under which a message is indexed, in the order of RocketMQ 5.5 (`format.md` §7): the unique
/// key, each word of its keys, its tags as a whole. A rolled-back message has none.
///
/// Makes no text as long as the keys are ASCII. Threads: the one that dispatches.
public final class IndexKeys {
    private static final char SEPARATOR = '#';
    private static final String TAGS_PREFIX = "T#";
    private static final byte KEY_SEPARATOR = ' ';

    private int[] hashes = new int[16];
    private int size;
    private String topic = "";
    /// Of the topic and what stands between it and a key.
    private int topicHash = hash("", SEPARATOR);

    /// What a key of a topic is found by.
    static int hashOf(String topic, String key) {
        return positive(key.chars().reduce(hash(topic, SEPARATOR), (hash, c) -> 31 * hash + c));
    }

    /// What the tags of a message are found by: the key of [#hashOf].
    static String tagsKey(String tags) {
        return TAGS_PREFIX + tags;
    }

    /// Looks at a message.
    ///
    /// @return how many keys it has
    public int collect(DispatchRequest request) {
        size = 0;
        if (SysFlag.transactionType(request.sysFlag()) == SysFlag.TRANSACTION_ROLLBACK) {
            return 0;
        }
        // The same instance as long as the topic does not change.
        String now = request.topic();
        if (!now.equals(topic)) {
            topic = now;
            topicHash = hash(topic, SEPARATOR);
        }
        if (request.seek(Property.UNIQ_KEY)) {
            add(positive(request.hash(topicHash, request.valueFrom(), request.valueEnd())));
        }
        if (request.seek(Property.KEYS)) {
            addWords(request);
        }
        if (request.seek(Property.TAGS)) {
            int prefixHash = hash(topicHash, TAGS_PREFIX);
            add(positive(request.hash(prefixHash, request.valueFrom(), request.valueEnd())));
        }
        return size;
    }

    /// The hash of a key of the message that was looked at last.
    public int hash(int index) {
        return hashes[index];
    }

    /// The hashes of the message that was looked at last begin this array, which the next look overwrites.
    int[] hashes() {
        return hashes;
    }

    /// All of the message that was looked at last.
    ///
    /// @param offset where its record begins
    IndexEntries.Keys of(long offset) {
        return new IndexEntries.Keys(offset, Arrays.copyOf(hashes, size));
    }

    private void addWords(DispatchRequest request) {
        int from = request.valueFrom();
        int end = request.valueEnd();
        while (from < end) {
            int wordEnd = request.indexOf(KEY_SEPARATOR, from, end);
            if (wordEnd > from) {
                add(positive(request.hash(topicHash, from, wordEnd)));
            }
            from = wordEnd + 1;
        }
    }

    private void add(int hash) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * size);
        }
        hashes[size++] = hash;
    }

    private static int hash(int start, String text) {
        int hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash;
    }

    private static int hash(String text, char next) {
        return 31 * text.hashCode() + next;
    }

    /// As RocketMQ does it: without its sign, and 0 for the one number that has none.
    private static int positive(int hash) {
        return Math.max(0, Math.abs(hash));
    }
}
