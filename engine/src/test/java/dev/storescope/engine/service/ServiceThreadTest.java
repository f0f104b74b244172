package dev.storescope.engine.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.ServiceStatus;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.probe.ProbeEvent;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.testing.ManualEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ServiceThreadTest {
    private static final long INTERVAL_NS = 10_000_000;

    private final ManualEnvironment environment = new ManualEnvironment();
    private final long startedNanos = environment.nanoTime();
    private final Recorder service = new Recorder();
    private final ServiceThread thread = new ServiceThread(environment, service);

    @Test
    void shouldTurnAtOnceWhileThereIsWorkAndWaitWhenThereIsNone() {
        // given
        service.works = List.of(5, 1, 0, 0, 3);

        // when
        runUntil(Duration.ofMillis(35));

        // then
        assertThat(service.turnsAtMs).containsExactly(0L, 0L, 0L, 10L, 20L, 20L, 30L);
        assertThat(thread.status().turns()).isEqualTo(7);
        assertThat(environment.probe().events(ProbePoint.SERVICE_WAITING)).extracting(ProbeEvent::a)
                .containsOnly(INTERVAL_NS);
    }

    @Test
    void shouldTurnAsSoonAsItIsWoken() {
        // given
        environment.clock().after(Duration.ofMillis(3), thread::wakeup);
        environment.clock().after(Duration.ofMillis(5), thread::wakeup);

        // when
        runUntil(Duration.ofMillis(20));

        // then
        assertThat(service.turnsAtMs).containsExactly(0L, 3L, 5L, 15L);
    }

    @Test
    void shouldRememberAWakeUpThatCameDuringATurn() {
        // given
        service.inTurn = turn -> {
            if (turn == 1) {
                thread.wakeup();
                thread.wakeup();
            }
        };

        // when
        runUntil(Duration.ofMillis(15));

        // then
        assertThat(service.turnsAtMs).containsExactly(0L, 0L, 10L);
    }

    @Test
    void shouldSleepThroughWakeUpsWhenItIsTimed() {
        // given
        service.wakeable = false;
        for (int i = 1; i < 25; i++) {
            environment.clock().after(Duration.ofMillis(i), thread::wakeup);
        }

        // when
        runUntil(Duration.ofMillis(25));

        // then
        assertThat(service.turnsAtMs).containsExactly(0L, 10L, 20L);
    }

    @Test
    void shouldEndATimedSleepWhenItIsStopped() {
        // given
        service.wakeable = false;
        environment.clock().after(Duration.ofMillis(14), thread::stop);

        // when
        run();

        // then
        assertThat(environment.nanoTime() - startedNanos).isEqualTo(14_000_000);
        assertThat(service.stops).isEqualTo(1);
    }

    @Test
    void shouldFinishWhatItBeganWhenItIsStoppedAndNotWhenItIsAbandoned() {
        // given
        ServiceThread abandoned = new ServiceThread(environment, service);
        abandoned.start();

        // when
        assertThat(abandoned.abandon()).isTrue();

        // then
        assertThat(service.stops).isZero();
        assertThat(abandoned.status().state()).isEqualTo(ServiceStatus.State.STOPPED);

        // and when
        thread.start();
        assertThat(thread.stop()).isTrue();

        // then
        assertThat(service.stops).isEqualTo(1);
        assertThat(thread.status().state()).isEqualTo(ServiceStatus.State.STOPPED);
    }

    @Test
    void shouldGoOnAfterATurnThatThrewAndSayWhatItWas() {
        // given
        service.inTurn = turn -> {
            if (turn == 1) {
                throw new IllegalStateException("expected 1, found 2");
            }
        };

        // when
        runUntil(Duration.ofMillis(115));

        // then
        assertThat(service.turnsAtMs).containsExactly(0L, 100L, 110L);
        assertThat(service.failures).hasSize(1);
        assertThat(thread.status().failure()).contains("expected 1, found 2");
        assertThat(thread.status().turns()).isEqualTo(2);
    }

    @Test
    void shouldOutliveAnErrorSuchAsAFaultInMappedMemory() {
        // given
        service.inTurn = turn -> {
            if (turn == 1) {
                throw new InternalError("a fault occurred in an unsafe memory access operation");
            }
        };

        // when
        runUntil(Duration.ofMillis(105));

        // then
        assertThat(service.turnsAtMs).containsExactly(0L, 100L);
        assertThat(thread.status().failure()).contains("a fault occurred");
        assertThat(service.stops).isEqualTo(1);
    }

    @Test
    void shouldEndEvenIfItsLastTurnsThrow() {
        // given
        service.onStop = () -> {
            throw new IllegalStateException("nothing to finish with");
        };
        thread.start();

        // when, then
        assertThat(thread.stop()).isTrue();
        assertThat(thread.status().failure()).contains("nothing to finish with");
        assertThat(thread.status().state()).isEqualTo(ServiceStatus.State.STOPPED);
    }

    @Test
    void shouldStopWhatNeverStarted() {
        assertThat(thread.status().state()).isEqualTo(ServiceStatus.State.NOT_STARTED);
        assertThat(thread.stop()).isTrue();
        assertThat(service.turnsAtMs).isEmpty();
        assertThat(service.stops).isZero();
    }

    @Test
    void shouldShowWhatItDoes() {
        // given
        List<ServiceStatus> seen = new ArrayList<>();
        service.inTurn = _ -> seen.add(thread.status());
        environment.clock().after(Duration.ofMillis(4), () -> seen.add(thread.status()));

        // when
        runUntil(Duration.ofMillis(5));

        // then
        assertThat(seen).extracting(ServiceStatus::name).containsOnly("Recorder");
        assertThat(seen).extracting(ServiceStatus::state)
                .containsExactly(ServiceStatus.State.RUNNING, ServiceStatus.State.WAITING);
        assertThat(seen.getLast().wakeAtNanos()).isEqualTo(startedNanos + INTERVAL_NS);
    }

    @Test
    void shouldLetAHeldServiceGoWhenItIsStopped() {
        // given a live world, where a service can stand at the gate
        LiveEnvironment live = LiveEnvironment.create();
        CompletableFuture<Void> turned = new CompletableFuture<>();
        Recorder held = new Recorder();
        held.inTurn = _ -> turned.complete(null);
        ServiceThread heldThread = new ServiceThread(live, held);
        live.stepGate().hold(held.name());
        heldThread.start();
        turned.join();
        while (heldThread.status().state() != ServiceStatus.State.HELD) {
            Thread.onSpinWait();
        }

        // when, then
        assertThat(heldThread.stop()).isTrue();
        assertThat(heldThread.status().state()).isEqualTo(ServiceStatus.State.STOPPED);
        assertThat(held.stops).isEqualTo(1);
    }

    private void runUntil(Duration end) {
        environment.clock().after(end, thread::stop);
        run();
    }

    private void run() {
        thread.start();
        environment.threads().getFirst().run();
    }

    /// Remembers its turns; does as it is told in them.
    private final class Recorder implements Service {
        private final List<Long> turnsAtMs = new ArrayList<>();
        private final List<Throwable> failures = new ArrayList<>();
        private List<Integer> works = List.of();
        private InTurn inTurn = _ -> {
        };
        private Runnable onStop = () -> {
        };
        private boolean wakeable = true;
        private int stops;

        @Override
        public String name() {
            return "Recorder";
        }

        @Override
        public int doWork() {
            turnsAtMs.add((environment.nanoTime() - startedNanos) / 1_000_000);
            int turn = turnsAtMs.size();
            inTurn.run(turn);
            return turn <= works.size() ? works.get(turn - 1) : 0;
        }

        @Override
        public long waitNs(int workDone) {
            return workDone > 0 ? 0 : INTERVAL_NS;
        }

        @Override
        public boolean isWakeable() {
            return wakeable;
        }

        @Override
        public void onStop() {
            stops++;
            onStop.run();
        }

        @Override
        public void onFailure(Throwable failure) {
            failures.add(failure);
        }
    }

    private interface InTurn {
        void run(int turn);
    }
}
