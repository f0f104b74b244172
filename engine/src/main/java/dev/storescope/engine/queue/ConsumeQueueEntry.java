package dev.storescope.engine.queue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// An entry of a consume queue, 20 bytes, big-endian (`format.md` §6).
///
///      0               8           12              20
///      +---------------+-----------+---------------+
///      | commit offset | size      | tags code     |
///      +---------------+-----------+---------------+
///
/// @param commitLogOffset where the record begins in the log
/// @param sizeBytes of the whole record
/// @param tagsCode hash of the tags, by which consumers filter; of a delayed message when it is due
public record ConsumeQueueEntry(long commitLogOffset, int sizeBytes, long tagsCode) {
    public static final int BYTES = 20;
    /// Fills places whose messages are not in the log: they are gone, or were never there.
    public static final ConsumeQueueEntry BLANK = new ConsumeQueueEntry(0, Integer.MAX_VALUE, 0);

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int SIZE_AT = 8;
    private static final int TAGS_CODE_AT = 12;

    /// Reads one.
    ///
    /// @param position of its first byte
    public static ConsumeQueueEntry read(MemorySegment segment, long position) {
        return new ConsumeQueueEntry(commitLogOffset(segment, position), sizeBytes(segment, position),
                tagsCode(segment, position));
    }

    public static long commitLogOffset(MemorySegment segment, long position) {
        return segment.get(LONG, position);
    }

    public static int sizeBytes(MemorySegment segment, long position) {
        return segment.get(INT, position + SIZE_AT);
    }

    public static long tagsCode(MemorySegment segment, long position) {
        return segment.get(LONG, position + TAGS_CODE_AT);
    }

    /// Whether there is one, or a blank: where there is none the data of the queue ends.
    static boolean isAt(MemorySegment segment, long position) {
        return sizeBytes(segment, position) > 0 && commitLogOffset(segment, position) >= 0;
    }

    static boolean isBlankAt(MemorySegment segment, long position) {
        return isAt(segment, position, 0, Integer.MAX_VALUE, 0);
    }

    static boolean isAt(MemorySegment segment, long position, long commitLogOffset, int sizeBytes, long tagsCode) {
        return commitLogOffset(segment, position) == commitLogOffset && sizeBytes(segment, position) == sizeBytes
                && tagsCode(segment, position) == tagsCode;
    }

    static void write(MemorySegment segment, long position, long commitLogOffset, int sizeBytes, long tagsCode) {
        segment.set(LONG, position, commitLogOffset);
        segment.set(INT, position + SIZE_AT, sizeBytes);
        segment.set(LONG, position + TAGS_CODE_AT, tagsCode);
    }

    static void writeBlank(MemorySegment segment, long position) {
        write(segment, position, 0, Integer.MAX_VALUE, 0);
    }

    public boolean isBlank() {
        return commitLogOffset == BLANK.commitLogOffset && sizeBytes == BLANK.sizeBytes && tagsCode == BLANK.tagsCode;
    }
}
