package dev.storescope.app.session.trace;

import dev.storescope.app.session.trace.Recording.Gap;
import dev.storescope.app.session.trace.Recording.Kept;
import dev.storescope.app.session.trace.TraceKind.Level;
import dev.storescope.engine.probe.EventHandler;
import dev.storescope.engine.probe.ProbePoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Turns events into spans, in memory of a size that is said beforehand: when it is full, the oldest is forgotten. Makes
/// no garbage for an event.
///
/// Events of a thread come in their order; threads may come one after another, as a [dev.storescope.engine.probe.ProbeReader]
/// hands them over.
///
/// Threads: one.
public final class Recorder implements EventHandler {
    /// Some ten seconds of a machine that puts as fast as it can, or minutes of one that does not: 40 MiB.
    public static final int DEFAULT_SPANS = 1 << 20;
    /// Virtual producers come and go by the thousand: threads that told nothing for longest are forgotten.
    static final int MAX_LANES = 640;
    private static final int MAX_GAPS = 1_024;
    /// Producers are told apart by their number: producer-2 comes before producer-10.
    private static final Comparator<Lane> ORDER = Comparator.comparing(Lane::group)
            .thenComparing(lane -> lane.group().rank(lane.threadName()))
            .thenComparing(lane -> lane.threadName().replaceAll("\\d+$", ""))
            .thenComparing(lane -> lane.threadName().length())
            .thenComparing(Lane::threadName);

    private final int putSamplingInterval;
    private final ChunkPool pool;
    private final Map<String, Lane> lanesByName = new HashMap<>();
    private final Deque<Gap> gaps = new ArrayDeque<>();
    private List<Gap> gapList = List.of();
    private List<Lane> sorted = List.of();
    private String lastName;
    private Lane lastLane;
    private long fromNanos = Long.MAX_VALUE;
    private long toNanos = Long.MIN_VALUE;
    private long lostOfThreads;
    private long lostOfUnknown;

    /// @param putSamplingInterval of how many puts one is told
    /// @param spans how many are kept at most
    public Recorder(int putSamplingInterval, int spans) {
        this.putSamplingInterval = putSamplingInterval;
        pool = new ChunkPool(Math.max(1, spans / Track.CHUNK_SPANS));
    }

    /// What is recorded up to now; lanes of it go on growing.
    public Recording recording() {
        return recordingOf(sorted);
    }

    /// What is recorded up to now and stays so, while the recorder goes on. Takes a fraction of a millisecond.
    public Recording copy() {
        pool.share();
        return recordingOf(sorted.stream().map(Lane::copy).toList());
    }

    private Recording recordingOf(List<Lane> lanes) {
        return lanes.isEmpty()
                ? Recording.EMPTY
                : new Recording(lanes, gapList, fromNanos, toNanos, putSamplingInterval,
                        new Kept(pool.hasRecycled(), lostOfThreads + lostOfUnknown));
    }

    /// Events were lost, nobody knows of which threads.
    public void lost(long sinceNanos, long nowNanos, long events) {
        if (gaps.size() == MAX_GAPS) {
            gaps.removeFirst();
        }
        gaps.addLast(new Gap(sinceNanos, nowNanos, events));
        gapList = List.copyOf(gaps);
        lostOfUnknown += events;
        lanesByName.values().forEach(Lane::forgetOpen);
    }

    /// The process died: whatever was under way then has ended with it. What began later goes on.
    public void died(long nanos) {
        lanesByName.values().forEach(lane -> lane.endAllBegunBy(nanos));
    }

    /// How many events of known threads were lost so far.
    public long lostOfThreads() {
        return lostOfThreads;
    }

    @Override
    public void onLost(String threadName, long events) {
        lostOfThreads += events;
        Lane lane = lane(threadName);
        lane.forgetOpen();
        if (lane.lastNanos() != Long.MIN_VALUE) {
            lane.open(TraceKind.LOST, lane.lastNanos(), 0, events, 0);
        }
    }

    @Override
    public void onEvent(long nanoTime, String threadName, ProbePoint point, long a, long b, long c) {
        Lane lane = lane(threadName);
        lane.close(TraceKind.LOST, nanoTime);
        switch (point.scope()) {
            case PUT -> put(lane, nanoTime, point, a, b);
            case MESSAGE -> instant(lane, nanoTime, point, a, b);
            case SERVICE -> service(lane, nanoTime, point, a);
            case STORE -> store(lane, nanoTime, point, a, b, c);
        }
        lane.reached(nanoTime);
        fromNanos = Math.min(fromNanos, nanoTime);
        toNanos = Math.max(toNanos, nanoTime);
    }

    private void put(Lane lane, long now, ProbePoint point, long a, long b) {
        switch (point) {
            case PUT_BEGIN -> {
                // One that is still open was answered by another thread, after all that is known of it here.
                endPut(lane, lane.lastNanos());
                lane.open(TraceKind.PUT, now, 0, -1, a);
            }
            case LOCK_WAIT -> lane.open(TraceKind.LOCK_WAIT, now, 0, -1, 0);
            case LOCK_ACQUIRED -> {
                lane.close(TraceKind.LOCK_WAIT, now);
                lane.open(TraceKind.LOCK_HELD, now, 0, -1, 0);
                lane.open(TraceKind.APPEND, now, 0, -1, 0);
            }
            case APPEND -> {
                lane.describe(TraceKind.PUT, a, b);
                lane.describe(TraceKind.LOCK_HELD, a, b);
                lane.describe(TraceKind.APPEND, a, b);
                lane.close(TraceKind.APPEND, now);
            }
            case LOCK_RELEASED -> {
                lane.close(TraceKind.APPEND, now);
                lane.close(TraceKind.LOCK_HELD, now);
            }
            case FLUSH_REQUESTED -> lane.open(TraceKind.FLUSH_WAIT, now, 0, a, b);
            case PUT_END -> {
                if (lane.isOpen(TraceKind.PUT)) {
                    lane.detail(TraceKind.PUT, b);
                    endPut(lane, now);
                } else {
                    instant(lane, now, point, a, b);
                }
            }
            default -> throw new IllegalArgumentException("expected a point of a put, found " + point);
        }
    }

    private static void endPut(Lane lane, long now) {
        if (lane.isOpen(TraceKind.PUT)) {
            lane.close(Level.DETAIL, now);
            lane.close(Level.PART, now);
            lane.close(TraceKind.PUT, now);
        }
    }

    private static void service(Lane lane, long now, ProbePoint point, long a) {
        lane.close(Level.STATE, now);
        TraceKind state = switch (point) {
            case SERVICE_WAITING -> TraceKind.SERVICE_WAITING;
            case SERVICE_HELD -> TraceKind.SERVICE_HELD;
            default -> TraceKind.SERVICE_RUNNING;
        };
        lane.open(state, now, 0, a, 0);
    }

    private static void store(Lane lane, long now, ProbePoint point, long a, long b, long c) {
        switch (point) {
            case FORCE_BEGIN -> lane.open(TraceKind.FORCE, now, batchAt(lane, now), a, b);
            case FORCE_END -> lane.close(TraceKind.FORCE, now);
            case COMMIT_BEGIN -> lane.open(TraceKind.COMMIT, now, 0, a, b);
            case COMMIT_END -> lane.close(TraceKind.COMMIT, now);
            case ALLOCATION_BEGUN -> lane.open(TraceKind.ALLOCATION, now, 0, a, b);
            case ALLOCATION_READY -> lane.close(TraceKind.ALLOCATION, now);
            case RECOVERY_STEP -> recovered(lane, now, a, b);
            case FORCE_FAILED, COMMIT_FAILED, ALLOCATION_FAILED -> {
                lane.close(Level.WORK, now);
                instant(lane, now, point, a, b);
            }
            case ALLOCATION_TAKEN -> {
                if (b == 0) {
                    waitedForFile(lane, now - c, now, a);
                }
                instant(lane, now, point, a, b);
            }
            default -> instant(lane, now, point, a, b);
        }
    }

    /// A step is told at its end; it began where the one before ended.
    private static void recovered(Lane lane, long now, long offset, long records) {
        Track work = lane.track(Level.WORK);
        boolean goesOn = !work.isEmpty() && work.kind(work.end() - 1) == TraceKind.RECOVERY;
        lane.add(TraceKind.RECOVERY, goesOn ? work.endNanos(work.end() - 1) : now, now, offset, records);
    }

    /// The append itself begins with the file.
    private static void waitedForFile(Lane lane, long from, long now, long offset) {
        boolean isAppending = lane.isOpen(TraceKind.APPEND);
        lane.close(TraceKind.APPEND, from);
        lane.add(TraceKind.FILE_WAIT, from, now, offset, 0);
        if (isAppending) {
            lane.open(TraceKind.APPEND, now, 0, -1, 0);
        }
    }

    /// Of how many requests the batch is that the force begins for: the lists were swapped right before it.
    private static long batchAt(Lane lane, long now) {
        Track instants = lane.track(Level.INSTANT);
        long last = instants.end() - 1;
        boolean isSwap = last >= instants.first() && instants.kind(last) == TraceKind.LISTS_SWAPPED
                && instants.startNanos(last) <= now;
        return isSwap ? instants.a(last) : 0;
    }

    private static void instant(Lane lane, long now, ProbePoint point, long a, long b) {
        TraceKind.instantOf(point).ifPresent(kind -> lane.add(kind, now, now, a, b));
    }

    private Lane lane(String threadName) {
        // Names are the same object for all events of a thread, which come one after the other.
        if (lastName == threadName) {
            return lastLane;
        }
        Lane lane = lanesByName.get(threadName);
        if (lane == null) {
            lane = newLane(threadName);
        }
        lastName = threadName;
        lastLane = lane;
        return lane;
    }

    private Lane newLane(String threadName) {
        if (lanesByName.size() >= MAX_LANES) {
            lanesByName.values()
                    .stream()
                    .min(Comparator.comparingLong(Lane::lastNanos))
                    .ifPresent(silent -> lanesByName.remove(silent.threadName()));
        }
        var lane = new Lane(threadName, pool);
        lanesByName.put(threadName, lane);
        var lanes = new ArrayList<>(lanesByName.values());
        lanes.sort(ORDER);
        sorted = List.copyOf(lanes);
        return lane;
    }
}
