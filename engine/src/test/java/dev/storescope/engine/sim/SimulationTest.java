package dev.storescope.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.ConsumeDriver.Reset;
import dev.storescope.engine.load.ConsumeSpec;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.Pacing;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.sim.LedgerEntry.Fate;
import dev.storescope.engine.sim.disk.Fault;
import dev.storescope.engine.testing.Stores;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SimulationTest {
    private static final long MS = 1_000_000;
    private static final long STEPS = 6_000;

    static Stream<Arguments> seedsAndModes() {
        return Stream.of(1L, 2L, 3L).flatMap(seed -> Stream.of(Mode.values()).map(mode -> Arguments.of(seed, mode)));
    }

    @ParameterizedTest
    @MethodSource("seedsAndModes")
    void shouldBeTheSameRunTwice(long seed, Mode mode) {
        try (Simulation one = Simulation.start(spec(seed, mode));
                Simulation other = Simulation.start(spec(seed, mode))) {
            // when
            one.run(Until.step(STEPS));
            other.run(Until.step(STEPS));
            // then
            assertSame(one, other, seed);
            assertThat(one.phase()).isEqualTo(Phase.RUNNING);
            assertThat(one.snapshot().orElseThrow().counters().messages()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("seedsAndModes")
    void shouldBeTheSameRunWhetherItIsSteppedOrRunInOneGo(long seed, Mode mode) {
        try (Simulation one = Simulation.start(spec(seed, mode));
                Simulation other = Simulation.start(spec(seed, mode))) {
            // when
            one.run(Until.step(STEPS));
            other.run(Until.step(1_000));
            for (int i = 0; i < 500; i++) {
                other.step();
            }
            while (other.steps() < 4_000) {
                other.run(Until.event(ProbePoint.PUT_BEGIN));
                other.run(Until.time(other.nanos() + 100_000));
                other.run(Until.NEVER, 7);
            }
            other.run(Until.state(snapshot -> snapshot.counters().messages() < 0).orStep(5_000));
            other.run(Until.step(STEPS));
            // then
            assertSame(one, other, seed);
        }
    }

    @Test
    void shouldBeAnotherRunWithAnotherSeed() {
        try (Simulation one = Simulation.start(spec(1, Mode.SYNC));
                Simulation other = Simulation.start(spec(2, Mode.SYNC))) {
            // when
            one.run(Until.step(STEPS));
            other.run(Until.step(STEPS));
            // then
            assertThat(one.traceHash()).isNotEqualTo(other.traceHash());
        }
    }

    @ParameterizedTest
    @MethodSource("seedsAndModes")
    void shouldRecoverWhatWasPromisedAfterEachCrash(long seed, Mode mode) {
        try (Simulation simulation = Simulation.start(spec(seed, mode))) {
            for (int crash = 0; crash < 4; crash++) {
                // when
                simulation.run(Until.step(simulation.steps() + 2_000 + 777 * crash));
                simulation.apply(crash % 2 == 0 ? new Action.CutPower() : new Action.KillJvm());
                assertThat(simulation.phase()).isEqualTo(Phase.CRASHED);
                simulation.apply(new Action.Reopen());
                simulation.runWhile(Phase.OPENING);
                // then
                assertThat(simulation.phase()).as(simulation.failure()).isEqualTo(Phase.RUNNING);
                assertThat(simulation.ledger().brokenPromises()).as("seed %d, crash %d", seed, crash).isEmpty();
                assertThat(simulation.ledger().strangers()).as("seed %d, crash %d", seed, crash).isEmpty();
                simulation.apply(new Action.StartLoad(load(seed)));
            }
            assertThat(simulation.ledger().counts()).containsKey(Fate.ACKNOWLEDGED_KEPT);
        }
    }

    @ParameterizedTest
    @MethodSource("seedsAndModes")
    void shouldReplayWhatWasDoneByHand(long seed, Mode mode) {
        try (Simulation simulation = Simulation.start(spec(seed, mode))) {
            // given
            simulation.run(Until.step(2_500));
            simulation.apply(new Action.CutPower());
            simulation.apply(new Action.Reopen());
            simulation.runWhile(Phase.OPENING);
            simulation.apply(new Action.StartLoad(load(seed)));
            simulation.run(Until.time(simulation.nanos() + 20 * MS));
            simulation.apply(new Action.TurnOn(new Fault.SlowForce(3 * MS)));
            simulation.run(Until.time(simulation.nanos() + 20 * MS));
            // when
            try (Simulation replay = simulation.atTime(simulation.nanos())) {
                // then
                assertSame(simulation, replay, seed);
            }
            simulation.run(Until.step(simulation.steps() + 500));
            try (Simulation replay = simulation.at(simulation.steps())) {
                assertSame(simulation, replay, seed);
            }
        }
    }

    @Test
    void shouldStopChangeAndResetTheConsumerAndReplayThat() {
        // given
        try (Simulation simulation = Simulation.start(spec(1, Mode.ASYNC))) {
            simulation.apply(new Action.StartConsumer(ConsumeSpec.NOTHING.withTopic("topic-0")));
            simulation.run(Until.time(200 * MS));
            // when
            simulation.apply(new Action.StopConsumer());
            simulation.run(Until.time(210 * MS));
            long stoppedAt = received(simulation);
            simulation.run(Until.time(300 * MS));
            // then
            assertThat(received(simulation)).isEqualTo(stoppedAt).isPositive();
            assertThat(simulation.consumer().orElseThrow().isRunning()).isFalse();
            // when
            simulation.apply(new Action.ResetConsumer(Reset.MAX));
            // then
            assertThat(simulation.consumer().orElseThrow().snapshot().lag()).isZero();
            // when
            simulation.apply(new Action.StartConsumer(ConsumeSpec.NOTHING.withTopic("topic-0")));
            simulation.apply(new Action.UpdateConsumer(
                    ConsumeSpec.NOTHING.withTopic("topic-0").withMessagesPerSecond(7)));
            simulation.run(Until.time(400 * MS));
            // then
            assertThat(simulation.consumer().orElseThrow().spec().messagesPerSecond()).isEqualTo(7);
            try (Simulation replay = simulation.atTime(simulation.nanos())) {
                assertThat(replay.traceHash()).isEqualTo(simulation.traceHash());
                assertThat(received(replay)).isEqualTo(received(simulation));
            }
        }
    }

    @Test
    void shouldDeleteQueuesAndIndexAndMakeThemAgainFromTheLog() {
        // given
        SimulationSpec spec = spec(1, Mode.ASYNC).toBuilder()
                .at(0, new Action.StartConsumer(ConsumeSpec.NOTHING.withTopic("topic-0")))
                .build();
        try (Simulation simulation = Simulation.start(spec)) {
            simulation.run(Until.time(200 * MS));
            // when
            simulation.apply(new Action.Rebuild());
            simulation.runWhile(Phase.CLOSING);
            simulation.runWhile(Phase.OPENING);
            // then
            assertThat(simulation.phase()).isEqualTo(Phase.RUNNING);
            Rebuild rebuild = simulation.lastRebuild().orElseThrow();
            assertThat(rebuild.filesDeleted()).isPositive();
            assertThat(rebuild.durationNs()).isPositive();
            assertThat(rebuild.before().dispatch().entries()).isPositive();
            assertThat(rebuild.after().dispatch().entries()).isEqualTo(rebuild.before().dispatch().entries());
            assertThat(rebuild.after().dispatch().queueCount()).isEqualTo(rebuild.before().dispatch().queueCount());
            assertThat(rebuild.after().dispatch().index().entries())
                    .isEqualTo(rebuild.before().dispatch().index().entries());
            // when
            long before = received(simulation);
            simulation.run(Until.time(simulation.nanos() + 200 * MS));
            // then
            assertThat(received(simulation)).isGreaterThan(before);
            try (Simulation replay = simulation.at(simulation.steps())) {
                assertThat(replay.traceHash()).isEqualTo(simulation.traceHash());
                assertThat(replay.platterHash()).isEqualTo(simulation.platterHash());
            }
        }
    }

    @Test
    void shouldRefuseToChangeAConsumerThatThereIsNot() {
        // given
        try (Simulation simulation = Simulation.start(spec(1, Mode.ASYNC))) {
            simulation.runWhile(Phase.OPENING);
            // then
            assertThatThrownBy(() -> simulation.apply(new Action.ResetConsumer(Reset.MIN)))
                    .hasMessageContaining("found none was started");
        }
    }

    @Test
    void shouldLetAConsumerGoOnAfterARestartAndEndWithACrash() {
        // given
        SimulationSpec spec = spec(1, Mode.ASYNC).toBuilder()
                .at(0, new Action.StartConsumer(ConsumeSpec.NOTHING.withTopic("topic-0")))
                .build();
        try (Simulation simulation = Simulation.start(spec)) {
            simulation.run(Until.time(200 * MS));
            long before = received(simulation);
            // when
            simulation.apply(new Action.RestartWith(simulation.config()));
            simulation.run(Until.time(400 * MS));
            // then
            assertThat(before).isPositive();
            assertThat(received(simulation)).isGreaterThan(before);
            try (Simulation replay = simulation.atTime(simulation.nanos())) {
                assertThat(received(replay)).isEqualTo(received(simulation));
            }
            // when
            simulation.apply(new Action.KillJvm());
            // then
            assertThat(simulation.consumer()).isEmpty();
        }
    }

    private static long received(Simulation simulation) {
        return simulation.consumer().orElseThrow().snapshot().received();
    }

    @Test
    void shouldDoWhatIsScheduledAtItsTime() {
        // given
        SimulationSpec spec = spec(1, Mode.ASYNC).toBuilder()
                .at(5 * MS, new Action.KillJvm())
                .at(30 * MS, new Action.Reopen())
                .build();
        try (Simulation simulation = Simulation.start(spec)) {
            // when
            Pause pause = simulation.run(Until.time(10 * MS));
            // then
            assertThat(simulation.phase()).isEqualTo(Phase.CRASHED);
            assertThat(pause).isEqualTo(Pause.TIME);
            assertThat(simulation.nanos()).isEqualTo(10 * MS);
            simulation.run(Until.time(100 * MS));
            assertThat(simulation.phase()).isEqualTo(Phase.RUNNING);
            assertThat(simulation.ledger().crashes()).singleElement().extracting(Crash::nanos).isEqualTo(5 * MS);
        }
    }

    @ParameterizedTest
    @MethodSource("seedsAndModes")
    void shouldHaveOnThePlatterWhateverLiesBeforeTheFlushedPointer(long seed, Mode mode) {
        try (Simulation simulation = Simulation.start(spec(seed, mode))) {
            simulation.runWhile(Phase.OPENING);
            long fileBytes = simulation.config().mappedFileSizeCommitLog();
            for (int i = 0; i < 400; i++) {
                // when
                simulation.run(Until.NEVER, 37);
                // then
                var log = simulation.snapshot().orElseThrow().log();
                for (long from = 0; from < log.flushed().offset(); from += fileBytes) {
                    assertThat(simulation.world()
                            .disk()
                            .isOnPlatter(simulation.config().storePathCommitLog().resolve("%020d".formatted(from)), 0,
                                    Math.min(fileBytes, log.flushed().offset() - from)))
                                            .as("seed %d, step %d", seed, simulation.steps())
                                            .isTrue();
                }
            }
            assertThat(simulation.snapshot().orElseThrow().log().flushed().offset()).isPositive();
        }
    }

    @Test
    void shouldRestartWithOtherSettingsAndGoOnWithTheLoad() {
        try (Simulation simulation = Simulation.start(spec(5, Mode.ASYNC))) {
            // given
            simulation.run(Until.time(30 * MS));
            MessageStoreConfig other = simulation.config()
                    .toBuilder()
                    .set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH)
                    .build();
            long before = simulation.snapshot().orElseThrow().log().wrote().offset();
            // when
            simulation.apply(new Action.RestartWith(other));
            simulation.runWhile(Phase.CLOSING);
            simulation.runWhile(Phase.OPENING);
            simulation.run(Until.time(simulation.nanos() + 100 * MS));
            // then
            assertThat(simulation.phase()).as(simulation.failure()).isEqualTo(Phase.RUNNING);
            assertThat(simulation.snapshot().orElseThrow().config()).isEqualTo(other);
            assertThat(simulation.snapshot().orElseThrow().log().wrote().offset()).isGreaterThan(before);
            assertThat(simulation.loads()).hasSize(1);
            try (Simulation replay = simulation.atTime(simulation.nanos())) {
                assertSame(simulation, replay, 5);
            }
        }
    }

    @Test
    void shouldChangeStopAndBurstLoads() {
        try (Simulation simulation = Simulation.start(spec(6, Mode.ASYNC))) {
            // given
            simulation.run(Until.time(20 * MS));
            // when
            simulation.apply(new Action.UpdateLoad(0,
                    load(6).toBuilder().pacing(new Pacing.Constant(0)).producers(2).build()));
            simulation.run(Until.time(40 * MS));
            long quiet = simulation.ledger().messages();
            simulation.run(Until.time(60 * MS));
            assertThat(simulation.ledger().messages()).isEqualTo(quiet);
            simulation.apply(new Action.Burst(0, 30));
            simulation.run(Until.time(80 * MS));
            // then
            assertThat(simulation.ledger().messages()).isEqualTo(quiet + 30);
            simulation.apply(new Action.StopLoads());
            simulation.run(Until.time(100 * MS));
            assertThat(simulation.loads()).allMatch(load -> load.end().isPresent());
            try (Simulation replay = simulation.at(simulation.steps())) {
                assertThat(replay.traceHash()).isEqualTo(simulation.traceHash());
            }
        }
    }

    @Test
    void shouldBecomeAnotherRunFromAMomentOfThePast() {
        try (Simulation simulation = Simulation.start(spec(7, Mode.SYNC))) {
            // given
            simulation.run(Until.step(2_000));
            simulation.apply(new Action.TurnOn(new Fault.SlowForce(20 * MS)));
            simulation.run(Until.step(3_000));
            // when
            try (Simulation branch = simulation.branchAt(2_500); Simulation other = simulation.branchAt(1_500)) {
                branch.run(Until.step(3_000));
                other.run(Until.step(3_000));
                // then
                assertThat(branch.traceHash()).isEqualTo(simulation.traceHash());
                assertThat(other.faults()).isEmpty();
                assertThat(other.traceHash()).isNotEqualTo(simulation.traceHash());
            }
        }
    }

    private static void assertSame(Simulation one, Simulation other, long seed) {
        assertThat(other.steps()).as("seed %d", seed).isEqualTo(one.steps());
        assertThat(other.nanos()).as("seed %d", seed).isEqualTo(one.nanos());
        assertThat(other.events().from(0)).as("seed %d", seed).isEqualTo(one.events().from(0));
        assertThat(other.traceHash()).as("seed %d", seed).isEqualTo(one.traceHash());
        assertThat(other.platterHash()).as("seed %d", seed).isEqualTo(one.platterHash());
        assertThat(other.snapshot()).as("seed %d", seed).isEqualTo(one.snapshot());
        assertThat(other.ledger().entries()).as("seed %d", seed).isEqualTo(one.ledger().entries());
    }

    /// How the store brings its log to disk.
    enum Mode {
        SYNC, ASYNC, POOL
    }

    private static SimulationSpec spec(long seed, Mode mode) {
        MessageStoreConfig.Builder config = Stores.config()
                .set(StoreSetting.FLUSH_DISK_TYPE,
                        mode == Mode.SYNC ? FlushDiskType.SYNC_FLUSH : FlushDiskType.ASYNC_FLUSH)
                .set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, mode == Mode.POOL)
                .set(StoreSetting.FLUSH_INTERVAL_COMMIT_LOG, 20L)
                .set(StoreSetting.COMMIT_INTERVAL_COMMIT_LOG, 10L);
        return SimulationSpec.builder(config.build()).seed(seed).load(load(seed)).build();
    }

    private static LoadSpec load(long seed) {
        return LoadSpec.builder()
                .producers(4)
                .pacing(new Pacing.Constant(20_000))
                .body(new BodySize.Uniform(32, 600))
                .batchSize(seed % 3 == 0 ? 3 : 1)
                .topics(2)
                .keys(true)
                .seed(seed)
                .build();
    }
}
