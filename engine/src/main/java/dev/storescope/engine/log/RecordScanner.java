package dev.storescope.engine.log;

import static dev.storescope.engine.log.MessageLayout.INT;
import static dev.storescope.engine.log.MessageLayout.LONG;
import static dev.storescope.engine.log.MessageLayout.SHORT;

import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.log.text.TopicTexts;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.zip.CRC32;

/// Walks the records of one file of the log and checks each: magic, size, inner lengths, its own physical offset, and
/// the body's CRC if asked. Whatever the bytes are, it reads nothing outside the file and moves forward or stops.
///
/// Allocates nothing for a record, so that recovery runs at the speed of the memory.
///
/// Threads: one.
public final class RecordScanner {
    /// Recovery and `inspect` want it, a quick look for record boundaries does not.
    public enum CrcCheck {
        CHECK, SKIP
    }

    /// What stands at a position.
    public enum Found {
        /// A sound record.
        RECORD,
        /// The blank that ends a full file.
        BLANK,
        /// Zeros where a record would begin, or the end of the file.
        END,
        /// Anything else; [#fault()] says what.
        FAULT
    }

    private MemorySegment file;
    private long fileFromOffset;
    private final CrcCheck crcCheck;
    /// Made when they are needed: a look at one record needs neither.
    private CRC32 crc;
    private TopicTexts topics;

    private long limit;
    private long position;
    private long nextPosition;
    private int sizeBytes;
    private int magic;
    private int sysFlag;
    private String fault = "";

    /// @param file the bytes of the file
    /// @param fileFromOffset offset in the log of its first byte
    /// @param limit up to where to read, at most the size of `file`
    public RecordScanner(MemorySegment file, long fileFromOffset, long limit, CrcCheck crcCheck) {
        this.file = file;
        this.fileFromOffset = fileFromOffset;
        this.crcCheck = crcCheck;
        limitTo(limit);
    }

    /// Goes on in another file, at its begin, without a limit but its end.
    ///
    /// @param otherFile its bytes
    /// @param otherFromOffset offset in the log of its first byte
    public void goOnIn(MemorySegment otherFile, long otherFromOffset) {
        file = otherFile;
        fileFromOffset = otherFromOffset;
        nextPosition = 0;
        limitTo(otherFile.byteSize());
    }

    /// Reads up to `newLimit` from now on, at most to the end of the file.
    public void limitTo(long newLimit) {
        limit = Math.min(newLimit, file.byteSize());
    }

    /// Goes on at `newPosition`, bytes from the start of the file.
    public RecordScanner seek(long newPosition) {
        nextPosition = newPosition;
        return this;
    }

    /// Looks at what stands behind the last record. After anything but a record the position does not move.
    public Found next() {
        position = nextPosition;
        if (limit - position < MessageLayout.BLANK_BYTES) {
            return position >= limit ? Found.END : endOrFault();
        }
        sizeBytes = file.get(INT, position + MessageLayout.SIZE);
        magic = file.get(INT, position + MessageLayout.MAGIC);
        if (magic == MessageLayout.MAGIC_BLANK) {
            return blank();
        }
        if (sizeBytes == 0 && magic == 0) {
            return Found.END;
        }
        if (magic != MessageLayout.MAGIC_V1 && magic != MessageLayout.MAGIC_V2) {
            return fault("magic", "%08X, %08X or %08X".formatted(MessageLayout.MAGIC_V1, MessageLayout.MAGIC_V2,
                    MessageLayout.MAGIC_BLANK), "%08X".formatted(magic));
        }
        if (sizeBytes < MessageLayout.MIN_BYTES || sizeBytes > limit - position) {
            return fault("size", "%d to %d bytes".formatted(MessageLayout.MIN_BYTES, limit - position),
                    String.valueOf(sizeBytes));
        }
        Found found = checkRecord();
        if (found == Found.RECORD) {
            nextPosition = position + sizeBytes;
        }
        return found;
    }

    /// Where the record, blank, end or fault stands, bytes from the start of the file.
    public long position() {
        return position;
    }

    /// Likewise, from the start of the log.
    public long commitLogOffset() {
        return fileFromOffset + position;
    }

    /// Of the record or blank.
    public int sizeBytes() {
        return sizeBytes;
    }

    public int magic() {
        return magic;
    }

    public int queueId() {
        return file.get(INT, position + MessageLayout.QUEUE_ID);
    }

    public long queueOffset() {
        return file.get(LONG, position + MessageLayout.QUEUE_OFFSET);
    }

    public int sysFlag() {
        return sysFlag;
    }

    public long storeTimestamp() {
        return file.get(LONG, position + MessageLayout.BORN_HOST + MessageLayout.bornHostBytes(sysFlag));
    }

    public int bodySizeBytes() {
        return file.get(INT, position + MessageLayout.bodyLength(sysFlag));
    }

    /// Where the text of the properties begins, bytes from the start of the file; it ends with the record.
    public long propertiesPosition() {
        long lengthAt = topicLengthAt();
        return lengthAt + MessageLayout.topicLengthBytes(magic) + MessageDecoder.topicLength(file, lengthAt, magic)
                + Short.BYTES;
    }

    /// Copies the text of the properties to the begin of `target`, which is long enough for any.
    ///
    /// @return its length
    public int copyProperties(byte[] target) {
        long from = propertiesPosition();
        int length = (int) (position + sizeBytes - from);
        MemorySegment.copy(file, ValueLayout.JAVA_BYTE, from, target, 0, length);
        return length;
    }

    /// The topic; as a rule the same instance for the same topic, however records of several follow on one another.
    public String topic() {
        long lengthAt = topicLengthAt();
        if (topics == null) {
            topics = new TopicTexts();
        }
        return topics.get(file, lengthAt + MessageLayout.topicLengthBytes(magic),
                MessageDecoder.topicLength(file, lengthAt, magic));
    }

    /// The whole message; only after [Found#RECORD].
    public MessageExt decode() {
        return MessageDecoder.decode(file, position);
    }

    /// After [Found#FAULT]: the field, what was expected and what was found.
    public String fault() {
        return fault;
    }

    private Found checkRecord() {
        sysFlag = file.get(INT, position + MessageLayout.SYS_FLAG);
        long bodyLengthAt = MessageLayout.bodyLength(sysFlag);
        if (bodyLengthAt + Integer.BYTES > sizeBytes) {
            return fault("size", "room for the fixed fields", String.valueOf(sizeBytes));
        }
        int bodyBytes = file.get(INT, position + bodyLengthAt);
        long topicLengthAt = bodyLengthAt + Integer.BYTES + bodyBytes;
        int topicLengthBytes = MessageLayout.topicLengthBytes(magic);
        if (bodyBytes < 0 || topicLengthAt + topicLengthBytes > sizeBytes) {
            return fault("body length", "0 to what the record has room for", String.valueOf(bodyBytes));
        }
        int topicLength = MessageDecoder.topicLength(file, position + topicLengthAt, magic);
        long propertiesLengthAt = topicLengthAt + topicLengthBytes + topicLength;
        if (topicLength < 0 || propertiesLengthAt + Short.BYTES > sizeBytes) {
            return fault("topic length", "0 to what the record has room for", String.valueOf(topicLength));
        }
        int propertiesLength = file.get(SHORT, position + propertiesLengthAt);
        long lengthsAddUpTo = propertiesLengthAt + Short.BYTES + propertiesLength;
        if (propertiesLength < 0 || lengthsAddUpTo != sizeBytes) {
            return fault("size", "%d as the inner lengths add up to".formatted(lengthsAddUpTo),
                    String.valueOf(sizeBytes));
        }
        long ownOffset = file.get(LONG, position + MessageLayout.PHYSICAL_OFFSET);
        if (ownOffset != commitLogOffset()) {
            return fault("physical offset", String.valueOf(commitLogOffset()), String.valueOf(ownOffset));
        }
        return crcCheck == CrcCheck.SKIP ? Found.RECORD : checkCrc(bodyLengthAt + Integer.BYTES, bodyBytes);
    }

    private Found checkCrc(long bodyAt, int bodyBytes) {
        if (crc == null) {
            crc = new CRC32();
        }
        crc.reset();
        if (bodyBytes > 0) {
            crc.update(file.asSlice(position + bodyAt, bodyBytes).asByteBuffer());
        }
        int computed = (int) crc.getValue() & MessageLayout.CRC_MASK;
        int stored = file.get(INT, position + MessageLayout.BODY_CRC);
        return computed == stored
                ? Found.RECORD
                : fault("body CRC", "%08X".formatted(computed), "%08X".formatted(stored));
    }

    private Found blank() {
        long rest = file.byteSize() - position;
        if (sizeBytes != rest) {
            return fault("size of the blank", rest + " bytes to the end of the file", String.valueOf(sizeBytes));
        }
        return Found.BLANK;
    }

    /// Fewer than 8 bytes are left: no file that is whole ends so, but zeros there harm nobody.
    private Found endOrFault() {
        byte[] rest = MessageDecoder.bytes(file, position, (int) (limit - position));
        return Arrays.equals(rest, new byte[rest.length])
                ? Found.END
                : fault("end of file", "at least 8 bytes", (limit - position) + " bytes");
    }

    private Found fault(String field, String expected, String found) {
        fault = "%s: expected %s, found %s".formatted(field, expected, found);
        return Found.FAULT;
    }

    private long topicLengthAt() {
        return position + MessageLayout.bodyLength(sysFlag) + Integer.BYTES + bodySizeBytes();
    }
}
