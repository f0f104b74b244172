package dev.storescope.engine.inspect.check;

import dev.storescope.engine.index.IndexGeometry;
import dev.storescope.engine.index.IndexKeys;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds out how many slots and entries an index file has when neither the settings nor the defaults fit its length: of
/// all numbers that do, those under which the first and the last entry are keys of the records that the header names as
/// the first and the last.
///
/// Threads: one.
final class IndexGeometryFinder {
    private static final int ENTRY_BYTES = 20;
    private static final int SLOT_BYTES = 4;
    private static final int ENTRY_OFFSET = 4;
    private static final int MIN_ENTRIES = 2;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final LogLookup log;

    IndexGeometryFinder(LogLookup log) {
        this.log = log;
    }

    /// Nothing when no numbers fit, or more than one pair does.
    Optional<IndexGeometry> find(MemorySegment bytes) {
        long lengthBytes = bytes.byteSize();
        long begin = bytes.get(LONG, IndexFileView.BEGIN_OFFSET);
        long end = bytes.get(LONG, IndexFileView.END_OFFSET);
        int count = bytes.get(INT, IndexFileView.COUNT);
        long maxEntries = (lengthBytes - IndexFileView.HEADER_BYTES - SLOT_BYTES) / ENTRY_BYTES;
        boolean possible = (lengthBytes - IndexFileView.HEADER_BYTES) % SLOT_BYTES == 0
                && maxEntries <= Integer.MAX_VALUE
                && count > 1
                && count <= maxEntries;
        if (!possible) {
            return Optional.empty();
        }
        Set<Integer> firstKeys = keys(begin);
        Set<Integer> lastKeys = keys(end);
        List<IndexGeometry> found = new ArrayList<>();
        for (int entries = Math.max(count, MIN_ENTRIES); entries <= maxEntries; entries++) {
            // Entry n of N stands N - n entries before the end of the file.
            long firstEntry = lengthBytes - (entries - 1L) * ENTRY_BYTES;
            long lastEntry = lengthBytes - (entries - count + 1L) * ENTRY_BYTES;
            boolean fits = bytes.get(LONG, firstEntry + ENTRY_OFFSET) == begin
                    && bytes.get(LONG, lastEntry + ENTRY_OFFSET) == end
                    && firstKeys.contains(bytes.get(INT, firstEntry))
                    && lastKeys.contains(bytes.get(INT, lastEntry));
            long slots = (lengthBytes - IndexFileView.HEADER_BYTES - (long) entries * ENTRY_BYTES) / SLOT_BYTES;
            if (fits && slots <= Integer.MAX_VALUE) {
                found.add(new IndexGeometry((int) slots, entries));
            }
        }
        if (found.size() > 1) {
            found.removeIf(geometry -> !isLastNewestOfItsSlot(bytes, geometry, count - 1));
        }
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /// No entry is newer than the last. Tells where hashes of 0 and the offset 0 look like the empty entry before the
    /// first.
    private static boolean isLastNewestOfItsSlot(MemorySegment bytes, IndexGeometry geometry, int last) {
        int slot = Math.floorMod(bytes.get(INT, geometry.entryPosition(last)), geometry.slots());
        return bytes.get(INT, geometry.slotPosition(slot)) == last;
    }

    /// The hashes of the keys of a record; none when there is no such record.
    private Set<Integer> keys(long commitLogOffset) {
        Set<Integer> hashes = new HashSet<>();
        log.record(commitLogOffset).ifPresent(record -> {
            IndexKeys keys = new IndexKeys();
            int count = keys.collect(record);
            for (int i = 0; i < count; i++) {
                hashes.add(keys.hash(i));
            }
        });
        return hashes;
    }
}
