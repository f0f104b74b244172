package dev.storescope.engine.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ParkingWakeupTest {
    private static final long DEADLINE_NS = 20_000_000_000L;
    private static final VarHandle WRITTEN = MethodHandles.arrayElementVarHandle(long[].class);

    private final LiveEnvironment environment = LiveEnvironment.withoutProbe();

    @Test
    void shouldRememberASignalThatCameBeforeTheWait() {
        // given
        Wakeup wakeup = environment.newWakeup("test");
        wakeup.signal();

        // when, then
        assertThat(wakeup.await(0)).isTrue();
    }

    @Test
    void shouldRememberExactlyOneSignal() {
        // given
        Wakeup wakeup = environment.newWakeup("test");
        wakeup.signal();
        wakeup.signal();
        wakeup.signal();

        // when, then
        assertThat(wakeup.await(DEADLINE_NS)).isTrue();
        assertThat(wakeup.await(0)).isFalse();
        assertThat(wakeup.await(1_000)).isFalse();
    }

    @Test
    void shouldOnlyLookWhenThereIsNoTimeToWait() {
        // given
        Wakeup wakeup = environment.newWakeup("test");

        // when, then
        assertThat(wakeup.await(0)).isFalse();
        assertThat(wakeup.await(-1)).isFalse();
        assertThat(wakeup.await(Long.MIN_VALUE)).isFalse();
    }

    @Test
    void shouldWaitForASignalForAsLongAsALongCanSay() {
        // given
        Wakeup wakeup = environment.newWakeup("test");
        StoreThread signaller = environment.start("signaller", wakeup::signal);

        // when, then
        assertThat(wakeup.await(Long.MAX_VALUE)).isTrue();
        assertThat(signaller.join(DEADLINE_NS)).isTrue();
    }

    @Test
    void shouldLoseNoSignalWhenTwoThreadsHandOverToEachOther() {
        // given
        int rounds = 100_000;
        Wakeup ping = environment.newWakeup("ping");
        Wakeup pong = environment.newWakeup("pong");
        CompletableFuture<Integer> answered = new CompletableFuture<>();
        environment.start("answerer", () -> {
            int round = 0;
            while (round < rounds && ping.await(DEADLINE_NS)) {
                round++;
                pong.signal();
            }
            answered.complete(round);
        });

        // when
        int round = 0;
        do {
            ping.signal();
        } while (pong.await(DEADLINE_NS) && ++round < rounds);

        // then
        assertThat(round).isEqualTo(rounds);
        assertThat(environment.await(answered, DEADLINE_NS)).isTrue();
        assertThat(answered).isCompletedWithValue(rounds);
    }

    @Test
    void shouldShowTheWaiterWhatWasDoneBeforeASignalThatFoundOnePending() {
        // given one who writes without any fence of its own and signals just when a pending signal is taken
        int rounds = 300_000;
        Wakeup wakeup = environment.newWakeup("test");
        AtomicInteger begun = new AtomicInteger();
        long[] written = new long[1];
        StoreThread writer = environment.start("writer", () -> {
            for (int round = 1; round <= rounds; round++) {
                while (begun.get() < round) {
                    Thread.onSpinWait();
                }
                WRITTEN.setOpaque(written, 0, (long) round);
                wakeup.signal();
            }
        });

        // when
        int lostInRound = 0;
        for (int round = 1; round <= rounds && lostInRound == 0; round++) {
            wakeup.signal();
            begun.set(round);
            for (int i = round % 16; i > 0; i--) {
                Thread.onSpinWait(); // so that the two meet in each possible way
            }
            while ((long) WRITTEN.getOpaque(written, 0) < round && lostInRound == 0) {
                lostInRound = wakeup.await(DEADLINE_NS) ? 0 : round;
            }
        }
        begun.set(rounds);

        // then a waiter who took the signal saw what was written, or was signalled again
        assertThat(lostInRound).as("round whose signal was lost, 0 for none").isZero();
        assertThat(writer.join(DEADLINE_NS)).isTrue();
    }

    @Test
    void shouldGoOnWaitingWhenInterruptedAndKeepTheInterruption() {
        // given
        Wakeup wakeup = environment.newWakeup("test");
        CompletableFuture<Boolean> signalledAndInterrupted = new CompletableFuture<>();
        Thread waiter = Thread.ofPlatform().start(() -> {
            Thread.currentThread().interrupt();
            boolean signalled = wakeup.await(DEADLINE_NS);
            signalledAndInterrupted.complete(signalled && Thread.interrupted());
        });
        while (waiter.getState() != Thread.State.TIMED_WAITING && !signalledAndInterrupted.isDone()) {
            Thread.onSpinWait();
        }

        // when
        waiter.interrupt();
        wakeup.signal();

        // then
        assertThat(environment.await(signalledAndInterrupted, DEADLINE_NS)).isTrue();
        assertThat(signalledAndInterrupted).isCompletedWithValue(true);
    }
}
