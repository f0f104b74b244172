package dev.storescope.app.session.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.scenario.ScenarioRun;
import dev.storescope.app.session.scenario.ShippedScenarios;
import dev.storescope.app.session.simulated.WorldReading.Standing;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.LoadDriver;
import dev.storescope.engine.sim.Action;
import dev.storescope.engine.sim.Phase;
import dev.storescope.engine.sim.ScheduledAction;
import dev.storescope.engine.sim.Simulation;
import dev.storescope.engine.sim.Until;
import dev.storescope.engine.sim.disk.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Going back in a run by what was filmed of it; the clock of whoever looks stands still, so that the run follows only when
/// it is needed.
class LookbackTest {
    private static final long STEP = 20_000;
    private static final int STEPS_BACK = 40;

    private final AtomicLong realNanos = new AtomicLong();
    private final WorldDriver driver = new WorldDriver(FirstWorld.scenario(), Speed.AS_FAST_AS_IT_GOES,
            new WorldListener() {
                @Override
                public void done(String textKey, Object... values) {
                    // not asked for
                }

                @Override
                public void failed(String textKey, String detail) {
                    throw new AssertionError(detail);
                }
            }, realNanos::get);

    @AfterEach
    void close() {
        driver.close();
    }

    private void runTo(long step) {
        driver.runTo(new Moment.AtStep(step, 0)).join();
    }

    private void back(int steps) {
        for (int i = 0; i < steps; i++) {
            driver.stepBack().join();
        }
    }

    private long hash() {
        return driver.ask(Simulation::traceHash).join();
    }

    private static ScenarioRun plainRunTo(long step) {
        ScenarioRun plain = ScenarioRun.start(FirstWorld.scenario());
        plain.run(Until.step(step), Long.MAX_VALUE);
        return plain;
    }

    @Test
    void shouldShowEachMomentAsTheRunWasThereAndNotMoveTheRun() {
        // given
        runTo(STEP);
        List<WorldView> seen = new ArrayList<>();
        // when
        for (int i = 0; i < STEPS_BACK; i++) {
            driver.stepBack().join();
            seen.add(driver.view());
        }
        // then
        try (ScenarioRun plain = plainRunTo(STEP - STEPS_BACK)) {
            Simulation was = plain.simulation();
            for (WorldView view : seen.reversed()) {
                assertThat(view.store()).as("a still, at step %,d", view.world().steps()).isEmpty();
                assertThat(view.world().standing()).isEqualTo(Standing.STANDS);
                assertThat(view.world().steps()).isEqualTo(was.steps());
                assertThat(view.world().nanos()).isEqualTo(was.nanos());
                assertThat(view.snapshot()).isEqualTo(was.snapshot());
                assertThat(view.load()).contains(was.loadDrivers().getLast().snapshot());
                assertThat(view.usedBytes()).isEqualTo(was.world().disk().usedBytes());
                assertThat(view.told().size()).isEqualTo(was.events().size());
                for (String thread : List.of("GroupCommitService", "ReputMessageService", "main")) {
                    was.busyUntil(thread)
                            .ifPresent(until -> assertThat(view.busyUntil().apply(thread).orElse(until - 1) >= until)
                                    .isEqualTo(until >= was.nanos()));
                }
                plain.run(Until.step(was.steps() + 1), Long.MAX_VALUE);
            }
        }
    }

    @Test
    void shouldHaveTheRunFollowForWhoAsksIt() {
        // given
        runTo(STEP);
        back(STEPS_BACK);
        Optional<StoreSnapshot> still = driver.view().snapshot();
        // when
        long hash = hash();
        // then
        try (ScenarioRun plain = plainRunTo(STEP - STEPS_BACK)) {
            assertThat(hash).isEqualTo(plain.simulation().traceHash());
        }
        assertThat(driver.view().store()).isPresent();
        assertThat(driver.view().snapshot()).isEqualTo(still);
        assertThat(driver.read().steps()).isEqualTo(STEP - STEPS_BACK);
        // when
        runTo(STEP + 100);
        // then
        try (ScenarioRun plain = plainRunTo(STEP + 100)) {
            assertThat(hash()).isEqualTo(plain.simulation().traceHash());
        }
    }

    @Test
    void shouldGoOnByStillsToWhereTheRunStands() {
        // given
        runTo(STEP);
        Optional<StoreSnapshot> latest = driver.view().snapshot();
        back(3);
        // when
        driver.step().join();
        driver.step().join();
        // then
        assertThat(driver.read().steps()).isEqualTo(STEP - 1);
        assertThat(driver.view().store()).isEmpty();
        // when
        driver.step().join();
        // then
        assertThat(driver.read().steps()).isEqualTo(STEP);
        assertThat(driver.view().store()).isPresent();
        assertThat(driver.view().snapshot()).isEqualTo(latest);
        // when
        driver.step().join();
        // then
        assertThat(driver.read().steps()).isEqualTo(STEP + 1);
    }

    @Test
    void shouldBranchWhereTheStillIs() {
        // given
        runTo(STEP);
        back(STEPS_BACK);
        long nanos = driver.read().nanos();
        var slow = new Action.TurnOn(new Fault.SlowForce(3_000_000));
        // when
        driver.act(_ -> List.of(slow)).join();
        // then
        assertThat(driver.recorded().join().spec().actions()).containsExactly(
                new ScheduledAction(new ScheduledAction.AtStep(STEP - STEPS_BACK, nanos), slow));
        assertThat(driver.branches().join()).hasSize(2);
        // when
        driver.stepBack().join();
        // then
        assertThat(driver.read().steps()).isEqualTo(STEP - STEPS_BACK);
        assertThat(driver.view().faults()).isEmpty();
    }

    @Test
    void shouldForgetWhatWasFilmedOfAnotherCourse() {
        // given
        runTo(STEP);
        back(STEPS_BACK);
        driver.act(_ -> List.of(new Action.TurnOn(new Fault.SlowForce(3_000_000)))).join();
        runTo(STEP);
        // when
        back(STEPS_BACK - 10);
        // then
        long step = driver.read().steps();
        Optional<StoreSnapshot> still = driver.view().snapshot();
        assertThat(driver.view().faults()).hasSize(1);
        try (ScenarioRun plain = ScenarioRun.start(driver.recorded().join())) {
            plain.run(Until.step(step), Long.MAX_VALUE);
            assertThat(still).isEqualTo(plain.simulation().snapshot());
        }
    }

    @Test
    void shouldGoBackThroughACrashOfAScenario() {
        // given
        driver.begin(ShippedScenarios.named("async-power-cut").orElseThrow()).join();
        driver.runTo(new Moment.AtTime(10_000_000_000L)).join();
        long last = driver.read().steps();
        List<Long> steps = new ArrayList<>();
        // when
        while (driver.read().steps() > last - 200) {
            driver.stepBack().join();
            steps.add(driver.read().steps());
        }
        // then
        assertThat(steps).isSortedAccordingTo((a, b) -> Long.compare(b, a)).doesNotHaveDuplicates();
        long hash = hash();
        try (ScenarioRun plain = ScenarioRun.start(ShippedScenarios.named("async-power-cut").orElseThrow())) {
            Replays.advance(plain, Until.step(steps.getLast()), Long.MAX_VALUE);
            assertThat(hash).isEqualTo(plain.simulation().traceHash());
        }
    }

    @Test
    void shouldGlanceAtTheLastMomentThatWasKeptBeforeATime() {
        try (WorldRun world = WorldRun.begin(FirstWorld.scenario())) {
            // given
            while (world.simulation().steps() < STEP) {
                world.run(Until.NEVER, 500);
                world.keepOnTheWay();
            }
            var lookback = new Lookback(() -> world, () -> 0);
            long wanted = world.simulation().nanos() / 2;
            // when
            lookback.glance(wanted);
            // then
            Still still = lookback.still().orElseThrow();
            assertThat(still.nanos()).isLessThanOrEqualTo(wanted);
            assertThat(world.film().at(still.steps())).contains(still);
            assertThat(still.steps()).isGreaterThan(STEP / 2 - 4_000);
            try (ScenarioRun plain = plainRunTo(still.steps())) {
                assertThat(still.snapshot()).isEqualTo(plain.simulation().snapshot());
                assertThat(still.phase()).isEqualTo(Phase.RUNNING);
                assertThat(still.load()).isEqualTo(
                        plain.simulation().loadDrivers().stream().findFirst().map(LoadDriver::snapshot));
            }
        }
    }

    @Test
    void shouldTakeNoMoreMemoryThanItMay() {
        try (WorldRun world = WorldRun.begin(FirstWorld.scenario())) {
            // given
            long most = 2 << 20;
            var film = new Film(most);
            // when
            Still before = Still.of(world.simulation(), Still.UNKNOWN, Optional.empty());
            for (int i = 0; i < 3_000; i++) {
                long step = world.simulation().steps();
                world.run(Until.step(step + 1), Long.MAX_VALUE);
                before = Still.of(world.simulation(), step, Optional.of(before));
                film.keep(before, before.steps());
            }
            // then
            assertThat(film.bytes()).isLessThanOrEqualTo(most);
            assertThat(film.unbrokenFrom(before.steps()).orElseThrow()).isLessThan(before.steps() - 300);
        }
    }
}
