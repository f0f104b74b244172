package dev.storescope.engine.dispatch;

import dev.storescope.engine.api.MessageProperties;
import dev.storescope.engine.log.RecordScanner;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/// What a record says to those who derive something from it (RocketMQ `DispatchRequest`).
///
/// One object for all records: it looks at the record on which its scanner stands, so that following the log allocates
/// nothing for a record that has no text to give. It is valid until the scanner goes on.
///
/// Threads: the one that dispatches.
public final class DispatchRequest {
    private static final byte NAME_END = 1;
    private static final byte PAIR_END = 2;

    private final byte[] properties = new byte[MessageProperties.MAX_BYTES + PropertyBytes.PADDING_BYTES];
    /// Where the value of each [Property] stands in the properties; empty for one that the record does not have.
    private final Span[] spans = Stream.of(Property.values())
            .map(property -> new Span(property.name))
            .toArray(Span[]::new);
    private final Span delay = new Span(MessageProperties.DELAY);
    /// What is looked for in the properties.
    private final Span[] wanted = Stream.concat(Stream.of(spans), Stream.of(delay)).toArray(Span[]::new);
    private Span found = delay;
    private RecordScanner record;
    private String topic = "";
    private int propertiesLength;

    /// Looks at the record on which `scanner` stands; only after [RecordScanner.Found#RECORD].
    public DispatchRequest at(RecordScanner scanner) {
        record = scanner;
        topic = scanner.topic();
        propertiesLength = scanner.copyProperties(properties);
        findAll();
        return this;
    }

    /// The same instance as long as it does not change from record to record.
    public String topic() {
        return topic;
    }

    public int queueId() {
        return record.queueId();
    }

    /// Where the record begins in the log.
    public long commitLogOffset() {
        return record.commitLogOffset();
    }

    /// Of the whole record, in bytes.
    public int sizeBytes() {
        return record.sizeBytes();
    }

    /// Its place in its queue, counted in entries; 0 for prepared and rolled-back messages.
    public long queueOffset() {
        return record.queueOffset();
    }

    public int sysFlag() {
        return record.sysFlag();
    }

    /// Milliseconds since 1970.
    public long storeTimestamp() {
        return record.storeTimestamp();
    }

    /// Java's hash of the whole text of tags; 0 without tags (`format.md` §6).
    public int tagsHash() {
        Span tags = span(Property.TAGS);
        return hash(0, tags.from, tags.end);
    }

    /// Goes on with a piece of the properties as Java's hash of a text does.
    public int hash(int start, int from, int end) {
        long ofAscii = PropertyBytes.asciiHash(start, properties, from, end);
        if (ofAscii != PropertyBytes.NOT_ASCII) {
            return (int) ofAscii;
        }
        // Java's hash is of the chars, not of the bytes.
        int hash = start;
        String text = propertyText(from, end);
        for (int i = 0; i < text.length(); i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash;
    }

    /// "" when there are none.
    public String tags() {
        return text(Property.TAGS);
    }

    /// All keys, separated by blanks; "" when there are none.
    public String keys() {
        return text(Property.KEYS);
    }

    /// The key that the producer's client made; "" when there is none.
    public String uniqKey() {
        return text(Property.UNIQ_KEY);
    }

    /// The level of a delayed message, from 1; 0 for one that is not delayed, or whose level is no number.
    public int delayLevel() {
        if (delay.isEmpty() || delay.end - delay.from > 9) {
            return 0;
        }
        int level = 0;
        for (int i = delay.from; i < delay.end; i++) {
            int digit = properties[i] - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            level = level * 10 + digit;
        }
        return level;
    }

    /// The whole text of the properties.
    public String propertiesText() {
        return new String(properties, 0, propertiesLength, StandardCharsets.UTF_8);
    }

    /// Goes to a property; its value then stands from [#valueFrom()] to [#valueEnd()] in the bytes of the properties.
    ///
    /// @return false when the record has none
    public boolean seek(Property property) {
        found = span(property);
        return !found.isEmpty();
    }

    public int valueFrom() {
        return found.from;
    }

    public int valueEnd() {
        return found.end;
    }

    /// Where a byte stands first from `from` on; `end` when it does not stand before that.
    public int indexOf(byte wanted, int from, int end) {
        return PropertyBytes.indexOf(properties, wanted, from, end);
    }

    /// A piece of the properties as text.
    public String propertyText(int from, int end) {
        return new String(properties, from, end - from, StandardCharsets.UTF_8);
    }

    private Span span(Property property) {
        return spans[property.ordinal()];
    }

    private String text(Property property) {
        Span span = span(property);
        return propertyText(span.from, span.end);
    }

    /// As [MessageProperties#find] reads the text: the last pair of a name which has a value counts.
    private void findAll() {
        for (Span span : wanted) {
            span.clear();
        }
        int from = 0;
        while (from < propertiesLength) {
            int end = PropertyBytes.indexOf(properties, PAIR_END, from, propertiesLength);
            lookAt(from, end);
            from = end + 1;
        }
    }

    private void lookAt(int from, int end) {
        int nameEnd = PropertyBytes.indexOf(properties, NAME_END, from, end);
        if (nameEnd + 1 >= end) {
            return;
        }
        int nameBytes = nameEnd - from;
        long name = PropertyBytes.word(properties, from, nameEnd);
        for (Span span : wanted) {
            if (span.name == name && span.nameBytes == nameBytes) {
                span.set(nameEnd + 1, end);
                return;
            }
        }
    }

    /// Those of which a dispatcher may want the bytes.
    public enum Property {
        UNIQ_KEY(MessageProperties.UNIQ_KEY), KEYS(MessageProperties.KEYS), TAGS(MessageProperties.TAGS);

        private final String name;

        Property(String name) {
            this.name = name;
        }
    }

    /// Where a value stands in the properties.
    private static final class Span {
        /// As [PropertyBytes#word] reads it.
        private final long name;
        private final int nameBytes;
        private int from;
        private int end;

        /// @param name ASCII, no longer than a word
        private Span(String name) {
            byte[] padded = Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), Long.BYTES);
            this.name = PropertyBytes.word(padded, 0, Long.BYTES);
            this.nameBytes = name.length();
        }

        private void set(int newFrom, int newEnd) {
            from = newFrom;
            end = newEnd;
        }

        private void clear() {
            set(0, 0);
        }

        private boolean isEmpty() {
            return from == end;
        }
    }
}
