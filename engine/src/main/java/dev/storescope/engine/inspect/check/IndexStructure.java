package dev.storescope.engine.inspect.check;

import dev.storescope.engine.inspect.check.CheckFault.Kind;
import java.util.BitSet;

/// Checks header, slots and chains of one index file by themselves: each link goes to an earlier entry of the same slot,
/// so nothing goes round, and each entry is reached by exactly one link, so nothing is lost.
///
/// Takes one bit for each entry of the file. Threads: one.
final class IndexStructure {
    private final CheckContext context;
    private final IndexFileView file;
    private final FaultList faults;
    private final BitSet reached;
    private int usedSlots;

    IndexStructure(CheckContext context, IndexFileView file, FaultList faults) {
        this.context = context;
        this.file = file;
        this.faults = faults;
        reached = new BitSet(file.count());
    }

    void check() {
        checkHeader();
        for (int slot = 0; slot < file.geometry().slots(); slot++) {
            int newest = file.slot(slot);
            if (newest != 0) {
                usedSlots++;
                checkSlot(slot, newest);
            }
        }
        for (int entry = 1; entry < file.count(); entry++) {
            int before = file.before(entry);
            if (before != 0) {
                checkLink(entry, before);
            }
        }
        checkAllReached();
        if (!context.becomesRight(() -> file.headerInt(IndexFileView.USED_SLOTS) == usedSlots || hasGrown())) {
            faults.add(Kind.INDEX_HEADER, file.name(), IndexFileView.USED_SLOTS, usedSlots + " used slots",
                    "" + file.headerInt(IndexFileView.USED_SLOTS));
        }
    }

    private void checkHeader() {
        int count = file.headerInt(IndexFileView.COUNT);
        // A new file has 0 until its first entry.
        if (count < 0 || count > file.geometry().entries()) {
            faults.add(Kind.INDEX_HEADER, file.name(), IndexFileView.COUNT,
                    "a count of 0 to " + file.geometry().entries(), "" + count);
        }
        checkOrder(IndexFileView.BEGIN_TIMESTAMP, IndexFileView.END_TIMESTAMP, "time");
        checkOrder(IndexFileView.BEGIN_OFFSET, IndexFileView.END_OFFSET, "offset");
        if (file.lastEntry() > 0) {
            checkEquals(IndexFileView.BEGIN_OFFSET, 1, "begin");
            checkEquals(IndexFileView.END_OFFSET, file.lastEntry(), "end");
        }
    }

    private void checkOrder(int beginPosition, int endPosition, String what) {
        long begin = file.headerLong(beginPosition);
        long end = file.headerLong(endPosition);
        if (begin < 0 || begin > end) {
            faults.add(Kind.INDEX_HEADER, file.name(), beginPosition,
                    "a begin %s of 0 to the end %s %d".formatted(what, what, end), "" + begin);
        }
    }

    private void checkEquals(int position, int entry, String what) {
        if (!context.becomesRight(() -> file.headerLong(position) == file.offset(entry) || hasGrown())) {
            faults.add(Kind.INDEX_HEADER, file.name(), position,
                    "%d, the %s offset as entry %d has".formatted(file.offset(entry), what, entry),
                    "" + file.headerLong(position));
        }
    }

    private void checkSlot(int slot, int newest) {
        long position = file.geometry().slotPosition(slot);
        if (!context.becomesRight(() -> newest >= 0 && newest < liveCount())) {
            faults.add(Kind.INDEX_CHAIN, file.name(), position,
                    "slot %d: an entry of 1 to %d".formatted(slot, liveCount() - 1), "" + newest);
            return;
        }
        int entry = newest;
        while (entry >= file.count()) {
            // put while the check goes on
            int before = file.before(entry);
            entry = before < entry ? before : 0;
        }
        if (entry <= 0) {
            return;
        }
        if (file.slotOf(entry) != slot) {
            faults.add(Kind.INDEX_CHAIN, file.name(), position, "slot %d: an entry of this slot".formatted(slot),
                    "entry %d, which is of slot %d".formatted(entry, file.slotOf(entry)));
            return;
        }
        reach(entry, position, "slot " + slot);
    }

    private void checkLink(int entry, int before) {
        String from = "entry " + entry;
        if (before < 0 || before >= entry) {
            faults.add(Kind.INDEX_CHAIN, file.name(), file.positionOf(entry),
                    "%s: a link to an earlier entry, 0 to %d".formatted(from, entry - 1),
                    before >= file.count()
                            ? "%d, beyond the count".formatted(before)
                            : "%d, so that the chain goes round or leaves the file".formatted(before));
        } else if (file.slotOf(before) != file.slotOf(entry)) {
            faults.add(Kind.INDEX_CHAIN, file.name(), file.positionOf(entry),
                    "%s: a link to an entry of slot %d".formatted(from, file.slotOf(entry)),
                    "entry %d, which is of slot %d".formatted(before, file.slotOf(before)));
        } else {
            reach(before, file.positionOf(entry), from);
        }
    }

    private void reach(int entry, long position, String from) {
        if (reached.get(entry)) {
            faults.add(Kind.INDEX_CHAIN, file.name(), position, from + ": a link to an entry that no other has",
                    "entry %d, which another links to as well".formatted(entry));
        }
        reached.set(entry);
    }

    private void checkAllReached() {
        for (int entry = reached.nextClearBit(1); entry < file.count(); entry = reached.nextClearBit(entry + 1)) {
            int end = reached.nextSetBit(entry);
            int last = (end < 0 ? file.count() : end) - 1;
            faults.add(new CheckFault(Kind.INDEX_CHAIN, file.name(), file.positionOf(entry),
                    "entry %d: to be reached through slot %d".formatted(entry, file.slotOf(entry)),
                    "no slot or entry that links to it", last - entry + 1L));
            entry = last;
        }
    }

    private boolean hasGrown() {
        return liveCount() != file.count();
    }

    /// What a store that runs has made of the count meanwhile.
    private int liveCount() {
        return Math.clamp(file.headerInt(IndexFileView.COUNT), file.count(), file.geometry().entries());
    }
}
