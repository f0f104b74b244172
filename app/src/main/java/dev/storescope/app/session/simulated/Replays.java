package dev.storescope.app.session.simulated;

import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.app.session.scenario.ScenarioException;
import dev.storescope.app.session.scenario.ScenarioOutcome.End;
import dev.storescope.app.session.scenario.ScenarioRun;
import dev.storescope.engine.sim.ScheduledAction;
import dev.storescope.engine.sim.Until;
import dev.storescope.engine.sim.world.DeadlockException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Runs of one scenario that stand ready in its past: one a little before the moment that is looked at, one a little more,
/// and so on. The nearest one goes on from there to whatever moment is asked for; a run has threads and cannot be copied,
/// so others are made in idle time.
///
/// As [dev.storescope.engine.sim.TimeTravel] does, with what a scenario wants done when something happens.
///
/// Threads: the driver's.
final class Replays implements AutoCloseable {
    /// The nearest run stands so many steps back at most: a few milliseconds. Each next one so many times as many.
    static final long NEAREST_STEPS = 2_000;
    private static final int FARTHER_BY = 4;
    private static final int MOST_READY = 6;
    /// What is shown of the past when it becomes another run.
    private static final long KEPT_EVENTS = 100_000;

    /// Replaced when the run becomes another one.
    private Supplier<Scenario> scenario;
    private final List<ScenarioRun> ready = new ArrayList<>();

    /// @param scenario with everything that was done to the run
    Replays(Supplier<Scenario> scenario) {
        this.scenario = scenario;
    }

    /// From now on these are runs of another scenario, which has been the same up to the moment that [#changed] is told next.
    void nowOf(Supplier<Scenario> other) {
        scenario = other;
    }

    /// Takes the farthest of the runs that are not beyond a moment; a new one when there is none.
    ScenarioRun take(Predicate<ScenarioRun> isNotBeyond) {
        Optional<ScenarioRun> nearest = nearest(isNotBeyond);
        nearest.ifPresent(ready::remove);
        return nearest.orElseGet(() -> ScenarioRun.start(scenario.get()));
    }

    /// How far it has come, see [#take]; 0 for a new one.
    long stepsOfNearest(Predicate<ScenarioRun> isNotBeyond) {
        return nearest(isNotBeyond).map(Replays::steps).orElse(0L);
    }

    private Optional<ScenarioRun> nearest(Predicate<ScenarioRun> isNotBeyond) {
        return ready.stream().filter(isNotBeyond).max(Comparator.comparingLong(Replays::steps));
    }

    void giveBack(ScenarioRun run) {
        forgetOldEvents(run);
        ready.add(run);
        ready.sort(Comparator.comparingLong(Replays::steps));
        while (ready.size() > 2 * MOST_READY) {
            ready.removeFirst().close();
        }
    }

    /// Something was done to the run at a moment.
    ///
    /// @param undone what had been done to it from that moment on, and no longer is
    void changed(ScheduledAction.AtStep when, ScheduledAction done, List<ScheduledAction> undone) {
        for (ScenarioRun run : List.copyOf(ready)) {
            boolean isBeyond = steps(run) > when.step()
                    || steps(run) == when.step() && run.simulation().nanos() > when.nanos();
            if (isBeyond) {
                ready.remove(run);
                run.close();
            } else {
                run.simulation().cancelPlanned(undone::contains);
                run.simulation().plan(when, done.action());
            }
        }
    }

    /// Whether something was done at a step, or later.
    static boolean isFrom(ScheduledAction action, long step) {
        return action.when() instanceof ScheduledAction.AtStep(long at, long _) && at >= step;
    }

    /// Makes ready what is missing before a moment.
    ///
    /// @param budgetSteps how many steps at most
    /// @return whether there is more to do
    boolean prepare(long presentStep, long budgetSteps) {
        dropWhatIsNotNeeded(presentStep);
        Optional<Long> missing = missing(presentStep);
        if (missing.isEmpty()) {
            return false;
        }
        long to = missing.get();
        ScenarioRun run = take(it -> steps(it) <= to);
        try {
            advance(run, Until.step(to), budgetSteps);
        } finally {
            giveBack(run);
        }
        return true;
    }

    /// The step up to which a run should have come, and has not.
    private Optional<Long> missing(long presentStep) {
        return places(presentStep).stream().filter(place -> inPlace(place).isEmpty()).map(Place::fromStep).findFirst();
    }

    /// Where a run should stand: from one step to before another one.
    private record Place(long fromStep, long beforeStep) {
    }

    private static List<Place> places(long presentStep) {
        List<Place> places = new ArrayList<>();
        long nearer = presentStep;
        long back = NEAREST_STEPS;
        for (int i = 0; i < MOST_READY && nearer > 0; i++) {
            long farther = Math.max(0, presentStep - back);
            places.add(new Place(farther, nearer));
            nearer = farther;
            back *= FARTHER_BY;
        }
        return places;
    }

    private Optional<ScenarioRun> inPlace(Place place) {
        return ready.stream()
                .filter(run -> steps(run) >= place.fromStep && steps(run) < place.beforeStep)
                .max(Comparator.comparingLong(Replays::steps));
    }

    private void dropWhatIsNotNeeded(long presentStep) {
        if (ready.size() <= MOST_READY + 1) {
            return;
        }
        List<ScenarioRun> needed = places(presentStep).stream().flatMap(place -> inPlace(place).stream()).toList();
        for (ScenarioRun run : List.copyOf(ready)) {
            if (!needed.contains(run)) {
                ready.remove(run);
                run.close();
            }
        }
    }

    /// Lets a run that nobody sees go on; what fails in it has failed before, when it was seen.
    ///
    /// @return where it stands
    static ScenarioRun.Stop advance(ScenarioRun run, Until until, long budgetSteps) {
        long last = budgetSteps > Long.MAX_VALUE - steps(run) ? Long.MAX_VALUE : steps(run) + budgetSteps;
        while (true) {
            try {
                ScenarioRun.Stop stop = run.run(until, Math.max(0, last - steps(run)));
                boolean isPassedOver = switch (stop) {
                    case ScenarioRun.Stop.Ended(var reason) -> switch (reason) {
                        case REACHED -> true;
                        case NOTHING_LEFT, HELD -> false;
                    };
                    case ScenarioRun.Stop.AtPicture _,ScenarioRun.Stop.AtClip _,ScenarioRun.Stop.AtBreakpoint _ -> true;
                    case ScenarioRun.Stop.Paused _ -> false;
                };
                if (!isPassedOver) {
                    return stop;
                }
            } catch (ScenarioException e) {
                // told when it was seen; the run goes on behind it
            } catch (DeadlockException e) {
                return new ScenarioRun.Stop.Ended(
                        End.NOTHING_LEFT);
            }
        }
    }

    private static long steps(ScenarioRun run) {
        return run.simulation().steps();
    }

    private static void forgetOldEvents(ScenarioRun run) {
        run.simulation().events().forgetBefore(run.simulation().events().size() - KEPT_EVENTS);
    }

    @Override
    public void close() {
        ready.forEach(ScenarioRun::close);
        ready.clear();
    }
}
