package dev.storescope.engine.sim;

/// Something that is done to a simulated world, and when.
public record ScheduledAction(When when, Action action) {

    /// When it happens.
    public sealed interface When {
    }

    /// When the clock comes to `nanos` since the beginning: before whatever else is due then.
    public record AtTime(long nanos) implements When {
    }

    /// After so many steps, see [Simulation#steps()]: exact, for what was done by hand.
    ///
    /// @param nanos what the clock shows then: nothing was due until it came there; 0 for whatever it shows
    public record AtStep(long step, long nanos) implements When {
    }

    public static ScheduledAction atTime(long nanos, Action action) {
        return new ScheduledAction(new AtTime(nanos), action);
    }

    public static ScheduledAction atStep(long step, Action action) {
        return new ScheduledAction(new AtStep(step, 0), action);
    }
}
