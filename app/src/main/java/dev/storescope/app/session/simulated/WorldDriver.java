package dev.storescope.app.session.simulated;

import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.app.session.scenario.ScenarioRun;
import dev.storescope.app.session.simulated.CommandQueue.Needs;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.ConsumeSpec;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.sim.Action;
import dev.storescope.engine.sim.Crash;
import dev.storescope.engine.sim.Simulation;
import dev.storescope.engine.sim.disk.CutPages;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.HdrHistogram.Histogram;

/// Drives a simulated world on a thread of its own: runs it at a speed, steps it, goes back in it, and does between two
/// slices of its steps what it is told to.
///
/// What is seen of it is a [WorldView], made by that thread after each slice and each command: numbers in it are of one
/// moment, and whoever reads it never waits.
///
/// Threads: any; what a command does is done on the driver's thread, see [DrivenWorld].
public final class WorldDriver implements SimulatedWorld, AutoCloseable {
    private final CommandQueue commands = new CommandQueue();
    private final LatencyTap latencies = new LatencyTap();
    private final DrivenWorld driven;
    private final Thread thread;

    /// @param begin what the first world is
    /// @param speed of the first world
    /// @param realNanos the clock of whoever looks
    public WorldDriver(Scenario begin, Speed speed, WorldListener listener, LongSupplier realNanos) {
        driven = new DrivenWorld(begin, new Pace(speed, realNanos.getAsLong(), 0), listener, realNanos, commands,
                latencies);
        thread = Thread.ofPlatform().name("simulation").daemon(true).start(driven::drive);
    }

    // --- for any thread ---

    /// What is seen now.
    public WorldView view() {
        return driven.view();
    }

    @Override
    public WorldReading read() {
        return view().world();
    }

    @Override
    public OptionalLong busyUntil(String threadName) {
        return view().busyUntil().apply(threadName);
    }

    @Override
    public Optional<StoreSnapshot> lastSeen() {
        return view().lastSeen();
    }

    @Override
    public Optional<CutPages> cutPages() {
        return view().cutPages();
    }

    @Override
    public CompletableFuture<Void> run() {
        return command(driven::run);
    }

    @Override
    public CompletableFuture<Void> pause() {
        return commands.addUrgent(driven::pause);
    }

    @Override
    public CompletableFuture<Void> step() {
        return commands.addWithEnd(Needs.SIGHT, driven::step);
    }

    @Override
    public CompletableFuture<Void> stepBack() {
        return commands.addWithEnd(Needs.SIGHT, driven::stepBack);
    }

    @Override
    public CompletableFuture<Void> runTo(Moment moment) {
        return commands.addWithEnd(Needs.RUN, done -> driven.runTo(moment, done));
    }

    @Override
    public CompletableFuture<Void> travelTo(long nanos) {
        return commands.addWithEnd(Needs.NOTHING_AT_ALL, done -> driven.travelTo(nanos, done));
    }

    @Override
    public CompletableFuture<Void> setSpeed(Speed speed) {
        return commands.addWithEnd(Needs.SIGHT, done -> {
            driven.setSpeed(speed);
            commands.later(done);
        });
    }

    @Override
    public CompletableFuture<Void> setBreakpoints(List<Moment> moments) {
        List<Moment> wanted = List.copyOf(moments);
        return commands.addWithEnd(Needs.SIGHT, done -> {
            driven.setBreakpoints(wanted);
            commands.later(done);
        });
    }

    @Override
    public CompletableFuture<Void> begin(long seed) {
        return command(() -> driven.beginAnew(scenario -> scenario.withSeed(seed)));
    }

    @Override
    public CompletableFuture<Void> begin(Scenario scenario) {
        return command(() -> driven.beginAnew(scenario, scenario.breakpoints()));
    }

    @Override
    public CompletableFuture<Void> begin(UnaryOperator<Scenario> change) {
        return command(() -> driven.beginAnew(change));
    }

    @Override
    public CompletableFuture<Scenario> recorded() {
        return commands.add(() -> driven.world().recorded());
    }

    @Override
    public CompletableFuture<List<Branch>> branches() {
        return commands.add(() -> driven.world().branches());
    }

    @Override
    public CompletableFuture<Void> show(int number) {
        return commands.addWithEnd(Needs.RUN, done -> driven.show(number, done));
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
        return command(() -> driven.act(what));
    }

    /// Likewise, and then lets the world go on, as fast as it goes, until its store is open, or will not be. It stands still
    /// then if it did before.
    public CompletableFuture<Void> actUntilOpen(Function<Simulation, List<Action>> what) {
        return commands.addWithEnd(Needs.RUN, done -> driven.actUntilOpen(what, done));
    }

    /// Latencies of the load that was started last, since the last call; nothing without a load.
    public Optional<Histogram> takeLatency() {
        return view().driver().map(_ -> latencies.take());
    }

    /// Asks something of the world; it must not change it.
    public <T> CompletableFuture<T> ask(Function<Simulation, T> question) {
        return commands.addQuestion(() -> question.apply(driven.simulation()));
    }

    /// Asks something that takes time of the world: a copy of it answers, in which that time passes.
    public <T> CompletableFuture<T> askCopy(Function<Simulation, T> question) {
        return commands.addQuestion(() -> {
            try (ScenarioRun copy = driven.world().copy()) {
                return question.apply(copy.simulation());
            }
        });
    }

    /// Changes what a load would send; one that runs goes on with it.
    public CompletableFuture<Void> changeLoad(Function<LoadSpec, LoadSpec> change) {
        return command(() -> driven.changeLoad(change));
    }

    /// Changes what a consumer would pull; one that there is goes on with it.
    public CompletableFuture<Void> changeConsumer(UnaryOperator<ConsumeSpec> change) {
        return command(() -> driven.changeConsumer(change));
    }

    @Override
    public void close() {
        commands.addUrgent(driven::stop);
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
}
