package dev.storescope.engine.index;

import dev.storescope.engine.env.PutMessageLock;
import java.util.Arrays;

/// Makes slots and chains of one index file say what its entries say: each entry links to the one before it with the same
/// slot, and the slot to the newest. So no chain has a loop, and none leaves out an entry.
///
/// It goes over the entries once for every million of slots, so that it needs no more than 4 MiB however many there are.
/// Entries put meanwhile stand in front of those that are proven; only where a chain goes over from them is looked at.
///
/// Threads: one, beside readers and the one that puts; what that one writes is changed under its lock only.
final class IndexLinks {
    private static final int SLOTS_AT_ONCE = 1 << 20;
    /// Entries or slots of one step.
    private static final int STEP = 1 << 16;

    private final IndexFile file;
    private final int entries;
    private final int usedBefore;
    private final PutMessageLock lock;
    private final int slots;
    /// The newest entry seen of each slot from `fromSlot` on.
    private final int[] newest;
    private int fromSlot;
    private int entry = 1;
    private int slot;
    private int used;
    /// By how much the header counts slots wrong that entries put meanwhile were the first in, or seemed to be.
    private int miscounted;
    private long mended;

    /// @param entries up to this one they are proven, and there were that many when the header counted so many slots
    IndexLinks(IndexFile file, int entries, int usedSlots, PutMessageLock lock) {
        this.file = file;
        this.entries = entries;
        this.usedBefore = usedSlots;
        this.lock = lock;
        this.slots = file.geometry().slots();
        this.newest = new int[Math.min(slots, SLOTS_AT_ONCE)];
    }

    /// @return whether it has come to the end
    boolean step() {
        if (entry <= entries) {
            linkEntries();
        } else if (slot < toSlot()) {
            checkSlots();
        } else if (toSlot() < slots) {
            fromSlot = toSlot();
            slot = fromSlot;
            entry = 1;
            Arrays.fill(newest, 0);
        } else {
            correctUsedSlots();
            return true;
        }
        return false;
    }

    private int toSlot() {
        return Math.min(slots, fromSlot + newest.length);
    }

    private void linkEntries() {
        int end = Math.min(entries, entry + STEP - 1);
        while (entry <= end) {
            int in = file.slotOf(entry) - fromSlot;
            if (in >= 0 && in < newest.length) {
                if (file.before(entry) != newest[in]) {
                    file.link(entry, newest[in]);
                    mended++;
                }
                newest[in] = entry;
            }
            entry++;
        }
    }

    private void checkSlots() {
        int end = Math.min(toSlot(), slot + STEP);
        while (slot < end) {
            int expected = newest[slot - fromSlot];
            used += expected == 0 ? 0 : 1;
            while (!isRight(slot, expected)) {
                // corrected, or changed meanwhile
            }
            slot++;
        }
    }

    /// @return false when it had to be corrected, or has changed meanwhile, so that it is to be looked at again
    private boolean isRight(int at, int expected) {
        int head = file.slot(at);
        int count = file.entries();
        int firstNew = 0;
        int next = head;
        while (next > entries && next <= count && file.slotOf(next) == at) {
            firstNew = next;
            int before = file.before(next);
            next = before < next ? before : 0;
        }
        if (next == expected) {
            return true;
        }
        lock.lock();
        try {
            if (firstNew == 0 && file.slot(at) == head) {
                file.slot(at, expected);
                mended++;
            } else if (firstNew != 0) {
                miscounted += (file.before(firstNew) == 0 ? 1 : 0) - (expected == 0 ? 1 : 0);
                file.link(firstNew, expected);
                mended++;
            }
        } finally {
            lock.unlock();
        }
        return false;
    }

    private void correctUsedSlots() {
        int wrong = usedBefore - used + miscounted;
        if (wrong == 0) {
            return;
        }
        lock.lock();
        try {
            file.usedSlots(file.usedSlots() - wrong);
        } finally {
            lock.unlock();
        }
        mended++;
    }

    /// How many slots, links and counts were wrong.
    long mended() {
        return mended;
    }
}
