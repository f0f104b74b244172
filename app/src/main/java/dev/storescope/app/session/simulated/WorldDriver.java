package dev.storescope.app.session.simulated;

import dev.storescope.app.session.scenario.Ending;
import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.app.session.scenario.ScenarioRun;
import dev.storescope.app.session.scenario.ScenarioRun.Stop;
import dev.storescope.app.session.simulated.CommandQueue.Needs;
import dev.storescope.app.session.simulated.WorldReading.Standing;
import dev.storescope.app.session.simulated.WorldReading.Why;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.ConsumeSpec;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.sim.Action;
import dev.storescope.engine.sim.Crash;
import dev.storescope.engine.sim.Pause;
import dev.storescope.engine.sim.Phase;
import dev.storescope.engine.sim.Simulation;
import dev.storescope.engine.sim.Until;
import dev.storescope.engine.sim.disk.CutPages;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.HdrHistogram.Histogram;

/// Drives a simulated world on a thread of its own: runs it at a speed, steps it, goes back in it, and does between two
/// slices of its steps what it is told to.
///
/// What is seen of it is a [WorldView], made by that thread after each slice and each command: numbers in it are of one
/// moment, and whoever reads it never waits.
///
/// Threads: any; what begins with "On the driver's thread" says so.
public final class WorldDriver implements SimulatedWorld, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WorldDriver.class.getName());
    private static final long SLICE_NS = 4_000_000;
    private static final long CHUNK_STEPS = 500;
    /// In a slice of a slowed-down world so many steps at most are filmed one by one.
    private static final int FILMED_STEPS = 20;
    /// So many events are kept even when nobody has read them.
    private static final long KEPT_EVENTS = 1_000_000;

    private final LongSupplier realNanos;
    private final WorldListener listener;
    private final CommandQueue commands = new CommandQueue();
    private final LatencyTap latencies = new LatencyTap();
    private final WorldLens lens = new WorldLens();
    private final Thread thread;
    // Written by the driver's thread, read by any.
    private volatile WorldView view;
    // The rest is the driver's thread's own.
    private WorldRun world;
    private final Pace pace;
    private Watch watch;
    private List<Moment> breakpoints;
    private Standing standing = Standing.STANDS;
    private Why why = new Why.Asked();
    private Optional<Errand> errand = Optional.empty();
    private Optional<WorldRun.Journey> journey = Optional.empty();
    private final Lookback lookback;
    private boolean isAllPrepared;
    private boolean isClosed;

    /// @param begin what the first world is
    /// @param speed of the first world
    /// @param realNanos the clock of whoever looks
    public WorldDriver(Scenario begin, Speed speed, WorldListener listener, LongSupplier realNanos) {
        this.realNanos = realNanos;
        this.listener = listener;
        world = WorldRun.begin(begin);
        breakpoints = begin.breakpoints();
        pace = new Pace(speed, realNanos.getAsLong(), simulation().nanos());
        lookback = new Lookback(() -> world, realNanos);
        watch = new Watch(List.of(), simulation());
        lens.begin(world);
        publish();
        thread = Thread.ofPlatform().name("simulation").daemon(true).start(this::drive);
    }

    /// Somebody waits until the world has come somewhere.
    ///
    /// @param isThere whether it has
    /// @param watch for moments that are told by events
    /// @param then what is done there
    private record Errand(Supplier<Boolean> isThere, Watch watch, CompletableFuture<Void> done, Runnable then) {
        private Errand(Supplier<Boolean> isThere, Watch watch, CompletableFuture<Void> done) {
            this(isThere, watch, done, () -> {
            });
        }
    }

    // --- for any thread ---

    /// What is seen now.
    public WorldView view() {
        return view;
    }

    @Override
    public WorldReading read() {
        return view.world();
    }

    @Override
    public OptionalLong busyUntil(String threadName) {
        return view.busyUntil().apply(threadName);
    }

    @Override
    public Optional<StoreSnapshot> lastSeen() {
        return view.lastSeen();
    }

    @Override
    public Optional<CutPages> cutPages() {
        return view.cutPages();
    }

    @Override
    public CompletableFuture<Void> run() {
        return command(() -> goOn(Standing.RUNS));
    }

    @Override
    public CompletableFuture<Void> pause() {
        return commands.addUrgent(() -> {
            giveUpJourney();
            stand(new Why.Asked());
        });
    }

    @Override
    public CompletableFuture<Void> step() {
        return commands.addWithEnd(Needs.SIGHT, done -> {
            stand(new Why.Asked());
            if (lookback.still().isEmpty()) {
                stepRun();
                commands.later(done);
            } else if (lookback.on()) {
                commands.later(done);
            } else {
                travel(lookback.follower(), new Errand(() -> false, watch, done, this::stepRun));
            }
        });
    }

    private void stepRun() {
        long before = simulation().steps();
        Stop stop = world.runStep(Until.NEVER);
        if (simulation().steps() == before) {
            whyOf(stop).ifPresent(this::stand);
        }
    }

    @Override
    public CompletableFuture<Void> stepBack() {
        return commands.addWithEnd(Needs.SIGHT, done -> {
            stand(new Why.Asked());
            if (lookback.step() == 0 || lookback.back()) {
                commands.later(done);
            } else {
                errand = Optional.of(new Errand(() -> false, watch, done));
                standing = Standing.TRAVELS;
            }
        });
    }

    @Override
    public CompletableFuture<Void> runTo(Moment moment) {
        return commands.addWithEnd(Needs.RUN, done -> {
            stand(new Why.Asked());
            runUntil(() -> false, new Watch(List.of(moment), simulation()), done);
        });
    }

    @Override
    public CompletableFuture<Void> travelTo(long nanos) {
        return commands.addWithEnd(Needs.NOTHING_AT_ALL, done -> {
            giveUpJourney();
            stand(new Why.Asked());
            lookback.glance(nanos);
            travel(world.toTime(nanos), new Errand(() -> false, watch, done));
        });
    }

    @Override
    public CompletableFuture<Void> setSpeed(Speed speed) {
        return commands.addWithEnd(Needs.SIGHT, done -> {
            pace.setSpeed(speed, realNanos.getAsLong(), simulation().nanos());
            commands.later(done);
        });
    }

    @Override
    public CompletableFuture<Void> setBreakpoints(List<Moment> moments) {
        List<Moment> wanted = List.copyOf(moments);
        return commands.addWithEnd(Needs.SIGHT, done -> {
            breakpoints = wanted;
            watch = new Watch(breakpoints, simulation());
            commands.later(done);
        });
    }

    @Override
    public CompletableFuture<Void> begin(long seed) {
        return command(() -> beginAnew(asItIs().withSeed(seed), breakpoints));
    }

    @Override
    public CompletableFuture<Void> begin(Scenario scenario) {
        return command(() -> beginAnew(scenario, scenario.breakpoints()));
    }

    @Override
    public CompletableFuture<Void> begin(UnaryOperator<Scenario> change) {
        return command(() -> beginAnew(change.apply(asItIs()), breakpoints));
    }

    @Override
    public CompletableFuture<Scenario> recorded() {
        return commands.add(() -> world.recorded());
    }

    @Override
    public CompletableFuture<List<Branch>> branches() {
        return commands.add(() -> world.branches());
    }

    @Override
    public CompletableFuture<Void> show(int number) {
        return commands.addWithEnd(Needs.RUN, done -> {
            stand(new Why.Asked());
            world.show(number);
            Optional<WorldRun.Journey> wayBack = world.wayBack();
            if (wayBack.isPresent()) {
                travel(wayBack.get(), new Errand(() -> false, watch, done));
            } else {
                done.complete(null);
            }
        });
    }

    @Override
    public CompletableFuture<Void> crash(Crash.Kind kind) {
        return act(simulation -> Crashes.crash(simulation, kind));
    }

    @Override
    public CompletableFuture<Void> reopen() {
        return act(_ -> List.of(new Action.Reopen()));
    }

    @Override
    public CompletableFuture<LedgerReading> ledger() {
        return ask(LedgerReading::of);
    }

    /// Does something to the world, now.
    ///
    /// @param what of the world as it is then; it throws when it cannot be done
    public CompletableFuture<Void> act(Function<Simulation, List<Action>> what) {
        return command(() -> doActions(what));
    }

    /// Likewise, and then lets the world go on, as fast as it goes, until its store is open, or will not be. It stands still
    /// then if it did before.
    public CompletableFuture<Void> actUntilOpen(Function<Simulation, List<Action>> what) {
        return commands.addWithEnd(Needs.RUN, done -> {
            doActions(what);
            if (standing == Standing.RUNS) {
                done.complete(null);
            } else {
                runUntil(() -> isSettled(simulation().phase()), new Watch(List.of(), simulation()), done);
            }
        });
    }

    private static boolean isSettled(Phase phase) {
        return switch (phase) {
            case OPENING, CLOSING -> false;
            case RUNNING, CLOSED, CRASHED, FAILED -> true;
        };
    }

    /// Latencies of the load that was started last, since the last call; nothing without a load.
    public Optional<Histogram> takeLatency() {
        return view.driver().map(_ -> latencies.take());
    }

    /// Asks something of the world; it must not change it.
    public <T> CompletableFuture<T> ask(Function<Simulation, T> question) {
        return commands.addQuestion(() -> question.apply(simulation()));
    }

    /// Asks something that takes time of the world: a copy of it answers, in which that time passes.
    public <T> CompletableFuture<T> askCopy(Function<Simulation, T> question) {
        return commands.addQuestion(() -> {
            try (ScenarioRun copy = world.copy()) {
                return question.apply(copy.simulation());
            }
        });
    }

    /// Changes what a load would send; one that runs goes on with it.
    public CompletableFuture<Void> changeLoad(Function<LoadSpec, LoadSpec> change) {
        return command(() -> {
            LoadSpec wanted = change.apply(lens.loadSpec());
            lens.setLoadSpec(wanted);
            LoadActions.change(simulation(), wanted).forEach(world::apply);
        });
    }

    /// Changes what a consumer would pull; one that there is goes on with it.
    public CompletableFuture<Void> changeConsumer(UnaryOperator<ConsumeSpec> change) {
        return command(() -> {
            ConsumeSpec before = view.consumer().spec();
            ConsumeSpec wanted = change.apply(before);
            if (!wanted.equals(before)) {
                ConsumerActions.change(simulation(), wanted).forEach(world::apply);
                lens.setConsumeSpec(wanted);
            }
        });
    }

    @Override
    public void close() {
        commands.addUrgent(() -> isClosed = true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<Void> command(Runnable work) {
        return commands.add(() -> {
            work.run();
            return null;
        });
    }

    // --- on the driver's thread ---

    private Simulation simulation() {
        return world.simulation();
    }

    private void drive() {
        try {
            while (!isClosed) {
                Optional<CommandQueue.Command> next = switch (standing) {
                    case STANDS -> nextWhileStanding();
                    case RUNS -> commands.poll(waitNs());
                    case TRAVELS -> commands.pollUrgent();
                };
                if (next.isPresent()) {
                    next.get().work().run();
                    publish();
                    isAllPrepared = false;
                } else {
                    turn();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            commands.close();
            giveUpJourney();
            lookback.leave();
            world.close();
        }
    }

    private Optional<CommandQueue.Command> nextWhileStanding() throws InterruptedException {
        if (lookback.still().isEmpty()) {
            return isAllPrepared ? commands.await() : commands.poll();
        }
        if (isAllPrepared) {
            commands.awaitSome(SLICE_NS);
        }
        Optional<CommandQueue.Command> next = commands.pollWithoutRun();
        if (next.isEmpty() && (commands.needsRun() || isAllPrepared && !commands.isEmpty())) {
            travel(lookback.follower(), new Errand(() -> false, watch, new CompletableFuture<>()));
        }
        return next;
    }

    /// Until the next slice: a world that is slowed down has little to do.
    private long waitNs() {
        return errand.isEmpty() && !pace.isBehind(realNanos.getAsLong(), simulation().nanos()) ? SLICE_NS : 0;
    }

    private void turn() {
        try {
            switch (standing) {
                case STANDS -> prepare();
                case RUNS -> slice();
                case TRAVELS -> {
                    if (journey.isPresent()) {
                        travelOn(journey.get());
                    } else {
                        filmOn();
                    }
                }
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "simulated world: " + e.getMessage(), e);
            listener.failed("session.simulated.failed", String.valueOf(e.getMessage()));
            journey = Optional.empty();
            stand(new Why.Failed(String.valueOf(e.getMessage())));
            publish();
        }
    }

    private void prepare() {
        Optional<Still> shown = lookback.still();
        isAllPrepared = !lookback.work();
        if (!lookback.still().equals(shown)) {
            publish();
        }
    }

    private void goOn(Standing how) {
        standing = how;
        watch = new Watch(breakpoints, simulation());
        pace.begin(realNanos.getAsLong(), simulation().nanos());
    }

    private void runUntil(Supplier<Boolean> isThere, Watch moment, CompletableFuture<Void> done) {
        errand = Optional.of(new Errand(isThere, moment, done));
        goOn(Standing.RUNS);
    }

    /// Whoever waits for something waits no longer.
    private void stand(Why reason) {
        standing = Standing.STANDS;
        why = reason;
        Optional<Errand> ended = errand;
        errand = Optional.empty();
        ended.ifPresent(each -> commands.later(each.done));
    }

    private void doActions(Function<Simulation, List<Action>> what) {
        what.apply(simulation()).forEach(world::apply);
    }

    private void beginAnew(Scenario scenario, List<Moment> stops) {
        WorldRun begun = WorldRun.begin(scenario);
        stand(new Why.Asked());
        lookback.leave();
        world.close();
        world = begun;
        breakpoints = stops;
        lens.begin(world);
        pace.begin(realNanos.getAsLong(), simulation().nanos());
        watch = new Watch(breakpoints, simulation());
    }

    /// The scenario of the world, with the settings and the load that it has come to.
    private Scenario asItIs() {
        Scenario base = world.base();
        var spec = base.spec().toBuilder().config(simulation().config());
        if (base.spec().loads().size() == 1) {
            spec.loads(List.of(lens.loadSpec()));
        }
        return base.withSpec(spec.build());
    }

    private void slice() {
        long began = realNanos.getAsLong();
        long target = errand.isPresent() ? Long.MAX_VALUE : pace.targetNanos(began);
        Optional<Why> stopped = Optional.empty();
        int filmed = target == Long.MAX_VALUE ? FILMED_STEPS : 0;
        do {
            stopped = runOn(target, filmed++ < FILMED_STEPS ? Goes.STEP_BY_STEP : Goes.ON);
        } while (stopped.isEmpty() && simulation().nanos() < target
                && commands.isEmpty()
                && realNanos.getAsLong() - began < SLICE_NS);
        pace.reached(realNanos.getAsLong(), simulation().nanos());
        stopped.ifPresent(this::stand);
        stopped.ifPresent(this::tell);
        publish();
    }

    private enum Goes {
        ON,
        /// Each step is kept, to be gone back to.
        STEP_BY_STEP
    }

    /// @return why the world stands, if it does
    private Optional<Why> runOn(long targetNanos, Goes how) {
        Until until = watch.until().orTime(targetNanos);
        if (errand.isPresent()) {
            Until other = errand.get().watch.until();
            until = until.orEvent(other.event()).orTime(other.nanos()).orStep(other.step());
        }
        Stop stop = switch (how) {
            case STEP_BY_STEP -> world.runStep(until);
            case ON -> world.run(until, CHUNK_STEPS);
        };
        world.keepOnTheWay();
        Optional<Moment> met = watch.takeMet();
        if (met.isPresent()) {
            return Optional.of(new Why.AtBreakpoint(met.get()));
        }
        if (errand.filter(each -> each.watch.takeMet().isPresent() || each.isThere.get()).isPresent()) {
            return Optional.of(new Why.Asked());
        }
        if (stop instanceof Stop.Paused(Pause pause) && targetNanos != Long.MAX_VALUE
                && (pause == Pause.NOTHING_LEFT || pause == Pause.HELD)) {
            world.passTo(targetNanos);
            return Optional.empty();
        }
        return whyOf(stop);
    }

    private static Optional<Why> whyOf(Stop stop) {
        return switch (stop) {
            case Stop.Ended(var reason) -> Optional.of(switch (reason) {
                case REACHED -> new Why.ScenarioEnded();
                case NOTHING_LEFT -> new Why.NothingLeft();
                case HELD -> new Why.HeldUp();
            });
            case Stop.Paused(Pause pause) -> switch (pause) {
                case NOTHING_LEFT -> Optional.of(new Why.NothingLeft());
                case HELD -> Optional.of(new Why.HeldUp());
                case BUDGET, STEP, TIME, EVENT, STATE -> Optional.empty();
            };
            case Stop.AtPicture _,Stop.AtClip _,Stop.AtBreakpoint _ -> Optional.empty();
        };
    }

    private void tell(Why stopped) {
        if (stopped instanceof Why.ScenarioEnded
                && world.base().until().nanos() != Ending.atTime(Long.MAX_VALUE).nanos()) {
            listener.done("session.simulated.ended");
        }
    }

    // --- to other moments ---

    private void travel(WorldRun.Journey to, Errand why) {
        journey = Optional.of(to);
        errand = Optional.of(why);
        standing = Standing.TRAVELS;
    }

    private void travelOn(WorldRun.Journey under) {
        long began = realNanos.getAsLong();
        boolean isThere;
        do {
            isThere = under.goOn(CHUNK_STEPS);
        } while (!isThere && !commands.hasUrgent() && realNanos.getAsLong() - began < SLICE_NS);
        if (!isThere) {
            publish();
            return;
        }
        long wanted = under.wantedStep();
        if (under.steps() > wanted && wanted > 0) {
            // What a scenario does at once when something happens is one step with it, going back.
            under.giveUp();
            journey = Optional.of(world.toStep(wanted - 1));
            return;
        }
        lookback.leave();
        under.arrive();
        journey = Optional.empty();
        watch = new Watch(breakpoints, simulation());
        Optional<Errand> ended = errand;
        stand(new Why.Asked());
        ended.ifPresent(each -> each.then.run());
        publish();
    }

    /// One wants to go back by a step, and there is no still of the moment yet.
    private void filmOn() {
        long began = realNanos.getAsLong();
        boolean isThere = lookback.back();
        boolean isMoreToCome = true;
        while (!isThere && isMoreToCome && !commands.hasUrgent() && realNanos.getAsLong() - began < SLICE_NS) {
            isMoreToCome = lookback.film();
            isThere = lookback.back();
        }
        if (isThere) {
            stand(new Why.Asked());
        } else if (!isMoreToCome) {
            journey = Optional.of(world.toStep(lookback.step() - 1));
        }
        publish();
    }

    private void giveUpJourney() {
        journey.ifPresent(WorldRun.Journey::giveUp);
        journey = Optional.empty();
    }

    // --- what is seen ---

    private void publish() {
        view = lookback.still()
                .map(still -> lens.look(still, world, () -> reading(still)))
                .orElseGet(() -> lens.look(world, this::reading));
        latencies.fill(view.driver());
        simulation().events().forgetBefore(simulation().events().size() - KEPT_EVENTS);
        commands.completeLater();
    }

    private WorldReading reading() {
        Simulation now = simulation();
        return reading(now.nanos(), now.steps(), now.phase(), now.lastCrash());
    }

    private WorldReading reading(Still still) {
        return reading(still.nanos(), still.steps(), still.phase(), still.lastCrash());
    }

    private WorldReading reading(long nanos, long steps, Phase phase, Optional<Crash> lastCrash) {
        var spec = world.base().spec();
        return new WorldReading(standing, standing == Standing.STANDS ? Optional.of(why) : Optional.empty(), nanos,
                steps, Math.max(nanos, world.latestNanos()), pace.speed(),
                standing == Standing.RUNS ? pace.reachedRatio() : Optional.empty(), spec.seed(), spec.model().name(),
                phase, lastCrash, breakpoints, world.branch(), world.base().title().english());
    }
}
