package dev.storescope.app.session.simulated;

import dev.storescope.app.session.scenario.Moment;
import dev.storescope.engine.sim.Crash;
import dev.storescope.engine.sim.Phase;
import java.util.List;
import java.util.Optional;

/// How a simulated world stands, at one moment.
///
/// @param standing whether it goes on
/// @param why why it stands still; nothing while it goes on
/// @param nanos its clock: since the beginning. It goes on over crashes
/// @param steps how many scheduling points it has passed
/// @param latestNanos the latest moment that this run has been at: beyond `nanos` when one has gone back
/// @param speed that is asked for
/// @param reachedRatio world time per real time, over the last second; nothing while it stands, and before it is known
/// @param seed what decides the run
/// @param disk name of the model of the disk
/// @param phase of the store
/// @param lastCrash the last one, when it was the last thing that ended a store: also while, and after, the store is opened
///     on what it left
/// @param breakpoints where a run stops
/// @param branch number of the run that is shown, see [Branch]
/// @param title of the scenario that it began as; empty for none
public record WorldReading(Standing standing, Optional<Why> why, long nanos, long steps, long latestNanos, Speed speed,
        Optional<Double> reachedRatio, long seed, String disk, Phase phase, Optional<Crash> lastCrash,
        List<Moment> breakpoints, int branch, String title) {
    public WorldReading {
        breakpoints = List.copyOf(breakpoints);
    }

    /// Whether the world's time passes.
    public enum Standing {
        RUNS, STANDS,
        /// It is being gone to another moment.
        TRAVELS
    }

    /// Why a world stands still.
    public sealed interface Why {
        /// Somebody wanted it, or it has not been run yet.
        record Asked() implements Why {
        }

        /// A breakpoint was met.
        record AtBreakpoint(Moment moment) implements Why {
        }

        /// Nothing will happen by itself: no store is open, and nothing is left to be done.
        record NothingLeft() implements Why {
        }

        /// All that could go on is held up by faults that only somebody else turns off.
        record HeldUp() implements Why {
        }

        /// The scenario has come to its end.
        record ScenarioEnded() implements Why {
        }

        /// The run broke down: a deadlock, or something that cannot be done.
        record Failed(String message) implements Why {
        }
    }

    /// Whether it stands before the latest moment that this run has been at.
    public boolean isInPast() {
        return nanos < latestNanos;
    }
}
