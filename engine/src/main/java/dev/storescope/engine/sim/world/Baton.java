package dev.storescope.engine.sim.world;

import dev.storescope.engine.sim.disk.Draws;
import dev.storescope.engine.sim.world.SimulatedEnvironment.Halt;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// Who runs, and when: the threads of a world, one at a time, and a clock that stands while one runs.
///
/// A thread goes on until it comes to a scheduling point. There the next one is drawn among those that can run; when
/// none can, the clock jumps to the next moment for which one waits. The threads hand the baton to each other; the
/// thread from outside that drives gets it back when the world comes to where it is to stop. Where it stops changes
/// nothing of the run: whoever is next is drawn when it goes on.
///
/// A driver that asks something of the world that takes time takes part in it until it has its answer.
///
/// Threads: whoever has the baton; [#nowNanos()] and [#busyUntil(int)] by any.
final class Baton {
    private static final System.Logger LOG = System.getLogger(Baton.class.getName());
    private static final int FIRST_CAPACITY = 16;

    private final Draws draws;
    private final SimThread outside;
    private final List<SimThread> alive = new ArrayList<>();
    private final DueHeap waiting = new DueHeap();
    private SimThread[] runnable = new SimThread[FIRST_CAPACITY];
    private int runnableCount;
    /// Null while the driver has the baton.
    private SimThread current;
    private Thread driver;
    // Set by whoever gives the baton back, cleared by the driver.
    private volatile boolean driverTurn;
    // Written by whoever has the baton, read by any.
    private volatile long nowNanos;
    private volatile boolean ended;
    // When those that let time pass will go on, by the number of their name. Written, and replaced by a longer one, by
    // whoever has the baton; read by any.
    private volatile AtomicLongArray busyUntil = new AtomicLongArray(FIRST_CAPACITY);
    private long steps;
    private long hash;
    private long stopAtStep = SimThread.NEVER;
    private long horizonNanos = SimThread.NEVER;

    /// @param begin where clock, steps and hash go on
    Baton(Draws draws, Progress begin, int outsideNameIndex) {
        this.draws = draws;
        this.outside = SimThread.outside(this, outsideNameIndex);
        this.nowNanos = begin.nowNanos();
        this.steps = begin.steps();
        this.hash = begin.hash();
    }

    /// How far a world has come.
    ///
    /// @param hash of every turn and every event until now
    record Progress(long nowNanos, long steps, long hash) {
    }

    Progress progress() {
        return new Progress(nowNanos, steps, hash);
    }

    long nowNanos() {
        return nowNanos;
    }

    long steps() {
        return steps;
    }

    /// The thread of the world that calls, or the one that stands for the driver.
    SimThread caller() {
        return current == null ? outside : current;
    }

    boolean isOutside() {
        return current == null;
    }

    boolean hasEnded() {
        return ended;
    }

    /// Throws when the world has ended.
    void requireAlive() {
        if (ended) {
            throw new WorldEndedError();
        }
    }

    void mixIn(long value) {
        hash = Draws.mixed(hash, value);
    }

    /// Stops at the next scheduling point.
    void stopSoon() {
        stopAtStep = Math.min(stopAtStep, steps);
    }

    /// A step of the driver's own: something was done to the world.
    void countStep(long what) {
        steps++;
        mixIn(what);
    }

    SimThread add(SimThread thread) {
        requireAlive();
        alive.add(thread);
        makeRunnable(thread);
        point();
        return thread;
    }

    boolean isNameTaken(String name) {
        for (SimThread thread : alive) {
            if (thread.name.equals(name)) {
                return true;
            }
        }
        return false;
    }

    int aliveThreads() {
        return alive.size();
    }

    /// A scheduling point: another thread may go on here. Nothing from outside.
    void point() {
        SimThread me = current;
        if (ended) {
            throw new WorldEndedError();
        }
        if (me == null) {
            return;
        }
        me.requireCaller();
        steps++;
        hash = Draws.mixed(hash, me.nameIndex);
        if (runnableCount == 1 && steps < stopAtStep) {
            return;
        }
        SimThread next = chooseUnlessStopped();
        if (next != me) {
            handOver(me, next);
        }
    }

    /// Lets so much time pass for the caller.
    void sleep(long durationNs) {
        if (durationNs <= 0) {
            point();
        } else {
            busyUntil(caller().nameIndex, nowNanos + durationNs);
            block(durationNs, "a time to pass");
        }
    }

    private void busyUntil(int nameIndex, long nanos) {
        AtomicLongArray all = busyUntil;
        if (nameIndex >= all.length()) {
            var longer = new AtomicLongArray(2 * nameIndex);
            for (int i = 0; i < all.length(); i++) {
                longer.setPlain(i, all.getPlain(i));
            }
            all = longer;
            busyUntil = all;
        }
        all.setRelease(nameIndex, nanos);
    }

    /// When a thread will go on, or went on, that lets or let time pass; nothing for one that never did.
    OptionalLong busyUntil(int nameIndex) {
        AtomicLongArray all = busyUntil;
        long nanos = nameIndex < 0 || nameIndex >= all.length() ? 0 : all.getAcquire(nameIndex);
        return nanos == 0 ? OptionalLong.empty() : OptionalLong.of(nanos);
    }

    /// Those that let time pass now, by name, with when they will go on.
    Map<String, Long> busyThreads() {
        Map<String, Long> busy = new LinkedHashMap<>();
        for (SimThread thread : alive) {
            busyUntil(thread.nameIndex).ifPresent(until -> {
                if (until >= nowNanos) {
                    busy.put(thread.name, until);
                }
            });
        }
        return busy;
    }

    /// Waits until somebody wakes the caller or the time is over.
    ///
    /// @param timeoutNs [SimThread#NEVER] to wait without limit
    /// @return whether somebody did
    boolean block(long timeoutNs, Object waitsFor) {
        requireAlive();
        SimThread me = caller();
        if (me != outside) {
            me.requireCaller();
        }
        steps++;
        hash = Draws.mixed(hash, me.nameIndex);
        me.woken = false;
        me.waits++;
        me.waitsFor = waitsFor;
        if (me == outside) {
            blockOutside(timeoutNs);
        } else {
            removeRunnable(me);
            waitFor(me, timeoutNs);
            SimThread next = chooseUnlessStopped();
            if (next != me) {
                handOver(me, next);
            }
        }
        return me.woken;
    }

    private void waitFor(SimThread thread, long timeoutNs) {
        long now = nowNanos;
        if (timeoutNs < SimThread.NEVER - now) {
            waiting.add(thread, now + timeoutNs);
        } else {
            thread.dueNanos = SimThread.NEVER;
        }
    }

    private void blockOutside(long timeoutNs) {
        long stopBefore = stopAtStep;
        long horizonBefore = horizonNanos;
        stopAtStep = SimThread.NEVER;
        horizonNanos = SimThread.NEVER;
        waitFor(outside, timeoutNs);
        try {
            SimThread next = chooseUnlessStopped();
            if (next != outside && next != null) {
                giveTo(next);
            }
            if (!outside.isRunnable()) {
                waiting.remove(outside);
                throw deadlock();
            }
        } finally {
            if (outside.isRunnable()) {
                removeRunnable(outside);
            }
            stopAtStep = stopBefore;
            horizonNanos = horizonBefore;
        }
        requireAlive();
    }

    /// Ends the wait that the thread is in, after a while.
    ///
    /// @param wait its number: nothing happens when it is over already
    void wake(SimThread thread, long wait, long delayNs) {
        if (ended || thread.isRunnable() || thread.woken || thread.waits != wait) {
            return;
        }
        thread.woken = true;
        long due = nowNanos + delayNs;
        if (delayNs <= 0) {
            waiting.remove(thread);
            makeRunnable(thread);
        } else if (due < thread.dueNanos || thread.dueNanos == SimThread.NEVER) {
            waiting.remove(thread);
            waiting.add(thread, due);
        }
    }

    boolean join(SimThread thread, long timeoutNs) {
        requireAlive();
        if (thread.isAlive() && timeoutNs > 0) {
            SimThread me = caller();
            thread.joiners.add(me);
            block(timeoutNs, "the end of " + thread.name);
            thread.joiners.remove(me);
        }
        return !thread.isAlive();
    }

    /// Lets the world run until it has made so many steps, something stops it, or nothing is left to do before a time.
    ///
    /// @param toStep not beyond
    /// @param beforeNanos the clock does not reach this
    /// @return why it stopped
    Halt drive(long toStep, long beforeNanos) {
        requireAlive();
        stopAtStep = toStep;
        horizonNanos = beforeNanos;
        SimThread next = chooseUnlessStopped();
        if (next != null) {
            giveTo(next);
        }
        if (runnableCount > 0 || steps >= stopAtStep) {
            return Halt.STEPS;
        }
        if (waiting.firstDueNanos() != SimThread.NEVER) {
            return Halt.HORIZON;
        }
        return alive.isEmpty() ? Halt.NOTHING_LEFT : Halt.STUCK;
    }

    /// Moves the clock on while nobody is due before.
    void advanceTo(long nanos) {
        nowNanos = Math.max(nowNanos, nanos);
    }

    private void giveTo(SimThread next) {
        driver = Thread.currentThread();
        current = next;
        next.takeOver();
        while (!driverTurn) {
            LockSupport.park(this);
        }
        driverTurn = false;
    }

    private void giveBack() {
        current = null;
        Thread to = driver;
        driverTurn = true;
        LockSupport.unpark(to);
    }

    private SimThread chooseUnlessStopped() {
        if (steps >= stopAtStep || runnableCount == 0 && !advanceClock()) {
            return null;
        }
        return runnableCount == 1 ? runnable[0] : runnable[draws.below(runnableCount)];
    }

    /// @return false when nobody is due before the horizon
    private boolean advanceClock() {
        long due = waiting.firstDueNanos();
        if (due == SimThread.NEVER || due >= horizonNanos) {
            return false;
        }
        if (due > nowNanos) {
            nowNanos = due;
        }
        while (waiting.firstDueNanos() == due) {
            makeRunnable(waiting.takeFirst());
        }
        return true;
    }

    /// @param next nobody to give the baton back to the driver
    private void handOver(SimThread me, SimThread next) {
        pass(next);
        me.awaitTurn();
        if (ended) {
            throw new WorldEndedError();
        }
    }

    private void pass(SimThread next) {
        if (next == null || next == outside) {
            giveBack();
        } else {
            current = next;
            next.takeOver();
        }
    }

    private void makeRunnable(SimThread thread) {
        if (runnableCount == runnable.length) {
            runnable = Arrays.copyOf(runnable, 2 * runnableCount);
        }
        thread.runnableIndex = runnableCount;
        runnable[runnableCount++] = thread;
    }

    private void removeRunnable(SimThread thread) {
        SimThread last = runnable[--runnableCount];
        runnable[thread.runnableIndex] = last;
        last.runnableIndex = thread.runnableIndex;
        runnable[runnableCount] = null;
        thread.runnableIndex = -1;
    }

    void died(SimThread thread, Throwable failure) {
        LOG.log(Level.ERROR, thread.name + " died", failure);
    }

    void ended(SimThread thread) {
        alive.remove(thread);
        if (ended) {
            giveBack();
            return;
        }
        steps++;
        hash = Draws.mixed(hash, thread.nameIndex);
        removeRunnable(thread);
        for (SimThread joiner : thread.joiners) {
            wake(joiner, joiner.waits, 0);
        }
        pass(chooseUnlessStopped());
    }

    /// Ends the world: each of its threads unwinds, one after the other, and whatever it still asks of the world is
    /// refused. By the driver.
    void end() {
        if (current != null) {
            throw new IllegalStateException("expected the driver to end the world, found its thread " + current.name);
        }
        ended = true;
        for (SimThread thread : List.copyOf(alive)) {
            if (thread.isStarted()) {
                giveTo(thread);
            }
        }
        alive.clear();
        runnableCount = 0;
        Arrays.fill(runnable, null);
    }

    DeadlockException deadlock() {
        return new DeadlockException("no thread can run and none is due at %d ns: %s".formatted(nowNanos,
                alive.isEmpty()
                        ? "there is none"
                        : alive.stream().map(Baton::describe).collect(Collectors.joining("; "))));
    }

    private static String describe(SimThread thread) {
        return thread.name + " waits for " + thread.waitsFor;
    }
}
