package dev.storescope.engine.index;

import dev.storescope.engine.env.DiskFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// One hash file of the index, mapped into memory, big-endian (`format.md` §7).
///
///      0                   8                   16                  24                  32        36        40
///      +-------------------+-------------------+-------------------+-------------------+---------+---------+
///      | begin store time  | end store time    | begin log offset  | end log offset    | used    | count   |
///      +-------------------+-------------------+-------------------+-------------------+---------+---------+
///      40                                                     40 + 4 * slots
///      +-----------+-----------+-----------+-------//--------+
///      | slot 0    | slot 1    | slot 2    | ...             |   number of the newest entry of the chain, 0 for none
///      +-----------+-----------+-----------+-------//--------+
///      entry:  0           4                     12            16            20
///              +-----------+---------------------+-------------+-------------+
///              | key hash  | offset in the log   | seconds     | entry before|
///              +-----------+---------------------+-------------+-------------+
///
/// `count` is the number of the next entry; entry 0 is never used. `seconds` since the begin time of the header as it
/// was when the entry was put. The number of an entry is larger than that of the one before it in its chain: what does
/// not obey is taken for the end of the chain, so that no bytes can make a reader go round.
///
/// Threads: one writer; any number of readers, who [#hold()] the file meanwhile.
public final class IndexFile {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int BEGIN_TIMESTAMP = 0;
    private static final int END_TIMESTAMP = 8;
    private static final int BEGIN_OFFSET = 16;
    private static final int END_OFFSET = 24;
    private static final int USED_SLOTS = 32;
    private static final int COUNT = 36;
    private static final int ENTRY_OFFSET = 4;
    private static final int ENTRY_SECONDS = 12;
    private static final int ENTRY_BEFORE = 16;
    private static final int FIRST_ENTRY = 1;
    private static final long MS_PER_SECOND = 1_000;

    private final DiskFile diskFile;
    private final MemorySegment mapping;
    private final IndexGeometry geometry;
    /// Starts at 1, the row's own; the file is unmapped when it reaches 0.
    private final AtomicInteger references = new AtomicInteger(1);
    /// Whether the row has given its reference up: new readers come too late.
    private final AtomicBoolean closed = new AtomicBoolean();
    // Number of the next entry: written by the writer when all that belongs to an entry but its slot is in place, read
    // by any. With release, not volatile: a full fence would wait for the slot of every key to come from memory.
    private final AtomicInteger count;

    /// @param diskFile as long as the geometry says; closed by this file
    public IndexFile(DiskFile diskFile, IndexGeometry geometry) throws IOException {
        this.diskFile = diskFile;
        this.geometry = geometry;
        mapping = diskFile.map();
        // A file without entries has 0 there; one whose count cannot be is read as far as it may go.
        count = new AtomicInteger(Math.clamp(mapping.get(INT, COUNT), FIRST_ENTRY, geometry.entries()));
    }

    /// What a new file begins with: where the one before it ends.
    static void begin(MemorySegment header, long commitLogOffset, long storeTimestamp) {
        header.set(LONG, BEGIN_TIMESTAMP, storeTimestamp);
        header.set(LONG, END_TIMESTAMP, storeTimestamp);
        header.set(LONG, BEGIN_OFFSET, commitLogOffset);
        header.set(LONG, END_OFFSET, commitLogOffset);
    }

    public DiskFile diskFile() {
        return diskFile;
    }

    public String name() {
        return diskFile.path().getFileName().toString();
    }

    public IndexGeometry geometry() {
        return geometry;
    }

    /// Store time of the first message in it, milliseconds since 1970.
    public long beginTimestamp() {
        return mapping.get(LONG, BEGIN_TIMESTAMP);
    }

    /// Store time of the last message in it.
    public long endTimestamp() {
        return mapping.get(LONG, END_TIMESTAMP);
    }

    /// Offset in the log of the first message in it.
    public long beginOffset() {
        return mapping.get(LONG, BEGIN_OFFSET);
    }

    /// Offset in the log of the last message in it.
    public long endOffset() {
        return mapping.get(LONG, END_OFFSET);
    }

    /// [#endOffset()] of a file of which nothing but the header is known.
    static long endOffset(MemorySegment file) {
        return file.get(LONG, END_OFFSET);
    }

    public int usedSlots() {
        return mapping.get(INT, USED_SLOTS);
    }

    /// Entries in it.
    public int entries() {
        return count.getAcquire() - FIRST_ENTRY;
    }

    public boolean isFull() {
        return count.getAcquire() >= geometry.entries();
    }

    /// What the file says that cannot be; "" when nothing is odd. Looks at the header and the last entry only.
    public String fault() {
        int stored = mapping.get(INT, COUNT);
        if (stored < 0 || stored > geometry.entries()) {
            return "count: expected 0 to %d, found %d".formatted(geometry.entries(), stored);
        }
        if (usedSlots() < 0 || usedSlots() > Math.min(geometry.slots(), entries())) {
            return "used slots: expected 0 to %d, found %d".formatted(Math.min(geometry.slots(), entries()),
                    usedSlots());
        }
        if (beginOffset() < 0 || beginOffset() > endOffset()) {
            return "begin offset: expected 0 to %d, found %d".formatted(endOffset(), beginOffset());
        }
        if (beginTimestamp() < 0 || beginTimestamp() > endTimestamp()) {
            return "begin time: expected 0 to %d, found %d".formatted(endTimestamp(), beginTimestamp());
        }
        if (entries() > 0 && entryOffset(entries()) != endOffset()) {
            return "last entry: expected offset %d, found %d".formatted(endOffset(), entryOffset(entries()));
        }
        return "";
    }

    /// How many of the last entries are of the message at the end offset: its other keys may stand in the next file, or
    /// nowhere yet.
    int entriesOfLastMessage() {
        int entry = entries();
        while (entry >= FIRST_ENTRY && entryOffset(entry) == endOffset()) {
            entry--;
        }
        return entries() - entry;
    }

    /// Puts an entry; only while the file is not full.
    ///
    /// @param keyHash 0 or more
    /// @return the number of the entry
    int put(int keyHash, long commitLogOffset, long storeTimestamp) {
        int entry = count.getPlain();
        long slotAt = geometry.slotPosition(keyHash % geometry.slots());
        int before = earlier(mapping.get(INT, slotAt), entry);
        // A page for which the disk has no room shows here, before anything has changed.
        mapping.set(INT, slotAt, before);
        long at = geometry.entryPosition(entry);
        mapping.set(INT, at, keyHash);
        mapping.set(LONG, at + ENTRY_OFFSET, commitLogOffset);
        mapping.set(INT, at + ENTRY_SECONDS, secondsSince(beginTimestamp(), storeTimestamp));
        mapping.set(INT, at + ENTRY_BEFORE, before);
        if (entry == FIRST_ENTRY) {
            mapping.set(LONG, BEGIN_OFFSET, commitLogOffset);
            mapping.set(LONG, BEGIN_TIMESTAMP, storeTimestamp);
        }
        if (before == 0) {
            mapping.set(INT, USED_SLOTS, usedSlots() + 1);
        }
        mapping.set(INT, COUNT, entry + 1);
        mapping.set(LONG, END_OFFSET, commitLogOffset);
        mapping.set(LONG, END_TIMESTAMP, storeTimestamp);
        count.setRelease(entry + 1);
        // Who sees the slot sees the count that covers it: the slot comes after it.
        VarHandle.releaseFence();
        mapping.set(INT, slotAt, entry);
        return entry;
    }

    /// Looks at the slots of some hashes.
    ///
    /// @return anything that depends on them
    int readSlots(int[] hashes, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += mapping.get(INT, geometry.slotPosition(hashes[i] % geometry.slots()));
        }
        return sum;
    }

    /// Goes along the chain of a hash, from the newest entry on, and takes those within the time, to the second.
    ///
    /// @param beginTimestamp milliseconds since 1970, inclusive
    /// @param endTimestamp likewise
    /// @param found takes offsets until it has enough
    /// @return how many entries of the chain were looked at
    long select(int keyHash, long beginTimestamp, long endTimestamp, OffsetSink found) {
        int slot = mapping.get(INT, geometry.slotPosition(keyHash % geometry.slots()));
        VarHandle.acquireFence();
        int entry = earlier(slot, count.getAcquire());
        long walked = 0;
        while (entry != 0 && !found.hasEnough()) {
            walked++;
            long at = geometry.entryPosition(entry);
            int seconds = mapping.get(INT, at + ENTRY_SECONDS);
            if (seconds < 0) {
                return walked;
            }
            long timestamp = beginTimestamp() + seconds * MS_PER_SECOND;
            boolean timeMatches = timestamp >= beginTimestamp && timestamp <= endTimestamp;
            if (timeMatches && mapping.get(INT, at) == keyHash) {
                found.take(mapping.get(LONG, at + ENTRY_OFFSET));
            }
            if (timestamp < beginTimestamp) {
                return walked;
            }
            entry = earlier(mapping.get(INT, at + ENTRY_BEFORE), entry);
        }
        return walked;
    }

    /// Whether messages of the file may lie within the time.
    boolean overlaps(long beginTimestamp, long endTimestamp) {
        return beginTimestamp() <= endTimestamp && endTimestamp() >= beginTimestamp;
    }

    /// Offset in the log of the message that an entry is of.
    long entryOffset(int entry) {
        return mapping.get(LONG, geometry.entryPosition(entry) + ENTRY_OFFSET);
    }

    int keyHash(int entry) {
        return mapping.get(INT, geometry.entryPosition(entry));
    }

    /// What an entry says of the time of its message.
    int seconds(int entry) {
        return mapping.get(INT, geometry.entryPosition(entry) + ENTRY_SECONDS);
    }

    /// What it has to say.
    ///
    /// @param begin the begin time of the header as it was when the entry was put
    static int secondsSince(long begin, long storeTimestamp) {
        return begin <= 0 ? 0 : Math.clamp((storeTimestamp - begin) / MS_PER_SECOND, 0, Integer.MAX_VALUE);
    }

    /// The entry that an entry links to, as it stands there.
    int before(int entry) {
        return mapping.get(INT, geometry.entryPosition(entry) + ENTRY_BEFORE);
    }

    /// The slot whose chain an entry belongs to.
    int slotOf(int entry) {
        return (keyHash(entry) & Integer.MAX_VALUE) % geometry.slots();
    }

    /// The newest entry of a chain, as it stands there.
    int slot(int slot) {
        int entry = mapping.get(INT, geometry.slotPosition(slot));
        VarHandle.acquireFence();
        return entry;
    }

    /// Makes an entry say something else; its link stays.
    void correct(int entry, int keyHash, long commitLogOffset, int seconds) {
        long at = geometry.entryPosition(entry);
        mapping.set(INT, at, keyHash);
        mapping.set(LONG, at + ENTRY_OFFSET, commitLogOffset);
        mapping.set(INT, at + ENTRY_SECONDS, seconds);
    }

    /// Makes an entry link to another, or to none with 0.
    void link(int entry, int before) {
        mapping.set(INT, geometry.entryPosition(entry) + ENTRY_BEFORE, before);
    }

    /// Makes a chain begin with another entry. Nobody may put meanwhile; so with what follows.
    void slot(int slot, int entry) {
        VarHandle.releaseFence();
        mapping.set(INT, geometry.slotPosition(slot), entry);
    }

    void usedSlots(int count) {
        mapping.set(INT, USED_SLOTS, count);
    }

    void begin(long commitLogOffset, long storeTimestamp) {
        mapping.set(LONG, BEGIN_OFFSET, commitLogOffset);
        mapping.set(LONG, BEGIN_TIMESTAMP, storeTimestamp);
    }

    void endTimestamp(long storeTimestamp) {
        mapping.set(LONG, END_TIMESTAMP, storeTimestamp);
    }

    /// The number of an entry that stands before another, or 0 when it cannot be one.
    private static int earlier(int entry, int than) {
        return entry < 0 || entry >= than ? 0 : entry;
    }

    /// Brings it to disk as it is. A failure must not be tried again.
    void force() throws IOException {
        diskFile.force(0, geometry.fileSizeBytes());
    }

    /// Keeps the file mapped; the pair of [#release()].
    ///
    /// @return false when it is closed already
    boolean hold() {
        int held = references.get();
        while (held > 0 && !closed.get()) {
            if (references.compareAndSet(held, held + 1)) {
                return true;
            }
            held = references.get();
        }
        return false;
    }

    void release() {
        if (references.decrementAndGet() == 0) {
            diskFile.close();
        }
    }

    /// Gives up the row's own reference: the file is unmapped as soon as its last reader is gone. May be called more
    /// than once.
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release();
        }
    }

    /// Takes the offsets that a search finds, newest first.
    interface OffsetSink {
        boolean hasEnough();

        void take(long commitLogOffset);
    }
}
