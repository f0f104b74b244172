package dev.storescope.engine.sim;

import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.ConsumeDriver;
import dev.storescope.engine.load.LoadDriver;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.sim.disk.CutPages;
import dev.storescope.engine.sim.disk.Fault;
import dev.storescope.engine.sim.disk.Faults;
import dev.storescope.engine.sim.world.EventLog;
import dev.storescope.engine.sim.world.SimulatedEnvironment;
import dev.storescope.engine.sim.world.SimulatedEnvironment.Halt;
import dev.storescope.engine.sim.world.WorldStart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// One run of a store in a simulated world: loads, faults, crashes, recoveries, step by step, and as often as wanted the
/// same.
///
/// It stands still but for calls of [#run]; where they stop changes nothing of the run. What is done to it by [#apply] is
/// written down with its step, so that [#recorded()] gives the very same run again, and [#at] any moment of it.
///
/// ```java
/// try (Simulation simulation = Simulation.start(SimulationSpec.builder(config).seed(7).load(load).build())) {
///     simulation.run(Until.event(ProbePoint.FORCE_BEGIN));
///     simulation.apply(new Action.CutPower());
///     simulation.apply(new Action.Reopen());
///     simulation.runWhile(Phase.OPENING);
///     simulation.ledger().counts();
/// }
/// ```
///
/// Threads: one drives; [#snapshot()], [#events()], [#phase()], [#nanos()], [#steps()],
/// [#busyUntil(String)] by any.
public final class Simulation implements AutoCloseable {
    private static final long UNLIMITED = Long.MAX_VALUE;

    private final SimulationSpec spec;
    private final EventLog events;
    private final Faults faults = new Faults();
    private final Ledger ledger = new Ledger();
    private final StoreRun storeRun;
    private final Agenda agenda;
    /// Of the spec, and what was planned since.
    private final List<ScheduledAction> planned;
    private final List<ScheduledAction> applied = new ArrayList<>();
    // Replaced by the driver at each crash, read by any.
    private volatile SimulatedEnvironment world;
    private Optional<StoreSnapshot> lastSeen = Optional.empty();
    private Optional<CutPages> cutPages = Optional.empty();
    private Until until = Until.NEVER;
    private Optional<Pause> stoppedBy = Optional.empty();

    private Simulation(SimulationSpec spec, UnaryOperator<MessageStore> wrapping) {
        this.spec = spec;
        this.events = new EventLog(spec.keeping());
        this.agenda = new Agenda(spec.actions());
        this.planned = new ArrayList<>(spec.actions());
        this.storeRun = new StoreRun(spec.config(), ledger, wrapping);
        enter(WorldStart.of(spec.seed()));
        storeRun.open(world, spec.config());
        spec.loads().forEach(load -> storeRun.startLoad(world, load));
    }

    private void enter(WorldStart start) {
        SimulatedEnvironment next = new SimulatedEnvironment(spec.model(), start, events, faults);
        next.watch(this::told);
        world = next;
    }

    /// A run at its beginning: the store is about to be opened.
    public static Simulation start(SimulationSpec spec) {
        return new Simulation(spec, UnaryOperator.identity());
    }

    /// Likewise, with something around each store that is opened. It becomes no part of the spec: whoever replays the run
    /// has to give it again.
    public static Simulation start(SimulationSpec spec, UnaryOperator<MessageStore> wrapping) {
        return new Simulation(spec, wrapping);
    }

    public SimulationSpec spec() {
        return spec;
    }

    /// The spec that gives this run again, with what was done to it by hand.
    public SimulationSpec recorded() {
        List<ScheduledAction> actions = new ArrayList<>(planned);
        actions.addAll(applied);
        return spec.toBuilder().actions(actions).build();
    }

    /// A run of its own that is where this one was after `step` steps, and will go on as this one did.
    public Simulation at(long step) {
        return replayed(recorded(), Until.step(step));
    }

    /// Likewise, where this one was at a time.
    public Simulation atTime(long nanos) {
        return replayed(recorded(), Until.time(nanos));
    }

    /// Likewise, without what was done by hand from then on: for a run that is to become another one. What the spec had for
    /// later still happens.
    public Simulation branchAt(long step) {
        List<ScheduledAction> kept = new ArrayList<>(planned);
        for (ScheduledAction action : applied) {
            if (action.when() instanceof ScheduledAction.AtStep(long at, long nanos) && at < step) {
                kept.add(action);
            }
        }
        return replayed(spec.toBuilder().actions(kept).build(), Until.step(step));
    }

    private static Simulation replayed(SimulationSpec of, Until moment) {
        Simulation replay = start(of);
        replay.run(moment);
        return replay;
    }

    /// Makes one step: lets one thread go on to its next scheduling point, or does what is to be done now.
    public Pause step() {
        return run(Until.step(steps() + 1));
    }

    public Pause run(Until target) {
        return run(target, UNLIMITED);
    }

    /// Goes on.
    ///
    /// @param budgetSteps how many steps at most, so that whoever calls can look after other things meanwhile
    public Pause run(Until target, long budgetSteps) {
        return run(target, budgetSteps, () -> false);
    }

    /// Goes on while the store is in a phase.
    public Pause runWhile(Phase phase) {
        return run(Until.NEVER, UNLIMITED, () -> phase() != phase);
    }

    private Pause run(Until target, long budgetSteps, BooleanSupplier isEnough) {
        long lastStep = budgetSteps > UNLIMITED - steps() ? UNLIMITED : steps() + budgetSteps;
        until = target;
        try {
            while (true) {
                if (steps() >= target.step() || isEnough.getAsBoolean()) {
                    return Pause.STEP;
                }
                if (steps() >= lastStep) {
                    return Pause.BUDGET;
                }
                Optional<Pause> pause = goOn(Math.min(lastStep, target.step()), target.nanos());
                if (pause.isPresent()) {
                    return pause.get();
                }
            }
        } finally {
            until = Until.NEVER;
        }
    }

    /// @return nothing when there is more to do
    private Optional<Pause> goOn(long toStep, long toNanos) {
        Optional<ScheduledAction> due = agenda.takeDue(steps(), nanos());
        if (due.isPresent()) {
            if (due.get().when() instanceof ScheduledAction.AtStep(long step, long nanos)) {
                world.advanceTo(nanos);
            }
            perform(due.get().action());
            return Optional.empty();
        }
        stoppedBy = Optional.empty();
        long behindNanos = toNanos == Long.MAX_VALUE ? toNanos : toNanos + 1;
        Halt halt = world.run(Math.min(toStep, agenda.nextStep()), Math.min(behindNanos, agenda.nextNanos()));
        if (halt == Halt.STEPS) {
            return stoppedBy;
        }
        if (agenda.nextNanos() != Agenda.NEVER) {
            if (agenda.nextNanos() <= toNanos) {
                world.advanceTo(agenda.nextNanos());
                return Optional.empty();
            }
            world.advanceTo(toNanos);
            return Optional.of(Pause.TIME);
        }
        return switch (halt) {
            case STEPS, HORIZON -> {
                world.advanceTo(toNanos);
                yield Optional.of(Pause.TIME);
            }
            case NOTHING_LEFT -> Optional.of(Pause.NOTHING_LEFT);
            case STUCK -> {
                if (faults().stream().noneMatch(Simulation::holdsSomebody)) {
                    throw world.deadlock();
                }
                yield Optional.of(Pause.HELD);
            }
        };
    }

    private static boolean holdsSomebody(Fault fault) {
        return fault instanceof Fault.HeldService || fault instanceof Fault.StalledForce;
    }

    /// On the thread that tells it.
    private boolean told(String thread, ProbePoint point, long a, long b, long c) {
        if (point == ProbePoint.APPEND) {
            ledger.appended(thread, a, b);
        }
        Until awaited = until;
        if (awaited.event().stopsAt(thread, point, a, b, c)) {
            stoppedBy = Optional.of(Pause.EVENT);
            return true;
        }
        if (awaited.state().isPresent() && snapshot().filter(awaited.state().get()).isPresent()) {
            stoppedBy = Optional.of(Pause.STATE);
            return true;
        }
        return false;
    }

    /// Does something to the world, now. Throws [IllegalStateException] when it cannot be done now; nothing has changed then.
    public void apply(Action action) {
        ScheduledAction.AtStep now = new ScheduledAction.AtStep(steps(), nanos());
        perform(action);
        applied.add(new ScheduledAction(now, action));
    }

    /// Will do something at a step that has not come yet, as if the spec had it: so a run that stands in the past of another
    /// one learns what was done to that one.
    public void plan(ScheduledAction.AtStep when, Action action) {
        if (when.step() < steps()) {
            throw new IllegalArgumentException(
                    "planned action: expected a step from %,d on, found %,d".formatted(steps(), when.step()));
        }
        ScheduledAction added = new ScheduledAction(when, action);
        agenda.add(added, when.step());
        planned.add(added);
    }

    /// Will not do what is still to be done at a step, and is like that.
    public void cancelPlanned(Predicate<ScheduledAction> unwanted) {
        planned.removeAll(agenda.drop(unwanted));
    }

    private void perform(Action action) {
        switch (action) {
            case Action.StartLoad(var load) -> storeRun.startLoad(world, load);
            case Action.UpdateLoad(var index, var load) -> storeRun.updateLoad(index, load);
            case Action.StopLoads() -> storeRun.stopLoads();
            case Action.Burst(var index, var messages) -> storeRun.burst(index, messages);
            case Action.StartConsumer(var consumer) -> storeRun.startConsumer(world, consumer);
            case Action.UpdateConsumer(var consumer) -> storeRun.updateConsumer(consumer);
            case Action.StopConsumer() -> storeRun.stopConsumer();
            case Action.ResetConsumer(var to) -> storeRun.resetConsumer(to);
            case Action.TurnOn(var fault) -> world.turnOn(fault);
            case Action.TurnOff(var fault) -> world.turnOff(fault);
            case Action.KillJvm() -> crash(Crash.Kind.JVM_KILLED);
            case Action.CutPower() -> crash(Crash.Kind.POWER_CUT);
            case Action.Shutdown() -> storeRun.shutdown(world);
            case Action.Reopen() -> storeRun.open(world, storeRun.config());
            case Action.ReopenWith(var config) -> storeRun.open(world, config);
            case Action.Rebuild() -> storeRun.rebuild(world);
            case Action.RestartWith(var config) -> storeRun.restart(world, config);
        }
        world.countStep(action.getClass().getSimpleName().hashCode());
    }

    private void crash(Crash.Kind kind) {
        ledger.crashed(kind, steps(), nanos(), storeRun.pointers());
        lastSeen = storeRun.lastSeen();
        WorldStart next = switch (kind) {
            case JVM_KILLED -> world.killJvm();
            case POWER_CUT -> world.cutPower();
        };
        cutPages = world.disk().cutPages();
        storeRun.crashed();
        enter(next);
    }

    /// Steps until now: scheduling points, and what was done from outside. They go on over crashes.
    public long steps() {
        return world.steps();
    }

    /// The clock: since the beginning. It goes on over crashes, and stands while the run does.
    public long nanos() {
        return world.nanoTime();
    }

    /// When a thread that does something which takes time will be done with it; see
    /// [SimulatedEnvironment#busyUntil].
    public OptionalLong busyUntil(String threadName) {
        return world.busyUntil(threadName);
    }

    /// A hash of everything that has happened: equal runs have equal ones.
    public long traceHash() {
        return world.traceHash();
    }

    /// A hash of what is on the platter.
    public long platterHash() {
        return world.disk().platterHash();
    }

    /// Every event until now; goes on over crashes.
    public EventLog events() {
        return events;
    }

    public Ledger ledger() {
        return ledger;
    }

    public Phase phase() {
        return storeRun.phase();
    }

    /// The crash that ended the store before the one that there is, or is to be; nothing when that one was stopped, or there
    /// was none.
    public Optional<Crash> lastCrash() {
        List<Crash> crashes = ledger.crashes();
        return storeRun.diedLast() && !crashes.isEmpty() ? Optional.of(crashes.getLast()) : Optional.empty();
    }

    /// What there was to see of the store when it died in [#lastCrash()]; nothing when it had not come so far that anything
    /// was known of it.
    public Optional<StoreSnapshot> lastSeen() {
        return storeRun.diedLast() ? lastSeen : Optional.empty();
    }

    /// What became of the pages of the disk in [#lastCrash()], when that was a power cut.
    public Optional<CutPages> cutPages() {
        return storeRun.diedLast() ? cutPages : Optional.empty();
    }

    /// Why the store could not be opened; "" when it could.
    public String failure() {
        return storeRun.failure();
    }

    /// The settings of the store that is open, or was last.
    public MessageStoreConfig config() {
        return storeRun.config();
    }

    /// Of the store that there is; nothing before it is made and after a crash.
    public Optional<StoreSnapshot> snapshot() {
        return storeRun.snapshot();
    }

    /// The store that there is: for reading. Whatever waits for something lets the world run, and is no part of the
    /// recorded run.
    public Optional<MessageStore> store() {
        return storeRun.store();
    }

    /// Of the loads of this store, in the order in which they were started.
    public List<LoadSnapshot> loads() {
        return storeRun.loads();
    }

    /// Loads that begin as soon as a store runs.
    public List<LoadSpec> waitingLoads() {
        return storeRun.waitingLoads();
    }

    /// What [#loads()] is of, for their latencies.
    public List<LoadDriver> loadDrivers() {
        return storeRun.drivers();
    }

    /// The consumer of this store; nothing before one was started.
    public Optional<ConsumeDriver> consumer() {
        return storeRun.consumer();
    }

    /// The last one; nothing before it.
    public Optional<Rebuild> lastRebuild() {
        return storeRun.lastRebuild();
    }

    /// The faults that are on.
    public List<Fault> faults() {
        return faults.all();
    }

    /// The world of the moment: each crash ends one, and the next takes its place.
    public SimulatedEnvironment world() {
        return world;
    }

    /// Ends the run; no thread is left.
    @Override
    public void close() {
        world.close();
    }
}
