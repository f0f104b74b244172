package dev.storescope.app.session.scenario;

import dev.storescope.app.session.scenario.ScenarioOutcome.Clock;
import dev.storescope.app.session.scenario.ScenarioOutcome.End;
import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.sim.Action;
import dev.storescope.engine.sim.Pause;
import dev.storescope.engine.sim.Phase;
import dev.storescope.engine.sim.Simulation;
import dev.storescope.engine.sim.Until;
import dev.storescope.engine.sim.world.DeadlockException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A scenario under way: its simulated world, and what the scenario wants done or shown when something happens in it.
///
/// What is done to the world is recorded with its step, so that a run which was stopped anywhere, stepped, or replayed is the
/// same one.
///
/// Threads: one drives; what [Simulation] lets any read may be read by any.
public final class ScenarioRun implements AutoCloseable {
    private final Scenario scenario;
    private final Simulation simulation;
    private final List<Awaited> awaited = new ArrayList<>();
    private final EventTally tally = new EventTally();
    private final List<RecoveryReport> recoveries = new ArrayList<>();
    private Optional<MessageStore> seenStore = Optional.empty();
    /// Whether a condition was met since the run went on: it stops then, for a moment.
    private boolean isOneMet;
    private End end = End.REACHED;

    private ScenarioRun(Scenario scenario) {
        this.scenario = scenario;
        scenario.reactions().forEach(reaction -> awaited.add(new Awaited(reaction.moment(), new Act(reaction))));
        scenario.pictures().forEach(picture -> awaited.add(new Awaited(picture.moment(), new Stop.AtPicture(picture))));
        scenario.clips().forEach(clip -> awaited.add(new Awaited(clip.from(), new Stop.AtClip(clip))));
        scenario.breakpoints().forEach(moment -> awaited.add(new Awaited(moment, new Stop.AtBreakpoint(moment))));
        Ending until = scenario.until();
        awaited.add(new Awaited(new Moment.AtTime(until.nanos()), new Stop.Ended(End.REACHED)));
        if (until.step() != Ending.NO_STEP) {
            awaited.add(new Awaited(new Moment.AtStep(until.step(), 0), new Stop.Ended(End.REACHED)));
        }
        until.condition()
                .ifPresent(condition -> awaited.add(
                        new Awaited(new Moment.When(condition, 0), new Stop.Ended(End.REACHED))));
        simulation = Simulation.start(scenario.spec());
    }

    /// At its beginning: the store is about to be opened.
    public static ScenarioRun start(Scenario scenario) {
        return new ScenarioRun(scenario);
    }

    /// What is to be done at a moment.
    private sealed interface Then permits Act, Stop.AtPicture, Stop.AtClip, Stop.AtBreakpoint, Stop.Ended {
    }

    private record Act(Reaction reaction) implements Then {
    }

    /// Where a run stands still.
    public sealed interface Stop {
        /// A moment that is worth a picture. The run goes on when asked.
        record AtPicture(Picture picture) implements Stop, Then {
        }

        /// The first frame of a clip. The run goes on when asked.
        record AtClip(Clip clip) implements Stop, Then {
        }

        /// A breakpoint of the scenario. The run goes on when asked.
        record AtBreakpoint(Moment moment) implements Stop, Then {
        }

        /// The scenario is at its end. The run goes on when asked, if it can.
        record Ended(End reason) implements Stop, Then {
        }

        /// Somewhere that the caller asked for.
        record Paused(Pause pause) implements Stop {
        }
    }

    public Scenario scenario() {
        return scenario;
    }

    public Simulation simulation() {
        return simulation;
    }

    /// Goes on to the end; pictures and breakpoints don't stop it.
    public ScenarioOutcome runToEnd() {
        Stop stop = run();
        while (!(stop instanceof Stop.Ended)) {
            stop = run();
        }
        return outcome();
    }

    /// Goes on to the next picture or breakpoint, or to the end.
    public Stop run() {
        return run(Until.NEVER, Long.MAX_VALUE);
    }

    /// Likewise. Throws [ScenarioException] when something is to be done that cannot be done then.
    ///
    /// @param target where to stop besides
    /// @param budgetSteps how many steps at most
    public Stop run(Until target, long budgetSteps) {
        long lastStep = budgetSteps > Long.MAX_VALUE - simulation.steps()
                ? Long.MAX_VALUE
                : simulation.steps() + budgetSteps;
        while (true) {
            Optional<Awaited> due = awaited.stream().filter(this::isDue).findFirst();
            if (due.isPresent()) {
                due.get().isDone = true;
                switch (due.get().then) {
                    case Act(Reaction reaction) -> reaction.actions().forEach(this::apply);
                    case Stop.Ended _ -> {
                        return new Stop.Ended(end);
                    }
                    case Stop stop -> {
                        return stop;
                    }
                }
                continue;
            }
            Pause pause = go(target, lastStep - simulation.steps());
            noticeOpening();
            switch (pause) {
                case NOTHING_LEFT, HELD -> {
                    end = pause == Pause.HELD ? End.HELD : End.NOTHING_LEFT;
                    if (!passToNextBefore(target.nanos())) {
                        return awaitsTime() ? new Stop.Paused(pause) : new Stop.Ended(end);
                    }
                }
                case BUDGET, STEP, TIME, EVENT, STATE -> {
                    if (!isOneMet && awaited.stream().noneMatch(this::isDue)) {
                        return new Stop.Paused(pause);
                    }
                }
            }
        }
    }

    private Pause go(Until target, long budgetSteps) {
        Until next = Until.NEVER.orEvent(this::told)
                .orEvent(target.event())
                .orStep(target.step())
                .orTime(target.nanos());
        if (target.state().isPresent()) {
            next = next.orState(target.state().get());
        }
        for (Awaited each : awaited) {
            if (!each.isDone) {
                next = next.orTime(each.dueNanos).orStep(each.dueStep);
            }
        }
        isOneMet = false;
        end = End.REACHED;
        try {
            return simulation.run(next, budgetSteps);
        } catch (DeadlockException e) {
            throw e;
        } catch (IllegalStateException e) {
            throw cannot(e);
        }
    }

    private void apply(Action action) {
        try {
            simulation.apply(action);
        } catch (IllegalStateException e) {
            throw cannot(e);
        }
    }

    private ScenarioException cannot(IllegalStateException cause) {
        return new ScenarioException("at %,d ns, step %,d: %s".formatted(simulation.nanos(), simulation.steps(),
                cause.getMessage()), cause);
    }

    /// On the thread that tells it.
    private boolean told(String thread, ProbePoint point, long a, long b, long c) {
        tally.tell(point, a, b, c);
        noticeOpening();
        for (Awaited each : awaited) {
            isOneMet |= each.isWaiting() && each.isMetBy(thread, point, simulation);
        }
        return isOneMet;
    }

    private void noticeOpening() {
        if (simulation.phase() == Phase.RUNNING && simulation.store().isPresent()
                && simulation.store().get() != seenStore.orElse(null)) {
            seenStore = simulation.store();
            tally.reopened();
            simulation.snapshot().map(StoreSnapshot::recovery).ifPresent(recoveries::add);
        }
    }

    private boolean isDue(Awaited each) {
        return !each.isDone
                && (each.dueNanos <= simulation.nanos() || each.dueStep <= simulation.steps());
    }

    /// Where nothing happens any more, time passes up to what is to be done next.
    ///
    /// @return false when nothing is to be done until then
    private boolean passToNextBefore(long nanos) {
        OptionalLong next = awaited.stream()
                .filter(each -> !each.isDone && each.dueNanos <= nanos && each.dueNanos != Long.MAX_VALUE)
                .mapToLong(each -> each.dueNanos)
                .min();
        next.ifPresent(simulation.world()::advanceTo);
        return next.isPresent();
    }

    private boolean awaitsTime() {
        return awaited.stream().anyMatch(each -> !each.isDone && each.dueNanos != Long.MAX_VALUE);
    }

    /// The scenario that gives this run again, whatever was done to it by hand; it ends as planned, or where it is now if
    /// that is later.
    public Scenario recorded() {
        List<Reaction> left = new ArrayList<>();
        for (Awaited each : awaited) {
            if (!each.isDone && each.then instanceof Act(Reaction reaction)) {
                left.add(reaction);
            }
        }
        Ending until = scenario.until().withNanos(Math.max(scenario.until().nanos(), simulation.nanos()));
        return scenario.withSpec(simulation.recorded()).withReactions(left).withUntil(until);
    }

    /// What has come of it so far.
    public ScenarioOutcome outcome() {
        List<Moment> notReached = new ArrayList<>();
        for (Awaited each : awaited) {
            if (!each.isDone && (each.then instanceof Act || each.then instanceof Stop.AtPicture
                    || each.then instanceof Stop.AtClip)) {
                notReached.add(each.moment);
            }
        }
        return new ScenarioOutcome(scenario, new Clock(simulation.nanos(), simulation.steps(), end),
                simulation.traceHash(), simulation.platterHash(), simulation.phase(), simulation.failure(),
                tally.copy(),
                LedgerSummary.of(simulation.ledger()), simulation.ledger().crashes(), List.copyOf(recoveries),
                simulation.phase() == Phase.RUNNING ? simulation.snapshot().map(StoreSnapshot::log) : Optional.empty(),
                notReached);
    }

    /// Ends the world.
    @Override
    public void close() {
        simulation.close();
    }

    /// Something that is to be done once, at a moment.
    private static final class Awaited {
        private final Moment moment;
        private final Then then;
        private long dueNanos = Long.MAX_VALUE;
        private long dueStep = Long.MAX_VALUE;
        private long told;
        private boolean isDone;

        private Awaited(Moment moment, Then then) {
            this.moment = moment;
            this.then = then;
            switch (moment) {
                case Moment.AtTime(long nanos) -> dueNanos = nanos;
                case Moment.AtStep(long step, long _) -> dueStep = step;
                case Moment.When _ -> {
                    // not known yet
                }
            }
        }

        private boolean isWaiting() {
            return !isDone && dueNanos == Long.MAX_VALUE && moment instanceof Moment.When;
        }

        private boolean isMetBy(String thread, ProbePoint point, Simulation simulation) {
            if (!(moment instanceof Moment.When(Condition condition, long afterNs)) || !isMet(condition, thread, point,
                    simulation)) {
                return false;
            }
            long now = simulation.nanos();
            dueNanos = afterNs > Long.MAX_VALUE - now ? Long.MAX_VALUE - 1 : now + afterNs;
            return true;
        }

        private boolean isMet(Condition condition, String thread, ProbePoint point, Simulation simulation) {
            return switch (condition) {
                case Condition.EventIs(ProbePoint wanted, Optional<String> by, long number) -> wanted == point
                        && by.map(thread::equals).orElse(true)
                        && ++told == number;
                case Condition.StateIs(Quantity quantity, Bound bound) -> simulation.snapshot()
                        .filter(store -> bound.holdsFor(quantity.in(store)))
                        .isPresent();
            };
        }
    }
}
