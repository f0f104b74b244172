package dev.storescope.engine.dispatch;

import dev.storescope.engine.api.MessageProperties;
import dev.storescope.engine.log.RecordScanner;
import java.nio.charset.StandardCharsets;

/// What a record says to those who derive something from it (RocketMQ `DispatchRequest`).
///
/// One object for all records: it looks at the record on which its scanner stands, so that following the log allocates
/// nothing for a record that has no text to give. It is valid until the scanner goes on.
///
/// Threads: the one that dispatches.
public final class DispatchRequest {
    private static final byte[] TAGS = MessageProperties.TAGS.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEYS = MessageProperties.KEYS.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UNIQ_KEY = MessageProperties.UNIQ_KEY.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DELAY = MessageProperties.DELAY.getBytes(StandardCharsets.US_ASCII);
    private static final byte NAME_END = 1;
    private static final byte PAIR_END = 2;

    private final byte[] properties = new byte[MessageProperties.MAX_BYTES];
    private final Span found = new Span();
    private RecordScanner record;
    private int propertiesLength;

    /// Looks at the record on which `scanner` stands; only after [RecordScanner.Found#RECORD].
    public DispatchRequest at(RecordScanner scanner) {
        record = scanner;
        propertiesLength = scanner.copyProperties(properties);
        return this;
    }

    /// The same instance as long as it does not change from record to record.
    public String topic() {
        return record.topic();
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
        if (!find(TAGS)) {
            return 0;
        }
        int hash = 0;
        for (int i = found.from; i < found.end; i++) {
            if (properties[i] < 0) {
                // Not ASCII: Java's hash is of the chars, not of the bytes.
                return text().hashCode();
            }
            hash = 31 * hash + properties[i];
        }
        return hash;
    }

    /// "" when there are none.
    public String tags() {
        return find(TAGS) ? text() : "";
    }

    /// All keys, separated by blanks; "" when there are none.
    public String keys() {
        return find(KEYS) ? text() : "";
    }

    /// The key that the producer's client made; "" when there is none.
    public String uniqKey() {
        return find(UNIQ_KEY) ? text() : "";
    }

    /// The level of a delayed message, from 1; 0 for one that is not delayed, or whose level is no number.
    public int delayLevel() {
        if (!find(DELAY) || found.end - found.from > 9) {
            return 0;
        }
        int level = 0;
        for (int i = found.from; i < found.end; i++) {
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
        return find(property.name);
    }

    public int valueFrom() {
        return found.from;
    }

    public int valueEnd() {
        return found.end;
    }

    public byte propertyByte(int at) {
        return properties[at];
    }

    /// A piece of the properties as text.
    public String propertyText(int from, int end) {
        return new String(properties, from, end - from, StandardCharsets.UTF_8);
    }

    private String text() {
        return new String(properties, found.from, found.end - found.from, StandardCharsets.UTF_8);
    }

    /// As [MessageProperties#find] reads the text: the last pair of that name which has a value counts.
    private boolean find(byte[] name) {
        found.end = found.from;
        int from = 0;
        boolean any = false;
        while (from < propertiesLength) {
            int end = from;
            while (end < propertiesLength && properties[end] != PAIR_END) {
                end++;
            }
            int nameEnd = from + name.length;
            if (nameEnd + 1 < end && properties[nameEnd] == NAME_END && isAt(from, name)) {
                found.from = nameEnd + 1;
                found.end = end;
                any = true;
            }
            from = end + 1;
        }
        return any;
    }

    private boolean isAt(int from, byte[] name) {
        for (int i = 0; i < name.length; i++) {
            if (properties[from + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    /// Those of which a dispatcher may want the bytes.
    public enum Property {
        UNIQ_KEY(DispatchRequest.UNIQ_KEY), KEYS(DispatchRequest.KEYS), TAGS(DispatchRequest.TAGS);

        private final byte[] name;

        Property(byte[] name) {
            this.name = name;
        }
    }

    /// Where a value stands in the properties.
    private static final class Span {
        private int from;
        private int end;
    }
}
