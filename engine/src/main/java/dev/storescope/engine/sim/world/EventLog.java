package dev.storescope.engine.sim.world;

import dev.storescope.engine.probe.EventHandler;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.probe.ProbeReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Every event of a simulated run, in the order in which they happened: nothing is dropped.
///
/// Threads: whoever has the baton writes; any read what was written before they asked for [#size()].
public final class EventLog {
    private static final ProbePoint[] POINTS = ProbePoint.values();
    private static final int CHUNK_EVENTS = 4096;
    private static final int LONGS = 6;
    private static final int STEP = 1;
    private static final int HEAD = 2;
    private static final int A = 3;
    private static final int POINT_BITS = 8;

    private final Keeping keeping;
    private final List<String> names = new CopyOnWriteArrayList<>();
    private final long[] told = new long[POINTS.length];
    /// Likewise by the number of the thread's name; as long as names have been told of.
    private long[][] toldBy = new long[0][];
    // Replaced as a whole by the writer, read by any.
    private volatile long[][] chunks = new long[0][];
    // Written by the writer after the event, read by any.
    private volatile long size;

    /// @param keeping what is kept of the events
    public EventLog(Keeping keeping) {
        this.keeping = keeping;
    }

    /// What is kept.
    public enum Keeping {
        /// Each event.
        ALL,
        /// How often each point was met: for runs by the thousand that nobody looks at.
        COUNTS
    }

    /// One event.
    ///
    /// @param step the scheduling point at which it was told
    public record Event(long step, long nanoTime, String thread, ProbePoint point, long a, long b, long c) {
    }

    /// How many events are kept.
    public long size() {
        return size;
    }

    /// How often a point was met.
    public long told(ProbePoint point) {
        return told[point.ordinal()];
    }

    /// How often a thread met a point. By whoever drives.
    public long told(ProbePoint point, String thread) {
        int name = knownNameIndex(thread);
        return name < 0 || name >= toldBy.length ? 0 : toldBy[name][point.ordinal()];
    }

    /// @param index 0 to [#size()] - 1, oldest first
    public Event event(long index) {
        long[] chunk = chunks[(int) (index / CHUNK_EVENTS)];
        int at = at(index);
        long head = chunk[at + HEAD];
        return new Event(chunk[at + STEP], chunk[at], names.get((int) (head >>> POINT_BITS)), point(head),
                chunk[at + A], chunk[at + A + 1], chunk[at + A + 2]);
    }

    /// Those from `fromIndex` on, oldest first.
    public List<Event> from(long fromIndex) {
        List<Event> events = new ArrayList<>();
        long end = size;
        for (long i = fromIndex; i < end; i++) {
            events.add(event(i));
        }
        return events;
    }

    /// Tells events anew, oldest first.
    ///
    /// @param toIndex not this one
    /// @return how many of them were forgotten
    public long replay(long fromIndex, long toIndex, EventHandler handler) {
        long[][] now = chunks;
        long forgotten = 0;
        for (long i = fromIndex; i < toIndex; i++) {
            long[] chunk = now[(int) (i / CHUNK_EVENTS)];
            if (chunk == null) {
                forgotten++;
                continue;
            }
            int at = at(i);
            long head = chunk[at + HEAD];
            handler.onEvent(chunk[at], names.get((int) (head >>> POINT_BITS)), point(head), chunk[at + A],
                    chunk[at + A + 1], chunk[at + A + 2]);
        }
        return forgotten;
    }

    /// Gives back the memory of events before `index`, or of most of them: only [#replay] goes over them then.
    public void forgetBefore(long index) {
        long[][] now = chunks;
        int last = (int) Math.min(index / CHUNK_EVENTS, now.length) - 1;
        for (int i = last; i >= 0 && now[i] != null; i--) {
            now[i] = null;
        }
    }

    /// The index of the first event that was told at `step` or later; [#size()] when there is none.
    public long firstAtStep(long step) {
        long low = 0;
        long high = size;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (chunks[(int) (middle / CHUNK_EVENTS)][at(middle) + STEP] < step) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// A reader of what is told from now on. It misses nothing.
    public ProbeReader newReader() {
        return new Reader(size);
    }

    /// The number of a thread's name; -1 when nobody has it.
    int knownNameIndex(String name) {
        return names.indexOf(name);
    }

    /// The number of a thread's name.
    int nameIndex(String name) {
        int known = names.indexOf(name);
        if (known >= 0) {
            return known;
        }
        names.add(name);
        return names.size() - 1;
    }

    void add(long step, long nanoTime, int nameIndex, ProbePoint point, long a, long b, long c) {
        told[point.ordinal()]++;
        countBy(nameIndex, point);
        if (keeping == Keeping.COUNTS) {
            return;
        }
        long index = size;
        long[] chunk = chunk((int) (index / CHUNK_EVENTS));
        int at = at(index);
        chunk[at] = nanoTime;
        chunk[at + STEP] = step;
        chunk[at + HEAD] = (long) nameIndex << POINT_BITS | point.ordinal();
        chunk[at + A] = a;
        chunk[at + A + 1] = b;
        chunk[at + A + 2] = c;
        size = index + 1;
    }

    private void countBy(int nameIndex, ProbePoint point) {
        int known = toldBy.length;
        if (nameIndex >= known) {
            toldBy = Arrays.copyOf(toldBy, nameIndex + 1);
            for (int i = known; i <= nameIndex; i++) {
                toldBy[i] = new long[POINTS.length];
            }
        }
        toldBy[nameIndex][point.ordinal()]++;
    }

    private long[] chunk(int number) {
        long[][] now = chunks;
        if (number == now.length) {
            long[][] longer = Arrays.copyOf(now, now.length + 1);
            longer[number] = new long[CHUNK_EVENTS * LONGS];
            chunks = longer;
            return longer[number];
        }
        return now[number];
    }

    private static int at(long index) {
        return (int) (index % CHUNK_EVENTS) * LONGS;
    }

    private static ProbePoint point(long head) {
        return POINTS[(int) (head & (1 << POINT_BITS) - 1)];
    }

    /// Goes over the log once.
    private final class Reader implements ProbeReader {
        private long next;

        private Reader(long next) {
            this.next = next;
        }

        @Override
        public int drainTo(EventHandler handler) {
            long end = size;
            int count = (int) (end - next);
            for (; next < end; next++) {
                long[] chunk = chunks[(int) (next / CHUNK_EVENTS)];
                int at = at(next);
                long head = chunk[at + HEAD];
                handler.onEvent(chunk[at], names.get((int) (head >>> POINT_BITS)), point(head), chunk[at + A],
                        chunk[at + A + 1], chunk[at + A + 2]);
            }
            return count;
        }

        @Override
        public long dropped() {
            return 0;
        }

        @Override
        public long told(ProbePoint point) {
            return EventLog.this.told(point);
        }
    }
}
