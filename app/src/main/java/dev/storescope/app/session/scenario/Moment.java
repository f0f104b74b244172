package dev.storescope.app.session.scenario;

/// A moment of a run.
public sealed interface Moment {
    /// When the clock comes to `nanos` since the beginning.
    record AtTime(long nanos) implements Moment {
    }

    /// After so many steps, see [dev.storescope.engine.sim.Simulation#steps()].
    ///
    /// @param nanos what the clock shows then, for what is done to the world; 0 for whatever it shows
    record AtStep(long step, long nanos) implements Moment {
    }

    /// The first time that a condition is met, and so much later.
    ///
    /// @param afterNs 0 for at once
    record When(Condition condition, long afterNs) implements Moment {
    }
}
