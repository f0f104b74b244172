package dev.storescope.engine.sim.world;

import dev.storescope.engine.env.StoreThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A thread of a simulated world: a virtual one that runs only while it has the baton.
///
/// Threads: all fields but `turn` are used by whoever has the baton, which hands them on.
final class SimThread implements StoreThread {
    static final long NEVER = Long.MAX_VALUE;
    private static final int NOWHERE = -1;

    final String name;
    /// The number of its name in the event log.
    final int nameIndex;
    /// Who waits for its end.
    final List<SimThread> joiners = new ArrayList<>();
    private final Baton baton;
    private final Runnable task;
    private Thread thread;
    // Set by whoever hands the baton on, cleared by this thread when it takes it.
    private volatile boolean turn;
    // Written by this thread, read by any.
    private volatile boolean ended;
    /// Its place among the runnable ones.
    int runnableIndex = NOWHERE;
    /// Its place among those that wait for a time.
    int heapIndex = NOWHERE;
    long dueNanos = NEVER;
    long dueSequence;
    /// Whether somebody ended its wait.
    boolean woken;
    /// Counts its waits, so that who comes too late to end one ends no other.
    long waits;
    /// What it waits for, as text or something that has one; meaningful while it is not runnable.
    Object waitsFor = "its first turn";

    SimThread(Baton baton, String name, int nameIndex, Runnable task) {
        this.baton = baton;
        this.name = name;
        this.nameIndex = nameIndex;
        this.task = task;
    }

    /// Stands for the thread from outside that drives the world, while it waits for something in it.
    static SimThread outside(Baton baton, int nameIndex) {
        SimThread outside = new SimThread(baton, "outside", nameIndex, () -> {
        });
        outside.waitsFor = "nothing";
        return outside;
    }

    boolean isRunnable() {
        return runnableIndex != NOWHERE;
    }

    boolean isStarted() {
        return thread != null;
    }

    /// Whoever looks from outside while the world runs must not become part of it.
    void requireCaller() {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException(
                    "a simulated world was asked for something by %s, from outside, while its thread %s runs: expected it to stand"
                            .formatted(Thread.currentThread(), name));
        }
    }

    /// Gives it the baton.
    void takeOver() {
        if (thread == null) {
            thread = Thread.ofVirtual().name(name).unstarted(this::run);
            thread.start();
        } else {
            turn = true;
            LockSupport.unpark(thread);
        }
    }

    /// Returns when it has been given the baton.
    void awaitTurn() {
        while (!turn) {
            LockSupport.park(this);
        }
        turn = false;
    }

    private void run() {
        try {
            task.run();
        } catch (WorldEndedError e) {
            // as it is meant to end
        } catch (RuntimeException | Error e) {
            baton.died(this, e);
        } finally {
            ended = true;
            baton.ended(this);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isAlive() {
        return !ended;
    }

    @Override
    public boolean join(long timeoutNs) {
        return baton.join(this, timeoutNs);
    }
}
