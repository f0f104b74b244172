package dev.storescope.app.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.app.session.simulated.FirstWorld;
import dev.storescope.app.session.simulated.SimulatedWorld;
import dev.storescope.app.session.simulated.Speed;
import dev.storescope.app.session.simulated.WorldReading;
import dev.storescope.app.session.simulated.WorldReading.Standing;
import dev.storescope.engine.sim.Action;
import dev.storescope.engine.sim.Crash;
import dev.storescope.engine.sim.Phase;
import dev.storescope.engine.sim.Simulation;
import dev.storescope.engine.sim.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlayedSessionTest {
    private static final long MILLI = 1_000_000;

    private final Simulation simulation = Simulation.start(FirstWorld.scenario().spec());
    private final PlayedSession session = new PlayedSession(simulation);

    @AfterEach
    void close() {
        session.close();
        simulation.close();
    }

    private WorldReading world() {
        return session.simulated().map(SimulatedWorld::read).orElseThrow();
    }

    @Test
    void shouldShowClockStepAndSeedOfTheRun() {
        // when
        simulation.run(Until.time(3 * MILLI));
        // then
        assertThat(world().nanos()).isEqualTo(3 * MILLI);
        assertThat(world().steps()).isEqualTo(simulation.steps()).isPositive();
        assertThat(world().seed()).isEqualTo(simulation.spec().seed());
        assertThat(world().disk()).isEqualTo(simulation.spec().model().name());
        assertThat(world().standing()).isEqualTo(Standing.STANDS);
        assertThat(world().why()).contains(new WorldReading.Why.Asked());
    }

    @Test
    void shouldLookAsIfItRanWhileItIsFilmed() {
        // when
        session.playAt(new Speed(500));
        // then
        assertThat(world().standing()).isEqualTo(Standing.RUNS);
        assertThat(world().reachedRatio()).contains(1.0 / 500);
        // when
        session.stand();
        // then
        assertThat(world().standing()).isEqualTo(Standing.STANDS);
    }

    @Test
    void shouldTellOfACrashAndOfWhatBecameOfTheMessages() {
        // given
        simulation.run(Until.time(30 * MILLI));
        // when
        simulation.apply(new Action.CutPower());
        // then
        assertThat(world().phase()).isEqualTo(Phase.CRASHED);
        assertThat(world().lastCrash()).map(Crash::kind).contains(Crash.Kind.POWER_CUT);
        // when
        simulation.apply(new Action.Reopen());
        simulation.runWhile(Phase.OPENING);
        // then
        assertThat(session.ledger().join()).hasValueSatisfying(report -> {
            assertThat(report.deaths()).hasSize(1);
            assertThat(report.messages()).isEqualTo(simulation.ledger().messages()).isPositive();
        });
    }

    @Test
    void shouldKeepOneRecordingOverACrash() {
        // given
        simulation.run(Until.time(30 * MILLI));
        session.read();
        long before = session.readTrace().generation();
        // when
        simulation.apply(new Action.CutPower());
        simulation.apply(new Action.Reopen());
        simulation.runWhile(Phase.OPENING);
        session.read();
        // then
        assertThat(session.readTrace().generation()).isEqualTo(before);
        assertThat(session.readTrace().travel()).hasValueSatisfying(
                travel -> assertThat(travel.nowNanos()).isEqualTo(simulation.nanos()));
    }

    @Test
    void shouldRefuseWhatWouldChangeTheRun() {
        // given
        long steps = simulation.steps();
        // then
        assertThatThrownBy(() -> session.simulated().orElseThrow().step().join())
                .hasMessageContaining("it can only be looked at");
        assertThat(simulation.steps()).isEqualTo(steps);
    }
}
