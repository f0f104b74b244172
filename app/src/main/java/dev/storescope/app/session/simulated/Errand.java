package dev.storescope.app.session.simulated;

import dev.storescope.app.session.scenario.ScenarioRun.Stop;
import dev.storescope.app.session.simulated.WorldReading.Why;
import dev.storescope.engine.sim.Pause;
import dev.storescope.engine.sim.Phase;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Somebody waits until the world has come somewhere.
///
/// @param isThere whether it has
/// @param watch for moments that are told by events
/// @param then what is done there
record Errand(Supplier<Boolean> isThere, Watch watch, CompletableFuture<Void> done, Runnable then) {
    Errand(Supplier<Boolean> isThere, Watch watch, CompletableFuture<Void> done) {
        this(isThere, watch, done, () -> {
        });
    }

    /// Whether a store is open, or will not be by itself.
    static boolean isSettled(Phase phase) {
        return switch (phase) {
            case OPENING, CLOSING -> false;
            case RUNNING, CLOSED, CRASHED, FAILED -> true;
        };
    }

    /// Why a run stands that stopped like that; nothing when it can go on.
    static Optional<Why> whyOf(Stop stop) {
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
}
