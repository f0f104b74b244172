package dev.storescope.engine.env;

import dev.storescope.engine.env.LiveStepGate.Gate;
import dev.storescope.engine.probe.EventHandler;
import dev.storescope.engine.probe.EventLane;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.probe.ProbeReader;
import dev.storescope.engine.probe.StoreProbe;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/// Gives each thread that tells something an [EventLane] of its own, and holds services at their gates.
///
/// Lanes are bounded: those of ended threads go, oldest first, when newer threads need them, for virtual producers come
/// and go by the thousand. What a reader had not taken from them counts as dropped, and so does what a thread tells
/// that found all lanes taken.
final class LiveProbe implements StoreProbe {
    static final int MAX_LANES = 512;
    /// Lanes of ended threads that are kept for readers to catch up.
    static final int MAX_ENDED_LANES = 64;
    /// A busy thread tells some 6,000 events between two frames when one put in 16 is told.
    private static final int LANE_CAPACITY = 8_192;
    /// Light threads are many, and each has its share of the puts only.
    private static final int LIGHT_LANE_CAPACITY = 256;
    /// A thread without a lane asks again after as many events.
    private static final int EVENTS_UNTIL_NEXT_REQUEST = 1_024;

    /// A thread tells of so many messages at most in each so long a time: a lane holds those of more than a second.
    private static final long MESSAGE_WINDOW_NS = 50_000_000L;
    private static final int MESSAGES_IN_WINDOW = 256;
    /// Once it has told of so many, it looks at the clock at one in so many of those it could tell: a reading costs more than
    /// all else that a message costs here. A busy thread notices a new window some 0.05 ms late; one that rests tells that.
    private static final int MESSAGES_UNTIL_NEXT_LOOK = 16;

    private final int samplingInterval;
    private final ThreadLocal<Teller> tellers = new ThreadLocal<>();
    /// Who told last, by point; of points met once a message only. Without a fence: whoever finds another thread's
    /// looks up his own, and a service forgets those of its thread.
    private final Teller[] followers = new Teller[ProbePoint.values().length];
    /// Guards the exchange of `lanes`: once a thread, not once an event.
    private final ReentrantLock registration = new ReentrantLock();
    // Written under `registration`, read by readers.
    private volatile Lanes lanes = new Lanes(List.of(), 0, new long[ProbePoint.values().length]);
    private final LongAdder toldWithoutLane = new LongAdder();
    private final LongAdder lostByReaders = new LongAdder();

    /// @param samplingInterval a power of two
    LiveProbe(int samplingInterval) {
        if (samplingInterval < 1 || Integer.bitCount(samplingInterval) != 1) {
            throw new IllegalArgumentException(
                    "put sampling interval: expected a power of two, found %d".formatted(samplingInterval));
        }
        this.samplingInterval = samplingInterval;
    }

    /// Runs a service: the calling thread may be held at `gate` until the task has ended.
    void runAtGate(Gate gate, Runnable task) {
        forgetFollower();
        tellers.set(new Teller(gate));
        try {
            task.run();
        } finally {
            tellers.remove();
            forgetFollower();
        }
    }

    /// Else what this thread tells later would still go by the gate of the service that has ended.
    private void forgetFollower() {
        for (int i = 0; i < followers.length; i++) {
            Teller follower = followers[i];
            if (follower != null && follower.thread == Thread.currentThread()) {
                followers[i] = null;
            }
        }
    }

    @Override
    public void event(ProbePoint point, long a, long b, long c) {
        if (point.scope() != ProbePoint.Scope.MESSAGE) {
            eventAt(System.nanoTime(), point, a, b, c);
            return;
        }
        Teller teller = followerAt(point);
        if (countAndSample(teller, point) && teller.looksAtClock()) {
            tellOfMessage(teller, System.nanoTime(), point, a, b, c);
        }
    }

    @Override
    public void eventAt(long nanoTime, ProbePoint point, long a, long b, long c) {
        if (point.scope() != ProbePoint.Scope.MESSAGE) {
            Teller teller = teller();
            if (hasLane(teller)) {
                teller.lane.count(point);
                keep(teller, nanoTime, point, a, b, c);
                teller.messagesUntilNextLook = 0;
            }
            return;
        }
        Teller teller = followerAt(point);
        if (countAndSample(teller, point)) {
            tellOfMessage(teller, nanoTime, point, a, b, c);
        }
    }

    @Override
    public int putSamplingInterval() {
        return samplingInterval;
    }

    @Override
    public long dropped() {
        return toldWithoutLane.sum() + lostByReaders.sum();
    }

    ProbeReader newReader() {
        return new LaneReader();
    }

    int laneCount() {
        return lanes.registered.size();
    }

    private Teller teller() {
        Teller teller = tellers.get();
        if (teller == null) {
            teller = new Teller(null);
            tellers.set(teller);
        }
        return teller;
    }

    /// As [#teller()], for points that are met once a message: nearly always by the thread that met the point before, so that
    /// there is nothing to look up.
    private Teller followerAt(ProbePoint point) {
        Teller follower = followers[point.ordinal()];
        if (follower == null || follower.thread != Thread.currentThread()) {
            follower = teller();
            followers[point.ordinal()] = follower;
        }
        return follower;
    }

    private boolean hasLane(Teller teller) {
        if (teller.lane == null && !requestLane(teller)) {
            toldWithoutLane.increment();
            return false;
        }
        return true;
    }

    /// Points that are met once a message are counted, and told as rarely as those of puts.
    private boolean countAndSample(Teller teller, ProbePoint point) {
        return hasLane(teller) && (teller.lane.count(point) & samplingInterval - 1) == 0;
    }

    /// Who follows the log as fast as he can is only counted now and then: no reader keeps up with one that builds an index of
    /// gigabytes.
    private void tellOfMessage(Teller teller, long nanoTime, ProbePoint point, long a, long b, long c) {
        if (teller.mayTellOfMessage(nanoTime)) {
            keep(teller, nanoTime, point, a, b, c);
        }
    }

    private void keep(Teller teller, long nanoTime, ProbePoint point, long a, long b, long c) {
        teller.lane.keep(nanoTime, point, a, b, c);
        Gate gate = teller.gate;
        if (gate != null && gate.isHeld() && point.mayHold()) {
            teller.lane.write(System.nanoTime(), ProbePoint.SERVICE_HELD, point.ordinal(), 0, 0);
            gate.pass();
            teller.lane.write(System.nanoTime(), ProbePoint.SERVICE_RUNNING, 0, 0, 0);
        }
    }

    private boolean requestLane(Teller teller) {
        if (teller.eventsUntilNextRequest-- > 0) {
            return false;
        }
        teller.eventsUntilNextRequest = EVENTS_UNTIL_NEXT_REQUEST;
        registration.lock();
        try {
            List<Registered> kept = withoutLongEndedLocked();
            if (kept.size() >= MAX_LANES) {
                return false;
            }
            Thread thread = Thread.currentThread();
            teller.lane = new EventLane(nameOf(thread), thread.isVirtual() ? LIGHT_LANE_CAPACITY : LANE_CAPACITY);
            kept.add(new Registered(teller.lane, thread));
            lanes = new Lanes(List.copyOf(kept), lanes.writtenInGone, lanes.toldInGone);
            return true;
        } finally {
            registration.unlock();
        }
    }

    private List<Registered> withoutLongEndedLocked() {
        List<Registered> kept = new ArrayList<>(lanes.registered);
        long ended = kept.stream().filter(Registered::isEnded).count();
        Iterator<Registered> oldestFirst = kept.iterator();
        long written = lanes.writtenInGone;
        long[] told = lanes.toldInGone.clone();
        while (ended > MAX_ENDED_LANES && oldestFirst.hasNext()) {
            Registered candidate = oldestFirst.next();
            if (candidate.isEnded()) {
                oldestFirst.remove();
                ended--;
                written += candidate.lane.written();
                for (ProbePoint point : ProbePoint.values()) {
                    told[point.ordinal()] += candidate.lane.told(point);
                }
            }
        }
        lanes = new Lanes(List.copyOf(kept), written, told);
        return kept;
    }

    private static String nameOf(Thread thread) {
        String name = thread.getName();
        return name.isEmpty() ? "thread-" + thread.threadId() : name;
    }

    /// What a thread needs in order to tell.
    ///
    /// Threads: the one it belongs to.
    private static final class Teller {
        private final Thread thread = Thread.currentThread();
        /// Of services only, else null: an event is told some million times a second, an empty gate would be asked each
        /// time.
        private final Gate gate;
        /// Null until the first event, and while there are no lanes left.
        private EventLane lane;
        private int eventsUntilNextRequest;
        private long messageWindowNanos;
        private int messagesInWindow;
        private int messagesUntilNextLook;

        private Teller(Gate gate) {
            this.gate = gate;
        }

        private boolean looksAtClock() {
            if (messagesUntilNextLook > 0) {
                messagesUntilNextLook--;
                return false;
            }
            return true;
        }

        private boolean mayTellOfMessage(long nanoTime) {
            if (messagesInWindow == 0 || nanoTime - messageWindowNanos >= MESSAGE_WINDOW_NS) {
                messageWindowNanos = nanoTime;
                messagesInWindow = 0;
            }
            if (messagesInWindow == MESSAGES_IN_WINDOW) {
                messagesUntilNextLook = MESSAGES_UNTIL_NEXT_LOOK - 1;
                return false;
            }
            messagesInWindow++;
            return true;
        }
    }

    private record Registered(EventLane lane, Thread thread) {
        boolean isEnded() {
            return !thread.isAlive();
        }
    }

    /// The lanes that there are, by age, and the sums of those that are gone.
    private record Lanes(List<Registered> registered, long writtenInGone, long[] toldInGone) {
    }

    /// Reads all lanes, those that come up later included.
    private final class LaneReader implements ProbeReader {
        private Map<EventLane, EventLane.Cursor> cursors = new IdentityHashMap<>();
        private final long writtenBefore;
        private final long toldWithoutLaneBefore = toldWithoutLane.sum();
        private long taken;
        private long lost;

        private LaneReader() {
            Lanes now = lanes;
            long written = now.writtenInGone;
            for (Registered registered : now.registered) {
                EventLane.Cursor cursor = registered.lane.fromNow();
                cursors.put(registered.lane, cursor);
                written += cursor.position();
            }
            writtenBefore = written;
        }

        @Override
        public int drainTo(EventHandler handler) {
            Lanes now = lanes;
            Map<EventLane, EventLane.Cursor> known = cursors;
            cursors = new IdentityHashMap<>();
            long written = now.writtenInGone;
            int handed = 0;
            for (Registered registered : now.registered) {
                EventLane.Cursor cursor = known.remove(registered.lane);
                if (cursor == null) {
                    cursor = registered.lane.fromOldest();
                }
                handed += cursor.drain(handler);
                written += cursor.position();
                cursors.put(registered.lane, cursor);
            }
            for (EventLane.Cursor ofGone : known.values()) {
                handed += ofGone.drain(handler);
            }
            taken += handed;
            noteLost(written - writtenBefore - taken);
            return handed;
        }

        @Override
        public long dropped() {
            return lost + toldWithoutLane.sum() - toldWithoutLaneBefore;
        }

        @Override
        public long told(ProbePoint point) {
            Lanes now = lanes;
            long told = now.toldInGone[point.ordinal()];
            for (Registered registered : now.registered) {
                told += registered.lane.told(point);
            }
            return told;
        }

        private void noteLost(long lostUntilNow) {
            lostByReaders.add(lostUntilNow - lost);
            lost = lostUntilNow;
        }
    }
}
