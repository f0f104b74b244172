package dev.storescope.engine.inspect;

import java.nio.ByteBuffer;

/// What the file `checkpoint` says: times in milliseconds since 1970, offsets in bytes from the start of the log. 0 where
/// the version that wrote it knows no such value.
public record CheckpointValues(long physicMsgTimestamp, long logicsMsgTimestamp, long indexMsgTimestamp,
        long masterFlushedOffset, long confirmPhyOffset, long logicsPhysicalOffset) {
    static final int BYTES = 6 * Long.BYTES;

    /// @param content at least [#BYTES]
    public static CheckpointValues of(byte[] content) {
        ByteBuffer values = ByteBuffer.wrap(content);
        return new CheckpointValues(values.getLong(), values.getLong(), values.getLong(), values.getLong(),
                values.getLong(), values.getLong());
    }
}
