package dev.storescope.engine.log;

import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageProperties;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.SysFlag;
import dev.storescope.engine.log.text.PropertiesText;
import dev.storescope.engine.log.text.Utf8;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/// One message encoded outside the put lock, all but the three fields that are known only inside it: queue offset,
/// physical offset, store time. The body stays where the caller has it and is copied once, into the log.
///
/// Reused from put to put. Threads: one.
final class PreparedRecord {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] NOTHING = {};
    /// The topic stands here in `tail`, behind room for the longer of the two forms of its length.
    private static final int TOPIC_AT = Short.BYTES;
    private static final int INITIAL_TAIL_BYTES = 1024;

    private final RecordLimits limits;
    private final EncodedTopics topics;
    private final CRC32 crc = new CRC32();
    /// From the size to the body's length.
    private final byte[] head = new byte[MessageLayout.bodyLength(SysFlag.BORN_HOST_IPV6 | SysFlag.STORE_HOST_IPV6)
            + Integer.BYTES];
    private int headBytes;
    private byte[] body = NOTHING;
    private int bodyBytes;
    /// Topic and properties with their lengths.
    private byte[] tail = new byte[INITIAL_TAIL_BYTES];
    private int tailStart;
    private int tailEnd;
    private long wantedBytes;
    private int storeTimestampAt;
    private int preparedTransactionOffsetAt;
    private String topic = "";
    private int queueId;
    private int sysFlag;

    /// @param topics of the thread
    PreparedRecord(RecordLimits limits, EncodedTopics topics) {
        this.limits = limits;
        this.topics = topics;
    }

    /// Checks and encodes.
    ///
    /// @return [PutMessageStatus#PUT_OK], or why the message cannot be stored
    PutMessageStatus prepare(MessageExtBrokerInner message) {
        topic = message.topic();
        byte[] topicText = topics.get(topic);
        if (topicText == EncodedTopics.ILLEGAL || topicText.length > limits.maxTopicBytes()
                || message.bodySizeBytes() > limits.maxBodyBytes()) {
            return PutMessageStatus.MESSAGE_ILLEGAL;
        }
        queueId = message.queueId();
        String properties = message.propertiesString();
        if (DelayedMessages.isDelayed(message)) {
            int level = Math.min(message.delayTimeLevel(), limits.highestDelayLevel());
            topic = DelayedMessages.SCHEDULE_TOPIC;
            queueId = DelayedMessages.queueIdOf(level);
            properties = DelayedMessages.properties(message, level);
            topicText = topics.get(topic);
        }
        if (!PropertiesText.isSafe(properties)) {
            return PutMessageStatus.MESSAGE_ILLEGAL;
        }
        int topicBytes = putTopic(topicText);
        int magic = topicBytes > MessageLayout.MAX_TOPIC_BYTES_V1 ? MessageLayout.MAGIC_V2 : MessageLayout.MAGIC_V1;
        tailStart = TOPIC_AT - MessageLayout.topicLengthBytes(magic);
        long missingBytes = encodeProperties(properties, topicBytes);
        encodeHead(message, magic);
        wantedBytes = sizeBytes() + missingBytes;
        if (!limits.fitsFile(wantedBytes)) {
            return PutMessageStatus.MESSAGE_ILLEGAL;
        }
        return missingBytes == 0 ? PutMessageStatus.PUT_OK : PutMessageStatus.PROPERTIES_SIZE_EXCEEDED;
    }

    /// The whole record.
    int sizeBytes() {
        return headBytes + bodyBytes + tailEnd - tailStart;
    }

    /// What the record would take, also when its properties are too long for one.
    long wantedBytes() {
        return wantedBytes;
    }

    /// The topic as stored: that of the waiting queues for a delayed message.
    String topic() {
        return topic;
    }

    int queueId() {
        return queueId;
    }

    int sysFlag() {
        return sysFlag;
    }

    int bodyBytes() {
        return bodyBytes;
    }

    /// A record of a batch has none (`format.md` §2).
    void clearPreparedTransactionOffset() {
        LONG.set(head, preparedTransactionOffsetAt, 0L);
    }

    /// Copies the record into the log. Only under the put lock.
    void writeLocked(MemorySegment target, long position, long queueOffset, long physicalOffset,
            long storeTimestamp) {
        LONG.set(head, MessageLayout.QUEUE_OFFSET, queueOffset);
        LONG.set(head, MessageLayout.PHYSICAL_OFFSET, physicalOffset);
        LONG.set(head, storeTimestampAt, storeTimestamp);
        MemorySegment.copy(head, 0, target, MessageLayout.BYTE, position, headBytes);
        MemorySegment.copy(body, 0, target, MessageLayout.BYTE, position + headBytes, bodyBytes);
        MemorySegment.copy(tail, tailStart, target, MessageLayout.BYTE, position + headBytes + bodyBytes,
                tailEnd - tailStart);
    }

    /// Lets go of the caller's body.
    void clear() {
        body = NOTHING;
    }

    private int putTopic(byte[] text) {
        System.arraycopy(text, 0, tail, TOPIC_AT, text.length);
        SHORT.set(tail, 0, (short) text.length);
        return text.length;
    }

    /// Properties that are too long are measured only, so that no put leaves a large buffer behind.
    ///
    /// @return 0, or bytes that were not encoded
    private long encodeProperties(String properties, int topicBytes) {
        int lengthAt = TOPIC_AT + topicBytes;
        int textAt = lengthAt + Short.BYTES;
        tailEnd = textAt;
        if (properties.length() > MessageProperties.MAX_BYTES) {
            return Utf8.sizeBytes(properties);
        }
        ensureTail(textAt + properties.length() * Utf8.MAX_BYTES_PER_CHAR);
        int propertiesBytes = Utf8.encode(properties, tail, textAt);
        if (propertiesBytes > MessageProperties.MAX_BYTES) {
            return propertiesBytes;
        }
        SHORT.set(tail, lengthAt, (short) propertiesBytes);
        tailEnd = textAt + propertiesBytes;
        return 0;
    }

    private void ensureTail(int bytes) {
        if (bytes > tail.length) {
            byte[] larger = new byte[bytes];
            System.arraycopy(tail, 0, larger, 0, TOPIC_AT + MessageLayout.MAX_TOPIC_BYTES);
            tail = larger;
        }
    }

    private void encodeHead(MessageExtBrokerInner message, int magic) {
        body = message.body();
        bodyBytes = message.bodySizeBytes();
        sysFlag = message.sysFlag() & ~(SysFlag.BORN_HOST_IPV6 | SysFlag.STORE_HOST_IPV6)
                | (message.bornHost().isIpv6() ? SysFlag.BORN_HOST_IPV6 : 0)
                | (message.storeHost().isIpv6() ? SysFlag.STORE_HOST_IPV6 : 0);
        int bodyLengthAt = MessageLayout.bodyLength(sysFlag);
        headBytes = bodyLengthAt + Integer.BYTES;
        INT.set(head, MessageLayout.SIZE, sizeBytes());
        INT.set(head, MessageLayout.MAGIC, magic);
        INT.set(head, MessageLayout.BODY_CRC, bodyCrc());
        INT.set(head, MessageLayout.QUEUE_ID, queueId);
        INT.set(head, MessageLayout.FLAG, message.flag());
        INT.set(head, MessageLayout.SYS_FLAG, sysFlag);
        LONG.set(head, MessageLayout.BORN_TIMESTAMP, message.bornTimestamp());
        message.bornHost().copyTo(head, MessageLayout.BORN_HOST);
        storeTimestampAt = MessageLayout.BORN_HOST + message.bornHost().sizeBytes();
        int storeHostAt = storeTimestampAt + MessageLayout.STORE_HOST_AFTER_BORN_HOST;
        message.storeHost().copyTo(head, storeHostAt);
        int reconsumeTimesAt = storeHostAt + message.storeHost().sizeBytes();
        INT.set(head, reconsumeTimesAt, message.reconsumeTimes());
        preparedTransactionOffsetAt = reconsumeTimesAt + Integer.BYTES;
        LONG.set(head, preparedTransactionOffsetAt, message.preparedTransactionOffset());
        INT.set(head, bodyLengthAt, bodyBytes);
    }

    /// 0 for an empty body, as the CRC of nothing is.
    private int bodyCrc() {
        crc.reset();
        crc.update(body, 0, bodyBytes);
        return (int) crc.getValue() & MessageLayout.CRC_MASK;
    }
}
