package dev.storescope.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.Pacing;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.sim.disk.Fault;
import dev.storescope.engine.sim.world.EventLog.Event;
import dev.storescope.engine.testing.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Where a run stops, and what it says of that.
class UntilTest {
    private static final long MS = 1_000_000;

    private final Simulation simulation = Simulation.start(SimulationSpec
            .builder(Stores.config()
                    .set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.ASYNC_FLUSH)
                    .set(StoreSetting.FLUSH_INTERVAL_COMMIT_LOG, 50L)
                    .build())
            .load(LoadSpec.builder()
                    .producers(2)
                    .pacing(new Pacing.Constant(2_000))
                    .body(new BodySize.Fixed(500))
                    .build())
            .build());

    @BeforeEach
    void open() {
        simulation.runWhile(Phase.OPENING);
    }

    @AfterEach
    void close() {
        simulation.close();
    }

    @Test
    void shouldStopAtTheNextEventOfAKind() {
        // when
        Pause pause = simulation.run(Until.event(ProbePoint.FORCE_BEGIN));
        // then
        assertThat(pause).isEqualTo(Pause.EVENT);
        assertThat(lastEvent().point()).isEqualTo(ProbePoint.FORCE_BEGIN);
        assertThat(simulation.snapshot().orElseThrow().flush().forceStartedNanos()).isEqualTo(simulation.nanos());
        assertThat(simulation.events().told(ProbePoint.FORCE_BEGIN)).isEqualTo(1);
    }

    @Test
    void shouldStopAtTheNextEventOfAThread() {
        // when
        Pause pause = simulation.run(Until.eventOf("producer-1"));
        // then
        assertThat(pause).isEqualTo(Pause.EVENT);
        assertThat(lastEvent().thread()).isEqualTo("producer-1");
    }

    @Test
    void shouldStopInTheFirstStateThatIsWanted() {
        // when
        Pause pause = simulation.run(Until.state(it -> it.log().unflushedBytes() > 10_000));
        // then
        assertThat(pause).isEqualTo(Pause.STATE);
        assertThat(simulation.snapshot().orElseThrow().log().unflushedBytes()).isBetween(10_001L, 11_500L);
    }

    @Test
    void shouldStopAtATimeThatTheClockShowsThen() {
        // given
        long time = simulation.nanos() + 12_345_678;
        // when
        Pause pause = simulation.run(Until.time(time));
        // then
        assertThat(pause).isEqualTo(Pause.TIME);
        assertThat(simulation.nanos()).isEqualTo(time);
        assertThat(lastEvent().nanoTime()).isLessThanOrEqualTo(time);
    }

    @Test
    void shouldStopAtWhateverComesFirst() {
        // given
        long time = simulation.nanos() + 200 * MS;
        Until either = Until.time(time).orEvent((thread, point, a, b, c) -> point == ProbePoint.FORCE_END);
        // when, then
        assertThat(simulation.run(either)).isEqualTo(Pause.EVENT);
        assertThat(simulation.run(Until.NEVER.orTime(simulation.nanos() + MS), 3)).isEqualTo(Pause.BUDGET);
        long step = simulation.steps();
        assertThat(simulation.run(Until.step(step + 5).orTime(time))).isEqualTo(Pause.STEP);
        assertThat(simulation.steps()).isEqualTo(step + 5);
    }

    @Test
    void shouldSayThatNothingIsLeftWhenTheStoreHasCrashed() {
        // given
        simulation.apply(new Action.KillJvm());
        // when, then
        assertThat(simulation.run(Until.NEVER)).isEqualTo(Pause.NOTHING_LEFT);
    }

    @Test
    void shouldSayThatAllIsHeldWhenOnlySomebodyElseCanLetItGoOn() {
        // given
        simulation.apply(new Action.StopLoads());
        simulation.run(Until.time(simulation.nanos() + 100 * MS));
        for (var service : simulation.snapshot().orElseThrow().services()) {
            simulation.apply(new Action.TurnOn(new Fault.HeldService(service.name())));
        }
        // when
        Pause pause = simulation.run(Until.NEVER);
        // then
        assertThat(pause).isEqualTo(Pause.HELD);
        simulation.apply(new Action.TurnOff(new Fault.HeldService("FlushRealTimeService")));
        assertThat(simulation.run(Until.time(simulation.nanos() + 100 * MS))).isEqualTo(Pause.TIME);
    }

    private Event lastEvent() {
        return simulation.events().event(simulation.events().size() - 1);
    }
}
