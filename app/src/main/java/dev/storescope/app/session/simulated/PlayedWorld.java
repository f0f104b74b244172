package dev.storescope.app.session.simulated;

import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.app.session.simulated.WorldReading.Standing;
import dev.storescope.app.session.simulated.WorldReading.Why;
import dev.storescope.app.session.trace.TimeTravel;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.sim.Crash;
import dev.storescope.engine.sim.Simulation;
import dev.storescope.engine.sim.disk.CutPages;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/// A simulated world that somebody else drives, as one that can be looked at: it shows what one that is driven by hand shows
/// at the same moment. Every command fails, and changes nothing.
///
/// Threads: whoever drives the run, while it stands still, and the JavaFX thread meanwhile.
public final class PlayedWorld implements SimulatedWorld {
    /// As of a world that nobody has run yet.
    private static final Speed USUAL_SPEED = new Speed(1_000);

    private final Simulation simulation;
    private Standing standing = Standing.STANDS;
    private Speed speed = USUAL_SPEED;

    public PlayedWorld(Simulation simulation) {
        this.simulation = simulation;
    }

    /// From now on it is shown as if the run went on at this speed, so that motion is drawn; whoever drives the run lets so
    /// much of its time pass from frame to frame. Until then each moment is shown as one at which the run stands.
    public void playAt(Speed shownSpeed) {
        standing = Standing.RUNS;
        speed = shownSpeed;
    }

    /// Shows the moment that there is as one at which the run stands.
    public void stand() {
        standing = Standing.STANDS;
    }

    @Override
    public WorldReading read() {
        long nanos = simulation.nanos();
        Optional<Why> why = standing == Standing.STANDS ? Optional.of(new Why.Asked()) : Optional.empty();
        Optional<Double> reached = standing == Standing.RUNS && speed.isLimited()
                ? Optional.of(1.0 / speed.slowdown())
                : Optional.empty();
        return new WorldReading(standing, why, nanos, simulation.steps(), nanos, speed, reached,
                simulation.spec().seed(), simulation.spec().model().name(), simulation.phase(), simulation.lastCrash(),
                List.of(), 1, "");
    }

    @Override
    public OptionalLong busyUntil(String threadName) {
        return simulation.busyUntil(threadName);
    }

    @Override
    public Optional<StoreSnapshot> lastSeen() {
        return simulation.lastSeen();
    }

    @Override
    public Optional<CutPages> cutPages() {
        return simulation.cutPages();
    }

    @Override
    public CompletableFuture<LedgerReading> ledger() {
        return CompletableFuture.completedFuture(LedgerReading.of(simulation));
    }

    /// The run up to now; nobody can go anywhere.
    public TimeTravel travel() {
        return new TimeTravel() {
            @Override
            public long earliestNanos() {
                return 0;
            }

            @Override
            public long nowNanos() {
                return simulation.nanos();
            }

            @Override
            public long latestNanos() {
                return simulation.nanos();
            }

            @Override
            public void travelTo(long nanoTime) {
                // the run belongs to whoever drives it
            }
        };
    }

    // --- what only whoever drives it can do ---

    private static <T> CompletableFuture<T> refused() {
        return CompletableFuture.failedFuture(
                new UnsupportedOperationException("this run is played from a scenario: it can only be looked at"));
    }

    @Override
    public CompletableFuture<Void> run() {
        return refused();
    }

    @Override
    public CompletableFuture<Void> pause() {
        return refused();
    }

    @Override
    public CompletableFuture<Void> step() {
        return refused();
    }

    @Override
    public CompletableFuture<Void> stepBack() {
        return refused();
    }

    @Override
    public CompletableFuture<Void> runTo(Moment moment) {
        return refused();
    }

    @Override
    public CompletableFuture<Void> travelTo(long nanos) {
        return refused();
    }

    @Override
    public CompletableFuture<Void> setSpeed(Speed wanted) {
        return refused();
    }

    @Override
    public CompletableFuture<Void> setBreakpoints(List<Moment> breakpoints) {
        return refused();
    }

    @Override
    public CompletableFuture<Void> begin(long seed) {
        return refused();
    }

    @Override
    public CompletableFuture<Void> begin(Scenario scenario) {
        return refused();
    }

    @Override
    public CompletableFuture<Void> begin(UnaryOperator<Scenario> change) {
        return refused();
    }

    @Override
    public CompletableFuture<Scenario> recorded() {
        return refused();
    }

    @Override
    public CompletableFuture<List<Branch>> branches() {
        return refused();
    }

    @Override
    public CompletableFuture<Void> show(int number) {
        return refused();
    }

    @Override
    public CompletableFuture<Void> crash(Crash.Kind kind) {
        return refused();
    }

    @Override
    public CompletableFuture<Void> reopen() {
        return refused();
    }
}
