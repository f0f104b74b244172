package dev.storescope.app.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.simulated.SimulatedWorld;
import dev.storescope.app.session.simulated.WorldReading.Standing;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.ConsumeDriver.Reset;
import dev.storescope.engine.load.LoadState;
import dev.storescope.engine.sim.disk.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedSessionTest {
    private static final long STEP = 3_000;

    private final SimulatedSession session = SimulatedSession.start();

    @AfterEach
    void close() {
        session.close();
    }

    private SimulatedWorld world() {
        return session.simulated().orElseThrow();
    }

    private void runTo(long step) {
        world().runTo(new Moment.AtStep(step, 0)).join();
    }

    private SessionState.Running running() {
        assertThat(session.read().state()).isInstanceOf(SessionState.Running.class);
        return (SessionState.Running) session.read().state();
    }

    @Test
    void shouldFindAMessageByItsKeyAndLeaveTheRunAsItIs() {
        // given
        runTo(STEP);
        RecordHead head = session.records(0, 1 << 20, 1).join().getFirst();
        MessageExt message = session.message(head.place().commitLogOffset()).join().orElseThrow();
        // when
        KeyLookup found = session.find(message.topic(), message.keys(), 10).join();
        // then
        assertThat(found.found()).extracting(each -> each.place().commitLogOffset())
                .contains(message.commitLogOffset());
        assertThat(world().read().steps()).isEqualTo(STEP);
        assertThat(world().recorded().join().spec().actions()).isEmpty();
    }

    @Test
    void shouldRecordEachMomentOnceHoweverOftenItIsGoneOver() {
        // given
        runTo(STEP);
        long spans = spans();
        assertThat(spans).isPositive();
        long latest = session.readTrace().travel().orElseThrow().latestNanos();
        // when
        world().travelTo(latest / 2).join();
        // then
        assertThat(spans()).isEqualTo(spans);
        // when
        runTo(STEP);
        // then
        assertThat(spans()).isEqualTo(spans);
    }

    private long spans() {
        return session.readTrace()
                .recording()
                .lanes()
                .stream()
                .mapToLong(lane -> java.util.Arrays
                        .stream(dev.storescope.app.session.trace.TraceKind.Level.values())
                        .mapToLong(level -> lane.track(level).end())
                        .sum())
                .sum();
    }

    @Test
    void shouldRestartWithOtherSettingsAndStandStillAgain() {
        // given
        runTo(STEP);
        // when
        session.restart(Map.of(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.ASYNC_FLUSH)).join();
        // then
        assertThat(running().config().flushDiskType()).isEqualTo(FlushDiskType.ASYNC_FLUSH);
        assertThat(world().read().standing()).isEqualTo(Standing.STANDS);
    }

    @Test
    void shouldBeKilledAndOpenedAgain() {
        // given
        runTo(STEP);
        long generation = session.read().generation();
        // when
        session.kill().join();
        // then
        running();
        assertThat(session.read().generation()).isNotEqualTo(generation);
        assertThat(world().ledger().join().crashes()).hasSize(1);
    }

    @Test
    void shouldChangeStopAndStartTheLoad() {
        // given
        runTo(STEP);
        // when
        session.changeLoad(load -> load.toBuilder().producers(3).build()).join();
        // then
        assertThat(session.read().loadSpec().producers()).isEqualTo(3);
        runTo(STEP + 1_000);
        assertThat(session.read().load().orElseThrow().spec().producers()).isEqualTo(3);
        // when
        session.stopLoad().join();
        runTo(STEP + 3_000);
        // then
        assertThat(session.read().load().orElseThrow().state()).isEqualTo(LoadState.ENDED);
        // when
        session.startLoad().join();
        // then
        assertThat(session.read().load().orElseThrow().state()).isEqualTo(LoadState.RUNNING);
        assertThat(world().branches().join()).hasSize(1);
    }

    @Test
    void shouldTurnFaultsOnAndOffAsPartOfTheRun() {
        // given
        var slow = new Fault.SlowForce(1_000_000);
        // when
        session.faults().turnOn(slow);
        world().step().join();
        // then
        assertThat(session.faults().all()).containsExactly(slow);
        // when
        session.faults().turnOff(slow);
        List<?> recorded = world().recorded().join().spec().actions();
        // then
        assertThat(session.faults().all()).isEmpty();
        assertThat(recorded).hasSize(2);
    }

    @Test
    void shouldConsumeAtThePaceThatIsWantedAsPartOfTheRun() {
        // given
        runTo(STEP);
        String topic = session.records(0, 1 << 20, 1).join().getFirst().topic();
        // when
        session.changeConsumer(spec -> spec.withTopic(topic).withMessagesPerSecond(5_000)).join();
        assertThat(session.consumer().spec().topic()).isEqualTo(topic);
        session.startConsumer().join();
        runTo(3 * STEP);
        // then
        assertThat(session.consumer().running()).isTrue();
        assertThat(session.consumer().received()).isPositive();
        assertThat(session.consumer().lastMessages()).allMatch(each -> each.topic().equals(topic));
        // when
        session.stopConsumer().join();
        long received = session.consumer().received();
        // then
        assertThat(session.consumer().running()).isFalse();
        // when
        session.resetConsumer(Reset.MAX).join();
        // then
        assertThat(session.consumer().lag()).isZero();
        assertThat(session.consumer().received()).isEqualTo(received);
        assertThat(world().recorded().join().spec().actions())
                .extracting(scheduled -> scheduled.action().getClass().getSimpleName())
                .containsExactly("StartConsumer", "StopConsumer", "ResetConsumer");
    }

    @Test
    void shouldGoBackWithTheConsumerToWhereItWas() {
        // given
        runTo(STEP);
        String topic = session.records(0, 1 << 20, 1).join().getFirst().topic();
        session.changeConsumer(spec -> spec.withTopic(topic).withMessagesPerSecond(5_000)).join();
        session.startConsumer().join();
        runTo(2 * STEP);
        long nanos = world().read().nanos();
        var before = session.consumer();
        // when
        runTo(3 * STEP);
        world().travelTo(nanos).join();
        // then
        assertThat(world().read().nanos()).isEqualTo(nanos);
        assertThat(session.consumer().received()).isBetween(before.received() - 1, before.received() + 1);
        assertThat(session.consumer().spec()).isEqualTo(before.spec());
        // when
        world().stepBack().join();
        // then
        assertThat(session.consumer().running()).isTrue();
        assertThat(session.consumer().spec()).isEqualTo(before.spec());
    }

    @Test
    void shouldResetAConsumerThatHasNotPulledYet() {
        // given
        runTo(STEP);
        String topic = session.records(0, 1 << 20, 1).join().getFirst().topic();
        session.changeConsumer(spec -> spec.withTopic(topic)).join();
        // when
        session.resetConsumer(Reset.MIN).join();
        runTo(2 * STEP);
        // then
        assertThat(session.consumer().running()).isFalse();
        assertThat(session.consumer().received()).isZero();
        assertThat(session.consumer().lag()).isPositive();
    }

    @Test
    void shouldDeleteQueuesAndIndexAndSayThatAllOfItCameBack() {
        // given
        runTo(STEP);
        // when
        Rebuilt rebuilt = session.rebuild().join();
        // then
        assertThat(rebuilt.isNothingLost()).isTrue();
        assertThat(rebuilt.before().entries()).isPositive();
        assertThat(rebuilt.filesDeleted()).isPositive();
        running();
        assertThat(world().read().standing()).isEqualTo(Standing.STANDS);
        assertThat(session.eventsAfter(0)).anyMatch(event -> event.textKey().equals("session.rebuilt"));
    }

    @Test
    void shouldSayThatADirectoryOfThisMachineIsOpenedInLive() {
        assertThatThrownBy(session.open(Path.of("/somewhere"))::join).hasMessageContaining("Live");
        assertThat(session.eventsAfter(0)).anyMatch(event -> event.textKey().equals("session.openFailed"));
        running();
    }
}
