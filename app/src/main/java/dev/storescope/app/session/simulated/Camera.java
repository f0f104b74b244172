package dev.storescope.app.session.simulated;

import dev.storescope.app.session.scenario.ScenarioRun;
import dev.storescope.engine.sim.Simulation;
import dev.storescope.engine.sim.Until;

/// Films the steps that lead to a moment: a run that nobody sees goes over them, one by one.
///
/// Threads: the driver's.
final class Camera {
    /// So many steps that are not filmed take as long as one that is, about.
    private static final long UNSEEN_STEPS = 20;

    private final Film film;
    private final long fromStep;
    private final long toStep;
    private final Replays replays;
    private final ScenarioRun run;
    private long lastStep = Still.UNKNOWN;

    /// @param toStep one that is kept, and whose past is not
    Camera(Replays replays, Film film, long toStep) {
        this.replays = replays;
        this.film = film;
        this.toStep = toStep;
        fromStep = Math.max(0, toStep - Film.NEAR_STILLS);
        run = replays.take(each -> steps(each) <= fromStep);
    }

    long toStep() {
        return toStep;
    }

    /// @return whether it is there
    boolean goOn(long budgetStills) {
        if (steps(run) < fromStep) {
            Replays.advance(run, Until.step(fromStep), UNSEEN_STEPS * budgetStills);
            return false;
        }
        for (long i = 0; i < budgetStills; i++) {
            long now = steps(run);
            if (now >= toStep) {
                film.link(toStep, lastStep);
                return true;
            }
            keep();
            if (now + 1 == toStep) {
                // It stays before the moment: somebody may want to go on from there.
                film.link(toStep, now);
                return true;
            }
            Replays.advance(run, Until.step(now + 1), Long.MAX_VALUE);
            if (steps(run) == now) {
                return true;
            }
        }
        return false;
    }

    private void keep() {
        Simulation now = run.simulation();
        film.keep(Still.of(now, lastStep, film.at(lastStep)), toStep);
        lastStep = now.steps();
    }

    /// The run is of use to others.
    void giveBack() {
        replays.giveBack(run);
    }

    private static long steps(ScenarioRun run) {
        return run.simulation().steps();
    }
}
