package dev.storescope.engine.inspect.check;

import dev.storescope.engine.index.IndexGeometry;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The bytes of an index file, read as they are (`format.md` §7); whoever reads sees to it that slots and entries are
/// within the geometry.
///
/// @param name path below the store's directory
/// @param count number of the next entry when the check began, within the geometry
record IndexFileView(String name, MemorySegment bytes, IndexGeometry geometry, int count) {
    static final int HEADER_BYTES = 40;
    static final int BEGIN_TIMESTAMP = 0;
    static final int END_TIMESTAMP = 8;
    static final int BEGIN_OFFSET = 16;
    static final int END_OFFSET = 24;
    static final int USED_SLOTS = 32;
    static final int COUNT = 36;
    private static final int ENTRY_OFFSET = 4;
    private static final int ENTRY_SECONDS = 12;
    private static final int ENTRY_BEFORE = 16;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    static IndexFileView of(String name, MemorySegment bytes, IndexGeometry geometry) {
        return new IndexFileView(name, bytes, geometry, Math.clamp(bytes.get(INT, COUNT), 1, geometry.entries()));
    }

    /// A time or offset of the header.
    long headerLong(int position) {
        return bytes.get(LONG, position);
    }

    int headerInt(int position) {
        return bytes.get(INT, position);
    }

    /// The number of the newest entry of a slot's chain.
    int slot(int slot) {
        return bytes.get(INT, geometry.slotPosition(slot));
    }

    int slotOf(int entry) {
        return Math.floorMod(keyHash(entry), geometry.slots());
    }

    int keyHash(int entry) {
        return bytes.get(INT, geometry.entryPosition(entry));
    }

    long offset(int entry) {
        return bytes.get(LONG, geometry.entryPosition(entry) + ENTRY_OFFSET);
    }

    int seconds(int entry) {
        return bytes.get(INT, geometry.entryPosition(entry) + ENTRY_SECONDS);
    }

    /// The number of the entry before it in its chain, 0 for none.
    int before(int entry) {
        return bytes.get(INT, geometry.entryPosition(entry) + ENTRY_BEFORE);
    }

    long positionOf(int entry) {
        return geometry.entryPosition(entry);
    }

    /// Whether the slot of the last entry has it, or one that came after it.
    boolean isLastInItsSlot() {
        return lastEntry() == 0 || slot(slotOf(lastEntry())) >= lastEntry();
    }

    int lastEntry() {
        return count - 1;
    }
}
