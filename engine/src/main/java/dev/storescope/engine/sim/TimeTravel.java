package dev.storescope.engine.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Goes back in a run, quickly: keeps runs of the same spec ready that stand still a little, and a little more, before the
/// moment that is looked at. The nearest one goes on from there to whatever moment is asked for; a run that has threads
/// cannot be copied, so others are made in idle time.
///
/// ```java
/// try (TimeTravel past = new TimeTravel(simulation.recorded(), simulation.steps())) {
///     while (past.prepare(10_000)) { ... a frame ... }
///     Simulation before = past.at(simulation.steps() - 1);
/// }
/// ```
///
/// Threads: the one that drives the runs.
public final class TimeTravel implements AutoCloseable {
    /// The nearest run that is kept ready stands so many steps back at most: a few milliseconds. The next twice as many, and
    /// so on.
    static final long NEAREST_STEPS = 2_000;
    /// A moment further back than the farthest of them is replayed from the seed.
    private static final int MOST_READY = 7;

    private final SimulationSpec spec;
    private final List<Simulation> ready = new ArrayList<>();
    private Optional<Simulation> underWay = Optional.empty();
    private long targetStep;
    private long presentStep;

    /// @param recorded of the run that is gone back in, see [Simulation#recorded()]; one to which something is done
    ///     afterwards needs another one of these
    /// @param presentStep how far it has come
    public TimeTravel(SimulationSpec recorded, long presentStep) {
        this.spec = recorded;
        this.presentStep = presentStep;
    }

    /// A run that is where that one was after `step` steps. It belongs to the caller, who closes it. From now on runs are
    /// kept ready before this moment.
    public Simulation at(long step) {
        presentStep = step;
        Simulation nearest = ready.stream()
                .filter(run -> run.steps() <= step)
                .max(Comparator.comparingLong(Simulation::steps))
                .orElseGet(() -> Simulation.start(spec));
        ready.remove(nearest);
        nearest.run(Until.step(step));
        return nearest;
    }

    /// Makes ready what is missing.
    ///
    /// @param budgetSteps how many steps at most, so that whoever calls can look after other things meanwhile
    /// @return whether there is more to do
    public boolean prepare(long budgetSteps) {
        if (underWay.isEmpty()) {
            dropWhatLiesAhead();
            Optional<Long> missing = nextMissing();
            if (missing.isEmpty()) {
                return false;
            }
            targetStep = missing.get();
            underWay = Optional.of(Simulation.start(spec));
        }
        Simulation run = underWay.get();
        if (run.run(Until.step(targetStep), budgetSteps) != Pause.BUDGET) {
            ready.add(run);
            underWay = Optional.empty();
        }
        return true;
    }

    /// How many steps the nearest run that is ready lies before `step`; all of them when none is.
    public long stepsToReplay(long step) {
        return ready.stream().mapToLong(run -> step - run.steps()).filter(steps -> steps >= 0).min().orElse(step);
    }

    private void dropWhatLiesAhead() {
        for (Simulation run : List.copyOf(ready)) {
            if (run.steps() > presentStep) {
                ready.remove(run);
                run.close();
            }
        }
    }

    private Optional<Long> nextMissing() {
        long nearer = presentStep;
        for (int i = 0; i < MOST_READY && nearer > 0; i++) {
            long farther = Math.max(0, presentStep - (NEAREST_STEPS << i));
            long behind = nearer;
            if (ready.stream().noneMatch(run -> run.steps() >= farther && run.steps() < behind)) {
                return Optional.of(farther);
            }
            nearer = farther;
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        underWay.ifPresent(Simulation::close);
        underWay = Optional.empty();
        ready.forEach(Simulation::close);
        ready.clear();
    }
}
