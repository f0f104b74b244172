package dev.storescope.app.session.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.app.session.scenario.Bound;
import dev.storescope.app.session.scenario.Condition;
import dev.storescope.app.session.scenario.Ending;
import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.scenario.Quantity;
import dev.storescope.app.session.scenario.ScenarioRun;
import dev.storescope.app.session.scenario.ShippedScenarios;
import dev.storescope.app.session.simulated.WorldReading.Standing;
import dev.storescope.app.session.simulated.WorldReading.Why;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.sim.Action;
import dev.storescope.engine.sim.Crash;
import dev.storescope.engine.sim.Phase;
import dev.storescope.engine.sim.Simulation;
import dev.storescope.engine.sim.Until;
import dev.storescope.engine.sim.disk.Fault;
import dev.storescope.engine.sim.world.EventLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorldDriverTest {
    private static final long STEP = 3_000;
    private static final long SECOND_NS = 1_000_000_000;

    private final List<String> told = new ArrayList<>();
    private final WorldDriver driver = newDriver();

    private WorldDriver newDriver() {
        return new WorldDriver(FirstWorld.scenario(), Speed.AS_FAST_AS_IT_GOES, new WorldListener() {
            @Override
            public void done(String textKey, Object... values) {
                told.add(textKey);
            }

            @Override
            public void failed(String textKey, String detail) {
                told.add(detail);
            }
        }, System::nanoTime);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private static long hash(WorldDriver of) {
        return of.ask(Simulation::traceHash).join();
    }

    private static Moment atStep(long step) {
        return new Moment.AtStep(step, 0);
    }

    private static Moment event(ProbePoint point) {
        return new Moment.When(new Condition.EventIs(point, Optional.empty(), 1), 0);
    }

    @Test
    void shouldBeginWithAnOpenStoreAndStandStill() {
        assertThat(driver.read().standing()).isEqualTo(Standing.STANDS);
        assertThat(driver.read().phase()).isEqualTo(Phase.RUNNING);
        assertThat(driver.view().snapshot()).isPresent();
        assertThat(driver.view().load()).isPresent();
    }

    @Test
    void shouldGiveTheSameRunWhetherSteppedOrRun() {
        // given
        driver.runTo(atStep(STEP)).join();
        try (WorldDriver stepped = newDriver();
                ScenarioRun plain = ScenarioRun.start(FirstWorld.scenario())) {
            // when
            while (stepped.read().steps() < STEP) {
                stepped.step().join();
            }
            plain.run(Until.step(STEP), Long.MAX_VALUE);
            // then
            assertThat(driver.read().steps()).isEqualTo(STEP);
            assertThat(hash(stepped)).isEqualTo(hash(driver)).isEqualTo(plain.simulation().traceHash());
            assertThat(stepped.view().snapshot()).isEqualTo(driver.view().snapshot());
        }
    }

    @Test
    void shouldStandStillAsSoonAsItIsPaused() {
        // given
        driver.run().join();
        // when
        driver.pause().join();
        // then
        WorldReading paused = driver.read();
        assertThat(paused.standing()).isEqualTo(Standing.STANDS);
        assertThat(paused.why()).contains(new Why.Asked());
        assertThat(driver.ask(Simulation::steps).join()).isEqualTo(paused.steps());
    }

    @Test
    void shouldGoBackToTheVeryMomentBefore() {
        // given
        driver.runTo(atStep(STEP)).join();
        long hash = hash(driver);
        Optional<StoreSnapshot> snapshot = driver.view().snapshot();
        driver.step().join();
        assertThat(driver.read().steps()).isEqualTo(STEP + 1);
        // when
        driver.stepBack().join();
        // then
        assertThat(driver.read().steps()).isEqualTo(STEP);
        assertThat(hash(driver)).isEqualTo(hash);
        assertThat(driver.view().snapshot()).isEqualTo(snapshot);
    }

    @Test
    void shouldGoOnFromThePastAsItWentBefore() {
        // given
        driver.runTo(atStep(STEP)).join();
        long hash = hash(driver);
        long latest = driver.read().latestNanos();
        // when
        driver.travelTo(latest / 2).join();
        // then
        assertThat(driver.read().nanos()).isEqualTo(latest / 2);
        assertThat(driver.read().latestNanos()).isEqualTo(latest);
        assertThat(driver.read().isInPast()).isTrue();
        // when
        driver.runTo(atStep(STEP)).join();
        // then
        assertThat(hash(driver)).isEqualTo(hash);
        assertThat(driver.branches().join()).hasSize(1);
    }

    @Test
    void shouldStopAtTheVeryStepOfABreakpoint() {
        // given
        driver.setBreakpoints(List.of(event(ProbePoint.FORCE_BEGIN))).join();
        // when
        driver.runTo(new Moment.AtTime(SECOND_NS)).join();
        // then
        assertThat(driver.read().why()).contains(new Why.AtBreakpoint(event(ProbePoint.FORCE_BEGIN)));
        EventLog.Event last = driver.ask(world -> world.events().event(world.events().size() - 1)).join();
        assertThat(last.point()).isEqualTo(ProbePoint.FORCE_BEGIN);
        long first = driver.read().nanos();
        // when
        driver.runTo(new Moment.AtTime(SECOND_NS)).join();
        // then
        assertThat(driver.read().nanos()).isGreaterThan(first);
        assertThat(driver.read().why()).contains(new Why.AtBreakpoint(event(ProbePoint.FORCE_BEGIN)));
    }

    @Test
    void shouldCountTheEventsOfABreakpointFromTheBeginningOfTheRun() {
        // given
        Moment fourth = new Moment.When(
                new Condition.EventIs(ProbePoint.FORCE_BEGIN, Optional.of("GroupCommitService"), 4), 0);
        driver.setBreakpoints(List.of(fourth)).join();
        driver.runTo(new Moment.AtTime(SECOND_NS)).join();
        assertThat(driver.read().why()).contains(new Why.AtBreakpoint(fourth));
        long step = driver.read().steps();
        // when
        driver.travelTo(driver.read().nanos() - 1_000_000).join();
        driver.runTo(new Moment.AtTime(SECOND_NS)).join();
        // then
        assertThat(driver.read().steps()).isEqualTo(step);
        assertThat(driver.ask(world -> world.events().told(ProbePoint.FORCE_BEGIN, "GroupCommitService")).join())
                .isEqualTo(4);
        // when
        driver.runTo(new Moment.AtTime(SECOND_NS)).join();
        // then
        assertThat(driver.read().why()).contains(new Why.Asked());
        assertThat(driver.read().nanos()).isEqualTo(SECOND_NS);
    }

    @Test
    void shouldStopWhenAStateBecomesLikeTheBreakpoint() {
        // given
        Moment behind = new Moment.When(
                new Condition.StateIs(Quantity.FLUSH_BEHIND, new Bound(Bound.Kind.MORE_THAN, 4_096)), 0);
        driver.setBreakpoints(List.of(behind)).join();
        // when
        driver.runTo(new Moment.AtTime(SECOND_NS)).join();
        // then
        assertThat(driver.read().why()).contains(new Why.AtBreakpoint(behind));
        assertThat(driver.view().snapshot().orElseThrow().log().unflushedBytes()).isGreaterThan(4_096);
    }

    @Test
    void shouldKeepTheOldRunWhenSomethingIsChangedInItsPast() {
        // given
        driver.runTo(atStep(STEP)).join();
        long old = hash(driver);
        long latest = driver.read().latestNanos();
        driver.travelTo(latest / 2).join();
        // when
        driver.act(_ -> List.of(new Action.TurnOn(new Fault.SlowForce(3_000_000)))).join();
        driver.runTo(new Moment.AtTime(latest)).join();
        // then
        List<Branch> branches = driver.branches().join();
        assertThat(branches).hasSize(2);
        assertThat(branches.getFirst().outcome().traceHash()).isEqualTo(old);
        assertThat(branches.getLast().parent()).hasValue(1);
        assertThat(branches.getLast().fromNanos()).isEqualTo(latest / 2);
        assertThat(branches.getLast().change()).isEqualTo("turnOn: {slowForce: {extra: 3ms}}");
        long other = hash(driver);
        assertThat(other).isNotEqualTo(old);
        // when
        driver.show(1).join();
        // then
        assertThat(driver.read().branch()).isEqualTo(1);
        assertThat(hash(driver)).isEqualTo(old);
        // when
        driver.show(2).join();
        // then
        assertThat(hash(driver)).isEqualTo(other);
    }

    @Test
    void shouldGiveTheSameRunAgainFromWhatWasRecorded() {
        // given
        driver.runTo(atStep(STEP / 2)).join();
        driver.act(_ -> List.of(new Action.TurnOn(new Fault.SlowForce(1_000_000)))).join();
        driver.runTo(atStep(STEP)).join();
        driver.crash(Crash.Kind.POWER_CUT).join();
        driver.reopen().join();
        driver.runTo(atStep(STEP + 200)).join();
        // when
        var recorded = driver.recorded().join();
        // then
        try (ScenarioRun again = ScenarioRun.start(recorded)) {
            again.run(Until.step(STEP + 200), Long.MAX_VALUE);
            assertThat(again.simulation().traceHash()).isEqualTo(hash(driver));
        }
    }

    @Test
    void shouldGoBackOverACrashAndOnAgain() {
        // given
        driver.runTo(atStep(STEP)).join();
        driver.crash(Crash.Kind.POWER_CUT).join();
        assertThat(driver.read().phase()).isEqualTo(Phase.CRASHED);
        assertThat(driver.read().lastCrash()).isPresent();
        long crashed = hash(driver);
        // when
        driver.stepBack().join();
        // then
        assertThat(driver.read().phase()).isEqualTo(Phase.RUNNING);
        // when
        driver.step().join();
        // then
        assertThat(driver.read().phase()).isEqualTo(Phase.CRASHED);
        assertThat(hash(driver)).isEqualTo(crashed);
    }

    @Test
    void shouldPlayAScenarioToItsEndAndSaySo() {
        // given
        var scenario = ShippedScenarios.named("async-power-cut").orElseThrow();
        driver.begin(scenario).join();
        // when
        driver.runTo(new Moment.AtTime(10 * SECOND_NS)).join();
        // then
        assertThat(driver.read().why()).contains(new Why.ScenarioEnded());
        try (ScenarioRun plain = ScenarioRun.start(scenario)) {
            assertThat(hash(driver)).isEqualTo(plain.runToEnd().traceHash());
        }
    }

    @Test
    void shouldSayWhatCannotBeDoneAndGoOn() {
        // when
        var failed = driver.reopen();
        // then
        assertThatThrownBy(failed::join).hasMessageContaining("cannot be opened");
        driver.step().join();
        assertThat(driver.read().why()).contains(new Why.Asked());
    }

    @Test
    void shouldBeginAnotherWorldWithAnotherSeed() {
        // given
        driver.runTo(atStep(STEP)).join();
        long hash = hash(driver);
        // when
        driver.begin(7).join();
        driver.runTo(atStep(STEP)).join();
        // then
        assertThat(driver.read().seed()).isEqualTo(7);
        assertThat(hash(driver)).isNotEqualTo(hash);
        assertThat(driver.branches().join()).hasSize(1);
        assertThat(driver.branches().join().getFirst().outcome().scenario().until()).isEqualTo(
                Ending.atTime(Long.MAX_VALUE));
    }
}
