package dev.storescope.engine.api;

/// Where an append put its record or records.
///
/// @param status what happened
/// @param wroteOffset bytes from the start of the log to the first record; -1 when nothing was written
/// @param wroteBytes bytes of all records
/// @param messageCount 1, or the size of the batch
/// @param queueOffset of the first message
/// @param storeTimestamp milliseconds since 1970
/// @param storeHost gives the message ids, with the offsets
/// @param batchOffsets where each record of a batch stands; empty for a single message. The result keeps a copy and gives
///     copies away
public record AppendMessageResult(AppendMessageStatus status, long wroteOffset, int wroteBytes, int messageCount,
        long queueOffset, long storeTimestamp, HostAddress storeHost, long[] batchOffsets) {
    private static final long[] SINGLE = {};
    private static final HostAddress NOWHERE = HostAddress.of(new byte[4], 0);

    /// The result of a put that never reached the log.
    public static final AppendMessageResult NONE = new AppendMessageResult(AppendMessageStatus.UNKNOWN_ERROR, -1, 0, 0,
            -1, 0, NOWHERE, SINGLE);

    public AppendMessageResult {
        batchOffsets = copy(batchOffsets);
    }

    @Override
    public long[] batchOffsets() {
        return copy(batchOffsets);
    }

    /// What is empty cannot be changed.
    private static long[] copy(long[] offsets) {
        return offsets.length == 0 ? offsets : offsets.clone();
    }

    public static AppendMessageResult single(long wroteOffset, int wroteBytes, long queueOffset, long storeTimestamp,
            HostAddress storeHost) {
        return new AppendMessageResult(AppendMessageStatus.PUT_OK, wroteOffset, wroteBytes, 1, queueOffset,
                storeTimestamp, storeHost, SINGLE);
    }

    /// First byte behind the records.
    public long nextOffset() {
        return wroteOffset + wroteBytes;
    }

    /// The id of the message; for a batch all ids, joined by commas. Built when asked for: a put need not pay for it.
    public String messageId() {
        if (batchOffsets.length == 0) {
            return MessageId.of(storeHost, wroteOffset);
        }
        StringBuilder ids = new StringBuilder(batchOffsets.length * 33);
        for (long offset : batchOffsets) {
            ids.append(ids.isEmpty() ? "" : ",").append(MessageId.of(storeHost, offset));
        }
        return ids.toString();
    }
}
