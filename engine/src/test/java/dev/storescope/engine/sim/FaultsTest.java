package dev.storescope.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.ServiceStatus;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreState;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.LoadLimits;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.Pacing;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.sim.disk.Fault;
import dev.storescope.engine.sim.disk.Fault.Where;
import dev.storescope.engine.sim.world.EventLog.Event;
import dev.storescope.engine.testing.Stores;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Each fault, met by the engine itself, and what the store promises to do about it.
class FaultsTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;

    @Test
    void shouldTakeLongerWhenForcesAreSlow() {
        try (Simulation simulation = running(sync())) {
            // when
            simulation.apply(new Action.TurnOn(new Fault.SlowForce(300 * MS)));
            run(simulation, 5 * SECOND);
            // then
            assertThat(forces(simulation, 2 * SECOND)).isNotEmpty().allMatch(event -> event.c() >= 300 * MS);
            assertThat(puts(simulation, PutMessageStatus.PUT_OK)).isPositive();
            assertThat(state(simulation)).isEqualTo(StoreState.RUNNING);
        }
    }

    @Test
    void shouldAnswerPutsInTimeWhileAForceIsStalledAndGoOnAfter() {
        try (Simulation simulation = running(sync())) {
            // given
            Fault stalled = new Fault.StalledForce();
            simulation.apply(new Action.TurnOn(stalled));
            // when
            run(simulation, 12 * SECOND);
            // then
            assertThat(puts(simulation, PutMessageStatus.FLUSH_DISK_TIMEOUT)).isPositive();
            long flushed = snapshot(simulation).log().flushed().offset();
            simulation.apply(new Action.TurnOff(stalled));
            run(simulation, SECOND);
            assertThat(snapshot(simulation).log().flushed().offset()).isGreaterThan(flushed);
            assertThat(state(simulation)).isEqualTo(StoreState.RUNNING);
        }
    }

    @Test
    void shouldBreakForGoodWhenAForceFailsOnce() {
        try (Simulation simulation = running(sync())) {
            // given
            long flushed = snapshot(simulation).log().flushed().offset();
            // when
            simulation.apply(new Action.TurnOn(new Fault.FailingForce(Where.COMMIT_LOG, 0, 1)));
            run(simulation, SECOND);
            // then
            assertThat(state(simulation)).isEqualTo(StoreState.BROKEN);
            assertThat(simulation.events().told(ProbePoint.FORCE_FAILED)).isEqualTo(1);
            assertThat(puts(simulation, PutMessageStatus.FLUSH_DISK_TIMEOUT)).isPositive();
            assertThat(snapshot(simulation).notWriteable()).contains("force failed", "input/output error");
            long stuckAt = snapshot(simulation).log().flushed().offset();
            assertThat(stuckAt).isGreaterThanOrEqualTo(flushed);
            run(simulation, 5 * SECOND);
            assertThat(snapshot(simulation).log().flushed().offset()).isEqualTo(stuckAt);
            reopenAfter(simulation, new Action.CutPower());
        }
    }

    @Test
    void shouldBreakWhenACommitCannotBeWritten() {
        try (Simulation simulation = running(pooled())) {
            // when
            simulation.apply(new Action.TurnOn(new Fault.FailingWrite(Where.COMMIT_LOG, 2, 1)));
            run(simulation, SECOND);
            // then
            assertThat(state(simulation)).isEqualTo(StoreState.BROKEN);
            assertThat(simulation.events().told(ProbePoint.COMMIT_FAILED)).isEqualTo(1);
            reopenAfter(simulation, new Action.KillJvm());
        }
    }

    @Test
    void shouldBreakWhenACommitIsWrittenInPart() {
        try (Simulation simulation = running(pooled())) {
            // when
            simulation.apply(new Action.TurnOn(new Fault.ShortWrite(Where.COMMIT_LOG, 0, 1)));
            run(simulation, SECOND);
            // then
            assertThat(state(simulation)).isEqualTo(StoreState.BROKEN);
            reopenAfter(simulation, new Action.KillJvm());
        }
    }

    @Test
    void shouldBreakWhenAPutIsWrittenInPartUnderSyncFlush() {
        try (Simulation simulation = running(sync())) {
            // when
            simulation.apply(new Action.TurnOn(new Fault.ShortWrite(Where.COMMIT_LOG, 3, 1)));
            run(simulation, SECOND);
            // then
            assertThat(state(simulation)).isEqualTo(StoreState.BROKEN);
            assertThat(puts(simulation, PutMessageStatus.UNKNOWN_ERROR)).isEqualTo(1);
            reopenAfter(simulation, new Action.KillJvm());
        }
    }

    @Test
    void shouldRefusePutsWhileTheDiskIsFullAndTakeThemAgainWhenThereIsRoom() {
        try (Simulation simulation = running(async())) {
            // given
            Fault full = new Fault.DiskFull(300_000);
            simulation.apply(new Action.TurnOn(full));
            // when
            run(simulation, 2 * SECOND);
            // then
            assertThat(puts(simulation, PutMessageStatus.CREATE_MAPPED_FILE_FAILED)
                    + puts(simulation, PutMessageStatus.SERVICE_NOT_AVAILABLE)).isPositive();
            simulation.apply(new Action.TurnOff(full));
            run(simulation, 12 * SECOND);
            long put = puts(simulation, PutMessageStatus.PUT_OK);
            run(simulation, SECOND);
            assertThat(puts(simulation, PutMessageStatus.PUT_OK)).isGreaterThan(put);
        }
    }

    @Test
    void shouldFailPutsWhileFilesCannotBeMappedAndGoOnWhenTheyCan() {
        try (Simulation simulation = running(async())) {
            // given
            Fault unmappable = new Fault.FailingMapping(Where.COMMIT_LOG, 0, Fault.FOR_EVER);
            simulation.apply(new Action.TurnOn(unmappable));
            // when
            run(simulation, SECOND);
            // then
            assertThat(puts(simulation, PutMessageStatus.CREATE_MAPPED_FILE_FAILED)).isPositive();
            assertThat(snapshot(simulation).allocator().lastFailure()).contains("cannot allocate memory");
            simulation.apply(new Action.TurnOff(unmappable));
            run(simulation, SECOND);
            long put = puts(simulation, PutMessageStatus.PUT_OK);
            run(simulation, 100 * MS);
            assertThat(puts(simulation, PutMessageStatus.PUT_OK)).isGreaterThan(put);
        }
    }

    @Test
    void shouldLetPutsWaitForAFileThatIsSlowToCome() {
        try (Simulation simulation = running(async())) {
            // when
            simulation.apply(new Action.TurnOn(new Fault.SlowAllocation(400 * MS)));
            run(simulation, 5 * SECOND);
            // then
            assertThat(snapshot(simulation).allocator().waits()).isPositive();
            assertThat(simulation.events().from(0)).anyMatch(event -> event.point() == ProbePoint.ALLOCATION_TAKEN
                    && event.c() >= 400 * MS);
        }
    }

    @Test
    void shouldWorkWithMemoryThatCannotBeLockedAndSayWhy() {
        try (Simulation simulation = Simulation.start(spec(pooled()).toBuilder()
                .at(0, new Action.TurnOn(new Fault.NoLockPrivilege()))
                .build())) {
            // when
            simulation.runWhile(Phase.OPENING);
            run(simulation, 200 * MS);
            // then
            assertThat(snapshot(simulation).pool().locked()).isFalse();
            assertThat(snapshot(simulation).pool().lockFailure()).contains("not permitted");
            assertThat(puts(simulation, PutMessageStatus.PUT_OK)).isPositive();
        }
    }

    @Test
    void shouldKeepStoreTimesInOrderWhenTheClockIsSetBack() {
        try (Simulation simulation = running(sync())) {
            // given
            long before = snapshot(simulation).log().wrote().storeTimestamp();
            // when
            simulation.apply(new Action.TurnOn(new Fault.ClockJump(-3_600_000)));
            run(simulation, 200 * MS);
            // then
            assertThat(snapshot(simulation).takenAtMillis()).isLessThan(before);
            assertThat(snapshot(simulation).log().wrote().storeTimestamp()).isEqualTo(before);
            reopenAfter(simulation, new Action.CutPower());
        }
    }

    @Test
    void shouldHoldAServiceAtItsNextProbePointUntilItIsReleased() {
        try (Simulation simulation = running(async())) {
            // given
            Fault held = new Fault.HeldService("FlushRealTimeService");
            simulation.apply(new Action.TurnOn(held));
            run(simulation, 100 * MS);
            long flushed = snapshot(simulation).log().flushed().offset();
            // when
            run(simulation, 2 * SECOND);
            // then
            assertThat(snapshot(simulation).log().flushed().offset()).isEqualTo(flushed);
            assertThat(snapshot(simulation).services())
                    .anyMatch(service -> service.name().equals("FlushRealTimeService")
                            && service.state() == ServiceStatus.State.HELD);
            simulation.apply(new Action.TurnOff(held));
            run(simulation, SECOND);
            assertThat(snapshot(simulation).log().flushed().offset()).isGreaterThan(flushed);
        }
    }

    @Test
    void shouldStopThoughAServiceIsHeld() {
        try (Simulation simulation = running(async())) {
            // given
            simulation.apply(new Action.TurnOn(new Fault.HeldService("FlushRealTimeService")));
            run(simulation, 100 * MS);
            // when
            simulation.apply(new Action.Shutdown());
            simulation.runWhile(Phase.CLOSING);
            // then
            assertThat(simulation.phase()).isEqualTo(Phase.CLOSED);
        }
    }

    /// Whatever was promised is kept.
    private static void reopenAfter(Simulation simulation, Action crash) {
        simulation.apply(crash);
        simulation.apply(new Action.Reopen());
        simulation.runWhile(Phase.OPENING);
        assertThat(simulation.phase()).as(simulation.failure()).isEqualTo(Phase.RUNNING);
        assertThat(simulation.ledger().brokenPromises()).isEmpty();
        assertThat(simulation.ledger().strangers()).isEmpty();
    }

    private static List<Event> forces(Simulation simulation, long fromNanos) {
        return simulation.events()
                .from(0)
                .stream()
                .filter(event -> event.point() == ProbePoint.FORCE_END && event.nanoTime() >= fromNanos)
                .toList();
    }

    private static void run(Simulation simulation, long durationNs) {
        simulation.run(Until.time(simulation.nanos() + durationNs));
    }

    private static StoreSnapshot snapshot(Simulation simulation) {
        return simulation.snapshot().orElseThrow();
    }

    private static StoreState state(Simulation simulation) {
        return snapshot(simulation).state();
    }

    private static long puts(Simulation simulation, PutMessageStatus status) {
        return snapshot(simulation).counters().puts(status);
    }

    private static Simulation running(MessageStoreConfig.Builder config) {
        Simulation simulation = Simulation.start(spec(config));
        simulation.runWhile(Phase.OPENING);
        run(simulation, 50 * MS);
        return simulation;
    }

    private static SimulationSpec spec(MessageStoreConfig.Builder config) {
        return SimulationSpec.builder(config.build())
                .load(LoadSpec.builder()
                        .producers(2)
                        .pacing(new Pacing.Constant(500))
                        .body(new BodySize.Fixed(1_000))
                        .limits(new LoadLimits(LoadLimits.NONE, LoadLimits.NONE, LoadLimits.NONE, 0))
                        .build())
                .build();
    }

    private static MessageStoreConfig.Builder sync() {
        return Stores.config().set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH);
    }

    private static MessageStoreConfig.Builder async() {
        return Stores.config()
                .set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.ASYNC_FLUSH)
                .set(StoreSetting.FLUSH_INTERVAL_COMMIT_LOG, 20L);
    }

    private static MessageStoreConfig.Builder pooled() {
        return async().set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true)
                .set(StoreSetting.COMMIT_INTERVAL_COMMIT_LOG, 10L);
    }
}
