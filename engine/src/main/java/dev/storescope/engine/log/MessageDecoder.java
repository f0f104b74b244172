package dev.storescope.engine.log;

import static dev.storescope.engine.log.MessageLayout.BYTE;
import static dev.storescope.engine.log.MessageLayout.INT;
import static dev.storescope.engine.log.MessageLayout.LONG;
import static dev.storescope.engine.log.MessageLayout.SHORT;

import dev.storescope.engine.api.HostAddress;
import dev.storescope.engine.api.MessageExt;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// Reads a record whose bytes [RecordScanner] has found sound.
public final class MessageDecoder {
    private MessageDecoder() {
    }

    /// @param file where the record stands
    /// @param position of its first byte in `file`
    public static MessageExt decode(MemorySegment file, long position) {
        int magic = file.get(INT, position + MessageLayout.MAGIC);
        int sysFlag = file.get(INT, position + MessageLayout.SYS_FLAG);
        int bornHostBytes = MessageLayout.bornHostBytes(sysFlag);
        int storeHostBytes = MessageLayout.storeHostBytes(sysFlag);
        long storeTimestampAt = position + MessageLayout.BORN_HOST + bornHostBytes;
        long storeHostAt = storeTimestampAt + MessageLayout.STORE_HOST_AFTER_BORN_HOST;
        long reconsumeTimesAt = storeHostAt + storeHostBytes;
        long bodyLengthAt = position + MessageLayout.bodyLength(sysFlag);
        byte[] body = bytes(file, bodyLengthAt + Integer.BYTES, file.get(INT, bodyLengthAt));
        long topicLengthAt = bodyLengthAt + Integer.BYTES + body.length;
        byte[] topic = bytes(file, topicLengthAt + MessageLayout.topicLengthBytes(magic),
                topicLength(file, topicLengthAt, magic));
        long propertiesLengthAt = topicLengthAt + MessageLayout.topicLengthBytes(magic) + topic.length;
        byte[] properties = bytes(file, propertiesLengthAt + Short.BYTES, file.get(SHORT, propertiesLengthAt));
        return new MessageExt(file.get(INT, position), magic, file.get(INT, position + MessageLayout.BODY_CRC),
                file.get(INT, position + MessageLayout.QUEUE_ID), file.get(INT, position + MessageLayout.FLAG),
                file.get(LONG, position + MessageLayout.QUEUE_OFFSET),
                file.get(LONG, position + MessageLayout.PHYSICAL_OFFSET), sysFlag,
                file.get(LONG, position + MessageLayout.BORN_TIMESTAMP),
                host(file, position + MessageLayout.BORN_HOST, bornHostBytes), file.get(LONG, storeTimestampAt),
                host(file, storeHostAt, storeHostBytes), file.get(INT, reconsumeTimesAt),
                file.get(LONG, reconsumeTimesAt + Integer.BYTES), body, new String(topic, StandardCharsets.UTF_8),
                new String(properties, StandardCharsets.UTF_8));
    }

    /// The length of the topic, of which version 1 has one byte and version 2 two.
    static int topicLength(MemorySegment file, long position, int magic) {
        return magic == MessageLayout.MAGIC_V2 ? file.get(SHORT, position) : file.get(BYTE, position);
    }

    static byte[] bytes(MemorySegment file, long position, int sizeBytes) {
        byte[] bytes = new byte[sizeBytes];
        MemorySegment.copy(file, BYTE, position, bytes, 0, sizeBytes);
        return bytes;
    }

    private static HostAddress host(MemorySegment file, long position, int hostBytes) {
        int portAt = hostBytes - Integer.BYTES;
        return HostAddress.of(bytes(file, position, portAt), file.get(INT, position + portAt));
    }
}
