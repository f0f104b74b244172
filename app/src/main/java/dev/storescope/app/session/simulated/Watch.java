package dev.storescope.app.session.simulated;

import dev.storescope.app.session.scenario.Condition;
import dev.storescope.app.session.scenario.Moment;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.sim.Simulation;
import dev.storescope.engine.sim.Until;
import java.util.List;
import java.util.Optional;

/// Watches a run for moments at which it is to stop, from where it stands now: a state that is like that already must first
/// become otherwise, a time that is over does not come again. The third event, say, is the third of the run, wherever it
/// goes on from; of an event without such a number, or with 1, each one stops it.
///
/// Threads: the driver's; events are told on the thread of the world, while the driver waits.
final class Watch {
    private static final long NEVER = Long.MAX_VALUE;

    private final Simulation simulation;
    private final List<Awaited> awaited;

    Watch(List<Moment> moments, Simulation simulation) {
        this.simulation = simulation;
        this.awaited = moments.stream().map(Awaited::new).toList();
    }

    Until until() {
        Until until = Until.NEVER;
        if (!awaited.isEmpty()) {
            until = until.orEvent(this::told);
        }
        for (Awaited each : awaited) {
            until = until.orTime(each.dueNanos).orStep(each.dueStep);
        }
        return until;
    }

    /// The moment at which the run stands; it is not met a second time by the same.
    Optional<Moment> takeMet() {
        for (Awaited each : awaited) {
            if (each.isDue()) {
                each.isOver();
                return Optional.of(each.moment);
            }
        }
        return Optional.empty();
    }

    private boolean told(String thread, ProbePoint point, long a, long b, long c) {
        boolean isOneMet = false;
        for (Awaited each : awaited) {
            isOneMet |= each.isMetBy(thread, point);
        }
        return isOneMet;
    }

    /// A moment that may come.
    private final class Awaited {
        private final Moment moment;
        private long dueNanos = NEVER;
        private long dueStep = NEVER;
        /// Of the run, until now.
        private long events;
        private boolean isLikeThat;

        private Awaited(Moment moment) {
            this.moment = moment;
            switch (moment) {
                case Moment.AtTime(long nanos) -> dueNanos = nanos > simulation.nanos() ? nanos : NEVER;
                case Moment.AtStep(long step, long _) -> dueStep = step > simulation.steps() ? step : NEVER;
                case Moment.When(Condition.StateIs state, long _) -> isLikeThat = holds(state);
                case Moment.When(Condition.EventIs(ProbePoint point, Optional<String> by, long _), long _) ->
                        events = by.map(thread -> simulation.events().told(point, thread))
                                .orElseGet(() -> simulation.events().told(point));
            }
        }

        private boolean isDue() {
            return dueNanos <= simulation.nanos() || dueStep <= simulation.steps();
        }

        private void isOver() {
            dueNanos = NEVER;
            dueStep = NEVER;
        }

        private boolean isMetBy(String thread, ProbePoint point) {
            if (!(moment instanceof Moment.When(Condition condition, long afterNs)) || dueNanos != NEVER
                    || !isMet(condition, thread, point)) {
                return false;
            }
            long now = simulation.nanos();
            dueNanos = afterNs >= NEVER - now ? NEVER - 1 : now + afterNs;
            return true;
        }

        private boolean isMet(Condition condition, String thread, ProbePoint point) {
            return switch (condition) {
                case Condition.EventIs(ProbePoint wanted, Optional<String> by, long number) -> wanted == point
                        && by.map(thread::equals).orElse(true)
                        && (++events == number || number == 1);
                case Condition.StateIs state -> {
                    boolean before = isLikeThat;
                    isLikeThat = holds(state);
                    yield isLikeThat && !before;
                }
            };
        }

        private boolean holds(Condition.StateIs state) {
            return simulation.snapshot()
                    .filter(store -> state.bound().holdsFor(state.quantity().in(store)))
                    .isPresent();
        }
    }
}
