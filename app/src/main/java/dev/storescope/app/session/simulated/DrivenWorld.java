package dev.storescope.app.session.simulated;

import dev.storescope.app.session.scenario.Ending;
import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.app.session.scenario.ScenarioRun.Stop;
import dev.storescope.app.session.simulated.WorldReading.Standing;
import dev.storescope.app.session.simulated.WorldReading.Why;
import dev.storescope.engine.load.ConsumeSpec;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.sim.Action;
import dev.storescope.engine.sim.Crash;
import dev.storescope.engine.sim.Pause;
import dev.storescope.engine.sim.Phase;
import dev.storescope.engine.sim.Simulation;
import dev.storescope.engine.sim.Until;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// A world that is driven: how it goes on, stands or travels, in slices between which commands are done, and what is seen of
/// it after each.
///
/// Threads: the driver's; [#view()] by any.
final class DrivenWorld {
    private static final System.Logger LOG = System.getLogger(WorldDriver.class.getName());
    private static final long SLICE_NS = 4_000_000;
    private static final long CHUNK_STEPS = 500;
    /// In a slice of a slowed-down world so many steps at most are filmed one by one.
    private static final int FILMED_STEPS = 20;
    /// So many events are kept even when nobody has read them.
    private static final long KEPT_EVENTS = 1_000_000;

    private final LongSupplier realNanos;
    private final WorldListener listener;
    private final CommandQueue commands;
    private final LatencyTap latencies;
    private final WorldLens lens = new WorldLens();
    private final Pace pace;
    private final Lookback lookback;
    // Written by the driver's thread, read by any.
    private volatile WorldView view;
    private WorldRun world;
    private Watch watch;
    private List<Moment> breakpoints;
    private Standing standing = Standing.STANDS;
    private Why why = new Why.Asked();
    private Optional<Errand> errand = Optional.empty();
    private Optional<WorldRun.Journey> journey = Optional.empty();
    private boolean isAllPrepared;
    private boolean isClosed;

    DrivenWorld(Scenario begin, Pace pace, WorldListener listener, LongSupplier realNanos, CommandQueue commands,
            LatencyTap latencies) {
        this.realNanos = realNanos;
        this.listener = listener;
        this.commands = commands;
        this.latencies = latencies;
        this.pace = pace;
        world = WorldRun.begin(begin);
        breakpoints = begin.breakpoints();
        pace.begin(realNanos.getAsLong(), simulation().nanos());
        lookback = new Lookback(() -> world, realNanos);
        watch = new Watch(List.of(), simulation());
        lens.begin(world);
        publish();
    }

    WorldView view() {
        return view;
    }

    WorldRun world() {
        return world;
    }

    // --- commands ---

    void run() {
        goOn(Standing.RUNS);
    }

    void pause() {
        giveUpJourney();
        stand(new Why.Asked());
    }

    void step(CompletableFuture<Void> done) {
        stand(new Why.Asked());
        if (lookback.still().isEmpty()) {
            stepRun();
            commands.later(done);
        } else if (lookback.on()) {
            commands.later(done);
        } else {
            travel(lookback.follower(), new Errand(() -> false, watch, done, this::stepRun));
        }
    }

    private void stepRun() {
        long before = simulation().steps();
        Stop stop = world.runStep(Until.NEVER);
        if (simulation().steps() == before) {
            Errand.whyOf(stop).ifPresent(this::stand);
        }
    }

    void stepBack(CompletableFuture<Void> done) {
        stand(new Why.Asked());
        if (lookback.step() == 0 || lookback.back()) {
            commands.later(done);
        } else {
            errand = Optional.of(new Errand(() -> false, watch, done));
            standing = Standing.TRAVELS;
        }
    }

    void runTo(Moment moment, CompletableFuture<Void> done) {
        stand(new Why.Asked());
        runUntil(() -> false, new Watch(List.of(moment), simulation()), done);
    }

    void travelTo(long nanos, CompletableFuture<Void> done) {
        giveUpJourney();
        stand(new Why.Asked());
        lookback.glance(nanos);
        travel(world.toTime(nanos), new Errand(() -> false, watch, done));
    }

    void setSpeed(Speed speed) {
        pace.setSpeed(speed, realNanos.getAsLong(), simulation().nanos());
    }

    void setBreakpoints(List<Moment> moments) {
        breakpoints = moments;
        watch = new Watch(breakpoints, simulation());
    }

    /// What it is as it has come to be, with something about it changed.
    void beginAnew(UnaryOperator<Scenario> change) {
        beginAnew(change.apply(asItIs()), breakpoints);
    }

    void show(int number, CompletableFuture<Void> done) {
        stand(new Why.Asked());
        world.show(number);
        Optional<WorldRun.Journey> wayBack = world.wayBack();
        if (wayBack.isPresent()) {
            travel(wayBack.get(), new Errand(() -> false, watch, done));
        } else {
            commands.later(done);
        }
    }

    void act(Function<Simulation, List<Action>> what) {
        what.apply(simulation()).forEach(world::apply);
    }

    void actUntilOpen(Function<Simulation, List<Action>> what, CompletableFuture<Void> done) {
        act(what);
        if (standing == Standing.RUNS) {
            commands.later(done);
        } else {
            runUntil(() -> Errand.isSettled(simulation().phase()), new Watch(List.of(), simulation()), done);
        }
    }

    void changeLoad(Function<LoadSpec, LoadSpec> change) {
        LoadSpec wanted = change.apply(lens.loadSpec());
        lens.setLoadSpec(wanted);
        LoadActions.change(simulation(), wanted).forEach(world::apply);
    }

    void changeConsumer(UnaryOperator<ConsumeSpec> change) {
        ConsumeSpec before = view.consumer().spec();
        ConsumeSpec wanted = change.apply(before);
        if (!wanted.equals(before)) {
            ConsumerActions.change(simulation(), wanted).forEach(world::apply);
            lens.setConsumeSpec(wanted);
        }
    }

    void stop() {
        isClosed = true;
    }

    // --- how it goes on ---

    Simulation simulation() {
        return world.simulation();
    }

    /// Until it is stopped.
    void drive() {
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
        ended.ifPresent(each -> commands.later(each.done()));
    }

    void beginAnew(Scenario scenario, List<Moment> stops) {
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
            Until other = errand.get().watch().until();
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
        if (errand.filter(each -> each.watch().takeMet().isPresent() || each.isThere().get()).isPresent()) {
            return Optional.of(new Why.Asked());
        }
        if (stop instanceof Stop.Paused(Pause pause) && targetNanos != Long.MAX_VALUE
                && (pause == Pause.NOTHING_LEFT || pause == Pause.HELD)) {
            world.passTo(targetNanos);
            return Optional.empty();
        }
        return Errand.whyOf(stop);
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
        ended.ifPresent(each -> each.then().run());
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
