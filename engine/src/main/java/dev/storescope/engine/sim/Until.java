package dev.storescope.engine.sim;

import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.sim.world.EventWatcher;
import java.util.Optional;
import java.util.function.Predicate;

/// How far a simulated run goes. Several of them: whichever comes first.
///
/// @param step not beyond so many steps in all
/// @param nanos not beyond this time: what is due then still happens, and the clock shows it in the end
/// @param event an event that stops it; [EventWatcher#NONE] for none
/// @param state a state of the store that stops it, looked at with each event
public record Until(long step, long nanos, EventWatcher event, Optional<Predicate<StoreSnapshot>> state) {
    /// For ever.
    public static final Until NEVER = new Until(Long.MAX_VALUE, Long.MAX_VALUE, EventWatcher.NONE, Optional.empty());

    /// @param step see [Simulation#steps()]
    public static Until step(long step) {
        return NEVER.orStep(step);
    }

    /// @param nanos since the beginning
    public static Until time(long nanos) {
        return NEVER.orTime(nanos);
    }

    /// The next event of a kind.
    public static Until event(ProbePoint point) {
        return NEVER.orEvent((thread, told, a, b, c) -> told == point);
    }

    /// The next event that a thread tells.
    public static Until eventOf(String thread) {
        return NEVER.orEvent((teller, told, a, b, c) -> teller.equals(thread));
    }

    /// The first state that is like that.
    public static Until state(Predicate<StoreSnapshot> wanted) {
        return NEVER.orState(wanted);
    }

    public Until orStep(long other) {
        return new Until(Math.min(step, other), nanos, event, state);
    }

    public Until orTime(long other) {
        return new Until(step, Math.min(nanos, other), event, state);
    }

    public Until orEvent(EventWatcher other) {
        EventWatcher one = event;
        // Both are told, whatever the first one says: they may count.
        EventWatcher both = one == EventWatcher.NONE
                ? other
                : (thread, point, a, b, c) -> one.stopsAt(thread, point, a, b, c)
                        | other.stopsAt(thread, point, a, b, c);
        return new Until(step, nanos, both, state);
    }

    public Until orState(Predicate<StoreSnapshot> other) {
        return new Until(step, nanos, event, Optional.of(state.map(other::or).orElse(other)));
    }
}
