package dev.storescope.engine.sim.world;

import dev.storescope.engine.api.PutMessageLockKind;
import dev.storescope.engine.env.PutMessageLock;
import dev.storescope.engine.env.StepGate;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.env.StoreMemory;
import dev.storescope.engine.env.StoreThread;
import dev.storescope.engine.env.Wakeup;
import dev.storescope.engine.probe.ProbeReader;
import dev.storescope.engine.probe.StoreProbe;
import dev.storescope.engine.sim.disk.DiskImage;
import dev.storescope.engine.sim.disk.DiskModel;
import dev.storescope.engine.sim.disk.Fault;
import dev.storescope.engine.sim.disk.Faults;
import dev.storescope.engine.sim.disk.SimulatedDisk;
import dev.storescope.engine.sim.disk.World;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/// A world of its own: its threads take turns in an order that is drawn from a seed, its clock moves by a [DiskModel], its
/// disk is a [SimulatedDisk]. The same seed gives the same run, to the byte and to the nanosecond.
///
/// It stands still until it is driven: by [#run], or by a call from outside that waits for something in it (a store's
/// start, say), which lets it run for as long as that takes. It has no thread of its own.
///
/// [#cutPower()] and [#killJvm()] end it and give the next one, in which clock, steps and chance go on. Whoever still
/// calls an ended world gets an error that must pass all the way up: its threads unwind and end, and have no effect.
///
/// Threads: one from outside drives and changes it. What only looks (clocks, [#events()], states of services) may be
/// called by any.
public final class SimulatedEnvironment implements StoreEnvironment, AutoCloseable {
    /// 2026-01-01T08:00:00Z, as good a moment as any.
    private static final long BEGINS_AT_MILLIS = 1_767_254_400_000L;
    private static final long NS_PER_MS = 1_000_000;
    private static final long PROCESS_ID = 1;
    private static final String OUTSIDE = "outside";

    private final DiskModel model;
    private final Chance chance;
    private final EventLog events;
    private final Faults faults;
    private final Baton baton;
    private final SimulatedDisk disk;
    private final SimMemory memory;
    private final SimGate gate;
    private final SimProbe probe;
    private final List<SimThread> stalled = new ArrayList<>();

    /// A new world with an empty disk.
    public SimulatedEnvironment(long seed, DiskModel model) {
        this(model, WorldStart.of(seed), new EventLog(EventLog.Keeping.ALL), new Faults());
    }

    /// A world that goes on from `start`.
    ///
    /// @param events goes on
    /// @param faults those that are on; it is used and changed
    public SimulatedEnvironment(DiskModel model, WorldStart start, EventLog events, Faults faults) {
        this.model = model;
        this.chance = start.chance().copy();
        this.events = events;
        this.faults = faults;
        this.baton = new Baton(chance.turns(), start.progress(), events.nameIndex(OUTSIDE));
        this.gate = new SimGate(baton);
        this.probe = new SimProbe(baton, model, events, gate);
        this.memory = new SimMemory(baton, faults);
        this.disk = new SimulatedDisk(new DiskWorld(), model, faults, chance.disk(), start.disk());
        for (Fault fault : faults.all()) {
            begin(fault);
        }
    }

    /// Why a world stands still.
    public enum Halt {
        /// It has made its steps, or was told to stop.
        STEPS,
        /// Whatever comes next comes later.
        HORIZON,
        /// No thread is left.
        NOTHING_LEFT,
        /// There are threads, and none can ever go on by itself: [#deadlock()] says who waits for what.
        STUCK
    }

    /// Lets the world run until it has made `toStep` steps in all, a watcher stops it, or the next moment lies at or behind
    /// `beforeNanos`.
    public Halt run(long toStep, long beforeNanos) {
        return baton.drive(toStep, beforeNanos);
    }

    /// Who waits for what in a world that is [Halt#STUCK].
    public DeadlockException deadlock() {
        return baton.deadlock();
    }

    /// Sets who is told of each event, and may stop the world at it.
    public void watch(EventWatcher watcher) {
        probe.watch(watcher);
    }

    /// Scheduling points until now, in all the worlds that this one goes on from.
    public long steps() {
        return baton.steps();
    }

    /// A hash of all turns and events until now: two runs that are the same have the same.
    public long traceHash() {
        return baton.progress().hash();
    }

    public EventLog events() {
        return events;
    }

    /// When a thread that does something which takes time will be done with it, a force, say; when it was done with the last
    /// such thing while it does none. Nothing for one that never did any. By any thread.
    public OptionalLong busyUntil(String threadName) {
        return baton.busyUntil(events.knownNameIndex(threadName));
    }

    /// When each thread that now does something which takes time will be done with it. By whoever drives.
    public Map<String, Long> busyThreads() {
        return baton.busyThreads();
    }

    /// A reader of what is told from now on; it misses nothing.
    public ProbeReader newProbeReader() {
        return events.newReader();
    }

    /// Threads that have not ended.
    public int aliveThreads() {
        return baton.aliveThreads();
    }

    /// Name of the thread of the world that calls.
    public String currentThread() {
        return baton.caller().name;
    }

    /// The run stops at the next scheduling point, for its driver to look.
    public void stopSoon() {
        if (!baton.hasEnded()) {
            baton.stopSoon();
        }
    }

    /// A step of whoever drives: he did something to the world, and it becomes part of the run.
    ///
    /// @param what tells it from other things
    public void countStep(long what) {
        baton.requireAlive();
        baton.countStep(what);
    }

    /// Lets time pass in which nothing is due.
    public void advanceTo(long nanos) {
        baton.requireAlive();
        baton.advanceTo(nanos);
    }

    public void turnOn(Fault fault) {
        baton.requireAlive();
        faults.turnOn(fault);
        begin(fault);
    }

    public void turnOff(Fault fault) {
        baton.requireAlive();
        faults.turnOff(fault);
        switch (fault) {
            case Fault.HeldService(String service) -> gate.release(service);
            case Fault.StalledForce() -> stalled.forEach(thread -> baton.wake(thread, thread.waits, 0));
            default -> {
                // asked about when it matters
            }
        }
    }

    private void begin(Fault fault) {
        if (fault instanceof Fault.HeldService(String service)) {
            gate.hold(service);
        }
    }

    /// The faults that are on.
    public List<Fault> faults() {
        return faults.all();
    }

    /// Kills the process: memory and threads are gone, the system with its page cache goes on.
    public WorldStart killJvm() {
        return end(disk.kill());
    }

    /// Cuts the power: of what was not forced, a part that is drawn is left.
    public WorldStart cutPower() {
        return end(disk.powerCut(chance.crashes()));
    }

    private WorldStart end(DiskImage image) {
        baton.end();
        WorldStart next = new WorldStart(chance, baton.progress(), image).copy();
        disk.release();
        memory.release();
        return next;
    }

    /// Ends the world and its threads; nothing is left of it.
    @Override
    public void close() {
        if (!baton.hasEnded()) {
            baton.end();
            disk.release();
            memory.release();
        }
    }

    public boolean hasEnded() {
        return baton.hasEnded();
    }

    @Override
    public long nanoTime() {
        return baton.nowNanos();
    }

    @Override
    public long currentTimeMillis() {
        return BEGINS_AT_MILLIS + baton.nowNanos() / NS_PER_MS
                + faults.sum(Fault.ClockJump.class, Fault.ClockJump::millis);
    }

    /// The same on every machine.
    @Override
    public ZoneId zone() {
        return ZoneOffset.UTC;
    }

    /// A name that another thread has gets a number behind it.
    @Override
    public StoreThread start(String name, Runnable task) {
        String unique = name;
        for (int number = 2; baton.isNameTaken(unique); number++) {
            unique = name + "#" + number;
        }
        return baton.add(new SimThread(baton, unique, events.nameIndex(unique), task));
    }

    @Override
    public StoreThread startLight(String name, Runnable task) {
        return start(name, task);
    }

    @Override
    public void sleep(long durationNs) {
        baton.sleep(durationNs);
    }

    @Override
    public Wakeup newWakeup(String name) {
        return new SimWakeup(baton, name, model.handOverNs());
    }

    @Override
    public PutMessageLock newPutMessageLock(PutMessageLockKind kind) {
        return new SimLock(baton, kind, model.handOverNs());
    }

    @Override
    public boolean await(CompletableFuture<?> completion, long timeoutNs) {
        if (completion.isDone() || timeoutNs <= 0) {
            baton.point();
            return completion.isDone();
        }
        SimThread me = baton.caller();
        long wait = me.waits + 1;
        completion.whenComplete((result, failure) -> baton.wake(me, wait, model.handOverNs()));
        baton.block(timeoutNs, "a completion");
        return completion.isDone();
    }

    @Override
    public SimulatedDisk disk() {
        return disk;
    }

    public DiskModel model() {
        return model;
    }

    @Override
    public StoreMemory memory() {
        return memory;
    }

    @Override
    public StoreProbe probe() {
        return probe;
    }

    @Override
    public StepGate stepGate() {
        return gate;
    }

    @Override
    public long processId() {
        return PROCESS_ID;
    }

    /// What the disk sees of this world.
    private final class DiskWorld implements World {
        @Override
        public long nanoTime() {
            return baton.nowNanos();
        }

        @Override
        public void sleep(long durationNs) {
            baton.sleep(durationNs);
        }

        @Override
        public void awaitEndOf(Fault fault) {
            SimThread me = baton.caller();
            stalled.add(me);
            while (faults.isOn(fault)) {
                baton.block(SimThread.NEVER, "the end of " + fault);
            }
            stalled.remove(me);
        }

        @Override
        public void requireAlive() {
            baton.requireAlive();
        }
    }
}
