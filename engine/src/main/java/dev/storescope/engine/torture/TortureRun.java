package dev.storescope.engine.torture;

import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreState;
import dev.storescope.engine.sim.Action;
import dev.storescope.engine.sim.Pause;
import dev.storescope.engine.sim.Phase;

import dev.storescope.engine.sim.Simulation;
import dev.storescope.engine.sim.Until;
import dev.storescope.engine.sim.world.DeadlockException;
import dev.storescope.engine.torture.TortureCase.Ending;
import dev.storescope.engine.torture.TortureCase.Life;
import java.util.List;

/// Plays a [TortureCase]: life after life, and at the end two recoveries, which must give the same.
///
/// Threads: one.
public final class TortureRun {
    /// Long enough for every service of the store to come by several times.
    private static final long CATCH_UP_NS = 120_000_000_000L;
    /// Of scheduling points; whatever takes longer goes round in circles.
    private static final long MOST_STEPS_OF_OPENING = 2_000_000;
    /// After so many scheduling points a stop is helped out of the faults that hold it up.
    private static final long MOST_STEPS_OF_STOP = 20_000;
    /// A thousand times as many as a stop takes: one that is still under way then never ends.
    private static final long MOST_STEPS_WITHOUT_FAULTS = 5_000_000;
    /// Faults may strike while a store is opened, again and again.
    private static final int MOST_OPENINGS = 20;

    private final TortureCase torture;
    private final Simulation simulation;
    private final Disturbances disturbances;
    private final Invariants invariants;

    private TortureRun(TortureCase torture) {
        this.torture = torture;
        this.simulation = Simulation.start(torture.spec());
        this.disturbances = new Disturbances(simulation);
        this.invariants = new Invariants(simulation, disturbances);
    }

    public static TortureResult of(TortureCase torture) {
        TortureRun run = new TortureRun(torture);
        try (Simulation simulation = run.simulation) {
            run.play();
            return new TortureResult(torture, simulation.steps(), simulation.ledger().crashes().size(),
                    simulation.ledger().counts(), simulation.traceHash(), simulation.recorded(),
                    run.invariants.violations());
        }
    }

    private void play() {
        try {
            List<Life> lives = torture.lives();
            for (int i = 0; i < lives.size(); i++) {
                live(lives.get(i));
                if (!lives.get(i).faultsStay()) {
                    disturbances.end();
                }
                if (i + 1 < lives.size()) {
                    simulation.apply(new Action.Reopen());
                    simulation.apply(new Action.StartLoad(lives.get(i + 1).load()));
                }
            }
            disturbances.end();
            // One that could not be opened before still has loads to start.
            simulation.apply(new Action.StopLoads());
            String first = recover();
            simulation.apply(torture.seed() % 2 == 0 ? new Action.KillJvm() : new Action.CutPower());
            String second = recover();
            if (!first.equals(second)) {
                invariants.violated("a second recovery: expected %s, found %s".formatted(first, second));
            }
        } catch (DeadlockException e) {
            invariants.violated(e.getMessage());
        }
    }

    private void live(Life life) {
        invariants.restart();
        long beganNanos = simulation.nanos();
        long toStep = simulation.steps() + life.steps();
        while (simulation.steps() < toStep && simulation.phase() != Phase.FAILED) {
            Pause pause = simulation.run(Until.step(toStep).orEvent(invariants));
            if (pause == Pause.HELD) {
                disturbances.end();
            } else if (pause == Pause.NOTHING_LEFT) {
                break;
            }
        }
        if (simulation.phase() == Phase.FAILED) {
            requireOpened(beganNanos);
            return;
        }
        invariants.look();
        end(life.ending());
    }

    private void end(Ending ending) {
        switch (ending) {
            case KILL_JVM -> simulation.apply(new Action.KillJvm());
            case CUT_POWER -> simulation.apply(new Action.CutPower());
            case SHUTDOWN -> {
                if (simulation.phase() == Phase.RUNNING) {
                    shutDown();
                } else {
                    simulation.apply(new Action.KillJvm());
                }
            }
        }
    }

    private void shutDown() {
        long beganNanos = simulation.nanos();
        simulation.apply(new Action.Shutdown());
        long mostSteps = simulation.steps() + MOST_STEPS_OF_STOP;
        boolean wasBroken = simulation.snapshot().orElseThrow().state() == StoreState.BROKEN;
        while (simulation.phase() == Phase.CLOSING) {
            Pause pause = simulation.run(Until.NEVER.orEvent(invariants).orStep(simulation.steps() + 1_000));
            if (pause == Pause.HELD || simulation.steps() > mostSteps) {
                disturbances.end();
            }
            if (simulation.steps() > mostSteps + MOST_STEPS_WITHOUT_FAULTS) {
                invariants.violated("a stop: expected it to end within %,d steps after the faults, found it under way"
                        .formatted(MOST_STEPS_WITHOUT_FAULTS));
                simulation.apply(new Action.KillJvm());
                return;
            }
        }
        // A stop that waited too long leaves the directory locked until the process ends; one of a store that is broken loses what
        // a kill would lose.
        if (wasBroken || disturbances.since(beganNanos)) {
            simulation.apply(new Action.KillJvm());
        }
    }

    /// Opens the store, and goes through it when queues and index are complete.
    private String recover() {
        for (int i = 0; i < MOST_OPENINGS && simulation.phase() != Phase.RUNNING; i++) {
            disturbances.end();
            open();
        }
        if (simulation.phase() != Phase.RUNNING) {
            invariants.violated("opening: expected it to succeed in one of %d times, found %s %s".formatted(
                    MOST_OPENINGS, simulation.phase(), simulation.failure()));
            return "";
        }
        Pause pause = simulation.run(Until.state(TortureRun::isCaughtUp)
                .orTime(simulation.nanos() + CATCH_UP_NS)
                .orEvent(invariants));
        if (pause != Pause.STATE) {
            StoreSnapshot snapshot = simulation.snapshot().orElseThrow();
            invariants.violated("after the opening: expected dispatch and proof to be done within %,d s, found %d bytes"
                    .formatted(CATCH_UP_NS / 1_000_000_000, snapshot.dispatch().behindBytes())
                    + " behind, " + snapshot.proof() + ", " + snapshot.notWriteable());
        }
        return new StoreAudit(simulation.store().orElseThrow(), invariants::violated).run(simulation.ledger());
    }

    private void open() {
        invariants.restart();
        long beganNanos = simulation.nanos();
        simulation.apply(new Action.Reopen());
        long mostSteps = simulation.steps() + MOST_STEPS_OF_OPENING;
        while (simulation.phase() == Phase.OPENING && simulation.steps() < mostSteps) {
            if (simulation.run(Until.step(simulation.steps() + 1_000).orEvent(invariants)) == Pause.HELD) {
                disturbances.end();
            }
        }
        requireOpened(beganNanos);
    }

    /// Without a fault in the world there is no excuse.
    private void requireOpened(long beganNanos) {
        if (simulation.phase() != Phase.RUNNING && !disturbances.since(beganNanos)) {
            invariants.violated("opening: expected it to succeed, found %s %s".formatted(simulation.phase(),
                    simulation.failure()));
        }
    }

    private static boolean isCaughtUp(StoreSnapshot snapshot) {
        return snapshot.proof().isFinished() && snapshot.dispatch().behindBytes() == 0;
    }
}
