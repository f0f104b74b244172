package dev.storescope.engine.inspect;

import dev.storescope.engine.log.MessageLayout;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Finds records in bytes of one log file that its caller holds, from any place in them.
///
/// A record is known by its magic, its inner lengths, and the own offset that it holds; so one need not walk from the
/// start of a file of 1 GiB to say which message lies at its end. CRCs are not checked.
///
/// Threads: one.
public final class LogWindow {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment bytes;
    private final long fromOffset;
    private final RecordScanner scanner;

    /// @param bytes a part of one file of the log
    /// @param fromOffset of the first of them, from the start of the log
    public LogWindow(MemorySegment bytes, long fromOffset) {
        this.bytes = bytes;
        this.fromOffset = fromOffset;
        scanner = new RecordScanner(bytes, fromOffset, bytes.byteSize(), CrcCheck.SKIP);
    }

    /// The offset of the last record that begins at `offset` or before it; nothing when none begins in these bytes.
    public OptionalLong lastStartUpTo(long offset) {
        long highest = Math.min(offset - fromOffset, bytes.byteSize() - MessageLayout.MIN_BYTES);
        for (long position = highest; position >= 0; position--) {
            if (isStart(position)) {
                return OptionalLong.of(fromOffset + position);
            }
        }
        return OptionalLong.empty();
    }

    /// Records one behind the other, from the one that begins at `start`.
    ///
    /// @param start where a record begins
    /// @param untilOffset the first record that begins here or later is not told
    /// @param limit how many at most
    public List<LogStep.Record> walk(long start, long untilOffset, int limit) {
        List<LogStep.Record> records = new ArrayList<>();
        scanner.seek(start - fromOffset);
        while (records.size() < limit && scanner.next() == Found.RECORD && scanner.commitLogOffset() < untilOffset) {
            records.add(new LogStep.Record(scanner.position(), scanner.commitLogOffset(), scanner.sizeBytes(),
                    scanner.topic(), scanner.queueId(), scanner.queueOffset(), scanner.sysFlag(),
                    scanner.storeTimestamp(), bytes.get(INT, scanner.position() + MessageLayout.BODY_CRC)));
        }
        return records;
    }

    private boolean isStart(long position) {
        int magic = bytes.get(INT, position + MessageLayout.MAGIC);
        return (magic == MessageLayout.MAGIC_V1 || magic == MessageLayout.MAGIC_V2)
                && bytes.get(LONG, position + MessageLayout.PHYSICAL_OFFSET) == fromOffset + position
                && scanner.seek(position).next() == Found.RECORD;
    }
}
