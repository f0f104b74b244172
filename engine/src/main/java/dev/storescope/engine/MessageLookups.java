package dev.storescope.engine;

import dev.storescope.engine.api.LogHole;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageId;
import dev.storescope.engine.api.QueryMessageResult;
import dev.storescope.engine.api.SelectMappedBufferResult;
import java.util.List;
import java.util.Optional;

/// Finding messages without going through their queues: by offset, id, time and key.
///
/// An offset counts the bytes of the log. Threads: any.
public interface MessageLookups {
    /// The part of the log around an offset that cannot be read, and why: what is looked for there is not found. Nothing
    /// when the log is sound there.
    Optional<LogHole> holeAt(long commitLogOffset);

    /// All such parts that are known by now, by offset.
    List<LogHole> logHoles();

    /// The message whose record begins at exactly this offset; nothing when none is readable there.
    Optional<MessageExt> lookMessageByOffset(long commitLogOffset);

    /// Likewise; nothing when the record there has another size.
    Optional<MessageExt> lookMessageByOffset(long commitLogOffset, int sizeBytes);

    /// The message with this id; nothing when what is there now was stored by another host.
    Optional<MessageExt> lookMessageById(MessageId messageId);

    /// The first message of all topics that was stored at this time or later, in milliseconds since 1970.
    Optional<MessageExt> lookMessageByTime(long storeTimestamp);

    /// The messages of a topic that have a key, by the hash index: the newest ones, in the order of their offsets. Other
    /// keys with the same hash are among them.
    ///
    /// @param key one word of the message's keys, its unique key, or `T#` and its tags
    /// @param maxCount no more than this, nor than `maxMsgsNumBatch`
    /// @param beginTimestamp of the store time in milliseconds since 1970, inclusive; the index knows it to the second
    /// @param endTimestamp likewise
    QueryMessageResult queryMessage(String topic, String key, int maxCount, long beginTimestamp, long endTimestamp);

    /// The readable bytes of the log from an offset to the end of its file, or to where it cannot be read; nothing when
    /// there are none. Close it.
    Optional<SelectMappedBufferResult> getCommitLogData(long commitLogOffset);

    /// The bytes of the record at an offset; nothing when none begins there. Close it.
    Optional<SelectMappedBufferResult> selectOneMessageByOffset(long commitLogOffset);

    /// Likewise; nothing when the record there has another size.
    Optional<SelectMappedBufferResult> selectOneMessageByOffset(long commitLogOffset, int sizeBytes);
}
