package dev.storescope.app.session.simulated;

import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.sim.Crash;
import dev.storescope.engine.sim.disk.CutPages;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/// The world of a simulated session: its time is run, stepped and gone back in by whoever looks.
///
/// Commands return at once and run one after another on the thread that drives the world; the future is done when the
/// command is, exceptionally when it failed. A command that comes while the world runs is done between two of its steps.
/// One that changes the world in its past begins a branch, see [Branch]; the old run is kept.
///
/// Threads: any.
public interface SimulatedWorld {
    /// How the world stands now. Never waits.
    WorldReading read();

    /// When the thread of that name will be done with what it is doing, a force, say, by the world's clock; an earlier time when
    /// it does nothing that takes time. Nothing when nobody knows. Never waits.
    default OptionalLong busyUntil(String threadName) {
        return OptionalLong.empty();
    }

    /// What there was to see of the store at the moment of the last crash, when that was the last thing that ended one.
    /// Never waits.
    default Optional<StoreSnapshot> lastSeen() {
        return Optional.empty();
    }

    /// What became of the pages of its disk in the last crash, when that was a power cut and the last thing that ended a store.
    /// Never waits.
    default Optional<CutPages> cutPages() {
        return Optional.empty();
    }

    // --- time ---

    /// Goes on at [WorldReading#speed()] until somebody pauses it, a breakpoint is met, or nothing is left to happen.
    CompletableFuture<Void> run();

    CompletableFuture<Void> pause();

    /// Lets one thread go on to its next scheduling point, and stands still again.
    CompletableFuture<Void> step();

    /// Goes to where the world was one step before, and stands still.
    CompletableFuture<Void> stepBack();

    /// Goes on, as fast as it goes, to the first moment, and stands still.
    CompletableFuture<Void> runTo(Moment moment);

    /// Goes back, or on, to where the world is at a time since the beginning; stands still there. A wish that comes before
    /// an earlier one is fulfilled takes its place.
    ///
    /// @param nanos since the beginning
    CompletableFuture<Void> travelTo(long nanos);

    CompletableFuture<Void> setSpeed(Speed speed);

    /// Where a run stops; in place of those before.
    CompletableFuture<Void> setBreakpoints(List<Moment> breakpoints);

    // --- worlds ---

    /// A new world from its beginning: what the run before depended on, with another seed. It stands still.
    CompletableFuture<Void> begin(long seed);

    /// A new world as a scenario wants it, from its beginning. It stands still.
    CompletableFuture<Void> begin(Scenario scenario);

    /// A new world from its beginning: what the run before depended on, with something about it changed. It stands still.
    CompletableFuture<Void> begin(UnaryOperator<Scenario> change);

    /// The scenario that gives this run again, whatever was done to it by hand, to where it is now.
    CompletableFuture<Scenario> recorded();

    /// Every run that is kept, the one that is shown among them, oldest first.
    CompletableFuture<List<Branch>> branches();

    /// Shows another run that is kept, where it was left. It stands still.
    ///
    /// @param number of a [Branch]
    CompletableFuture<Void> show(int number);

    // --- crashes ---

    /// The process dies, or the power fails: now. Nothing is opened by itself. Fails while no store is there to die.
    CompletableFuture<Void> crash(Crash.Kind kind);

    /// Opens the store on what a crash left. Recovery happens as the world goes on; step it, or run.
    CompletableFuture<Void> reopen();

    /// What became of each message, as of now: to be looked at after a recovery.
    CompletableFuture<LedgerReading> ledger();
}
