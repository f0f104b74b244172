package dev.storescope.engine.probe;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// The events of one thread, in a ring that its reader can never hold up: the newest overwrite the oldest, and the
/// reader notices what it lost.
///
/// An event is [#LONGS_PER_EVENT] longs; writing one allocates nothing and takes no lock. The writer announces in
/// `intent` that it is about to overwrite a slot, fills it, and publishes it in `tail`. A reader copies the slot and
/// then looks at `intent`: when that has come round to the slot meanwhile, the copy may be torn and counts as lost.
/// (The scheme is that of Agrona's `BroadcastTransmitter`.)
///
/// Threads: one writer; any number of readers, each with a [Cursor] of its own.
public final class EventLane {
    private static final ProbePoint[] POINTS = ProbePoint.values();
    /// Time, ordinal of the point, a, b, c.
    private static final int LONGS_PER_EVENT = 5;
    private static final VarHandle INTENT;
    private static final VarHandle TAIL;
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);

    static {
        try {
            INTENT = MethodHandles.lookup().findVarHandle(EventLane.class, "intent", long.class);
            TAIL = MethodHandles.lookup().findVarHandle(EventLane.class, "tail", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String threadName;
    private final int capacity;
    private final long[] ring;
    /// Told so far by point, whether or not the event was kept.
    private final long[] counts = new long[POINTS.length];
    // Both are written by the writer and read by the readers, through the handles above.
    private long intent;
    private long tail;

    /// @param capacity events kept, a power of two
    public EventLane(String threadName, int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(
                    "lane of %s: expected a power of two as capacity, found %d".formatted(threadName, capacity));
        }
        this.threadName = threadName;
        this.capacity = capacity;
        this.ring = new long[capacity * LONGS_PER_EVENT];
    }

    public String threadName() {
        return threadName;
    }

    /// Counts an event and keeps it. Only by the writer.
    public void write(long nanoTime, ProbePoint point, long a, long b, long c) {
        count(point);
        keep(nanoTime, point, a, b, c);
    }

    /// Keeps an event that is counted already, in place of the oldest when the ring is full. Only by the writer.
    public void keep(long nanoTime, ProbePoint point, long a, long b, long c) {
        long sequence = tail;
        int slot = slotOf(sequence);
        INTENT.setOpaque(this, sequence + 1);
        VarHandle.storeStoreFence();
        SLOT.setOpaque(ring, slot, nanoTime);
        SLOT.setOpaque(ring, slot + 1, (long) point.ordinal());
        SLOT.setOpaque(ring, slot + 2, a);
        SLOT.setOpaque(ring, slot + 3, b);
        SLOT.setOpaque(ring, slot + 4, c);
        TAIL.setRelease(this, sequence + 1);
    }

    /// Counts an event without keeping it. Only by the writer.
    ///
    /// @return how many of the point there were before
    public long count(ProbePoint point) {
        int index = point.ordinal();
        long before = counts[index];
        SLOT.setOpaque(counts, index, before + 1);
        return before;
    }

    /// How many events of the point there were, kept or only counted.
    public long told(ProbePoint point) {
        return (long) SLOT.getOpaque(counts, point.ordinal());
    }

    /// How many events were kept since the lane was made, overwritten ones included.
    public long written() {
        return (long) TAIL.getAcquire(this);
    }

    /// A cursor that begins with the oldest event.
    public Cursor fromOldest() {
        return new Cursor(0);
    }

    /// A cursor that begins with the next event.
    public Cursor fromNow() {
        return new Cursor(written());
    }

    private int slotOf(long sequence) {
        return (int) (sequence & (capacity - 1)) * LONGS_PER_EVENT;
    }

    /// The place of one reader.
    ///
    /// Threads: one.
    public final class Cursor {
        private long next;
        private long lost;

        private Cursor(long next) {
            this.next = next;
        }

        public EventLane lane() {
            return EventLane.this;
        }

        /// Hands over, oldest first, what was written before this call and is still there.
        ///
        /// @return how many events were handed over
        public int drain(EventHandler handler) {
            long end = written();
            if (end - next > capacity) {
                skipTo(end - capacity, handler);
            }
            int handed = 0;
            while (next < end) {
                int slot = slotOf(next);
                long nanoTime = (long) SLOT.getOpaque(ring, slot);
                long point = (long) SLOT.getOpaque(ring, slot + 1);
                long a = (long) SLOT.getOpaque(ring, slot + 2);
                long b = (long) SLOT.getOpaque(ring, slot + 3);
                long c = (long) SLOT.getOpaque(ring, slot + 4);
                VarHandle.loadLoadFence();
                long oldestWhole = (long) INTENT.getOpaque(EventLane.this) - capacity;
                if (oldestWhole > next) {
                    skipTo(Math.min(oldestWhole, end), handler);
                } else {
                    next++;
                    handed++;
                    handler.onEvent(nanoTime, threadName, POINTS[(int) point], a, b, c);
                }
            }
            return handed;
        }

        /// Up to which event, counted from the lane's first, this reader has come.
        public long position() {
            return next;
        }

        /// How many events were overwritten before this reader came to them.
        public long lost() {
            return lost;
        }

        private void skipTo(long sequence, EventHandler handler) {
            long skipped = sequence - next;
            lost += skipped;
            next = sequence;
            handler.onLost(threadName, skipped);
        }
    }
}
