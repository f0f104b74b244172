package dev.storescope.engine.api;

import java.util.LinkedHashMap;
import java.util.Map;

/// The properties text of a record: `name U+0001 value U+0002`, repeated (`format.md` §2).
public final class MessageProperties {
    public static final String KEYS = "KEYS";
    public static final String TAGS = "TAGS";
    public static final String UNIQ_KEY = "UNIQ_KEY";
    public static final String WAIT = "WAIT";
    public static final String DELAY = "DELAY";
    public static final String REAL_TOPIC = "REAL_TOPIC";
    public static final String REAL_QUEUE_ID = "REAL_QID";
    /// Bytes; the length is a signed short.
    public static final int MAX_BYTES = Short.MAX_VALUE;

    private static final char NAME_END = '\u0001';
    private static final char PAIR_END = '\u0002';

    private MessageProperties() {
    }

    /// The text of `properties` in their iteration order.
    public static String encode(Map<String, String> properties) {
        StringBuilder text = new StringBuilder(properties.size() * 24);
        properties.forEach((name, value) -> append(text, name, value));
        return text.toString();
    }

    /// Adds one pair to a text under construction.
    public static void append(StringBuilder text, String name, String value) {
        text.append(name).append(NAME_END).append(value).append(PAIR_END);
    }

    /// Reads as RocketMQ does: pairs without name or value are dropped, a missing last separator is accepted.
    public static Map<String, String> decode(String text) {
        Map<String, String> properties = new LinkedHashMap<>();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf(PAIR_END, from);
            int pairEnd = end < 0 ? text.length() : end;
            int nameEnd = text.indexOf(NAME_END, from);
            if (nameEnd > from && nameEnd + 1 < pairEnd) {
                properties.put(text.substring(from, nameEnd), text.substring(nameEnd + 1, pairEnd));
            }
            from = pairEnd + 1;
        }
        return properties;
    }

    /// The value that [#decode] gives one property, or "" when it is absent; allocates only the result.
    public static String find(String text, String name) {
        int valueFrom = 0;
        int valueEnd = 0;
        int nameLength = name.length();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf(PAIR_END, from);
            int pairEnd = end < 0 ? text.length() : end;
            int nameEnd = from + nameLength;
            if (nameLength > 0 && nameEnd + 1 < pairEnd
                    && text.startsWith(name, from)
                    && text.charAt(nameEnd) == NAME_END) {
                valueFrom = nameEnd + 1;
                valueEnd = pairEnd;
            }
            from = pairEnd + 1;
        }
        return text.substring(valueFrom, valueEnd);
    }
}
