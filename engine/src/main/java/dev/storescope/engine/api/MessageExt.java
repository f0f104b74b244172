package dev.storescope.engine.api;

import java.util.Map;

/// A message read from the log, with every field of its record (RocketMQ `MessageExt`).
///
/// @param storeSizeBytes the whole record
/// @param magic which layout the record has, see `MessageLayout`
/// @param bodyCrc32 as stored: CRC-32 of the body with the sign bit cleared
/// @param queueOffset index in the consume queue; 0 for prepared and rolled-back messages
/// @param commitLogOffset bytes from the start of the log
/// @param body a copy of its own
public record MessageExt(int storeSizeBytes, int magic, int bodyCrc32, int queueId, int flag, long queueOffset,
        long commitLogOffset, int sysFlag, long bornTimestamp, HostAddress bornHost, long storeTimestamp,
        HostAddress storeHost, int reconsumeTimes, long preparedTransactionOffset, byte[] body, String topic,
        String propertiesString) {

    public Map<String, String> properties() {
        return MessageProperties.decode(propertiesString);
    }

    /// "" when the message has none.
    public String property(String name) {
        return MessageProperties.find(propertiesString, name);
    }

    public String keys() {
        return property(MessageProperties.KEYS);
    }

    public String tags() {
        return property(MessageProperties.TAGS);
    }

    /// 32 upper-case hex digits, 56 when the store host is IPv6.
    public String messageId() {
        return MessageId.of(storeHost, commitLogOffset);
    }
}
