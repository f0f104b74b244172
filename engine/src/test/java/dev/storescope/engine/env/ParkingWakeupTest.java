package dev.storescope.engine.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ParkingWakeupTest {
    private static final long DEADLINE_NS = 20_000_000_000L;
    private static final VarHandle COUNTER = MethodHandles.arrayElementVarHandle(long[].class);

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
    void shouldShowTheWaiterWhatEachOfManySignallersDidBefore() {
        // given producers that count up without any fence of their own, and signal
        int producers = 4;
        long each = 50_000;
        Wakeup wakeup = environment.newWakeup("test");
        long[] counters = new long[producers * 8];
        for (int producer = 0; producer < producers; producer++) {
            int index = producer * 8;
            environment.start("producer-" + producer, () -> {
                for (int i = 0; i < each; i++) {
                    COUNTER.setOpaque(counters, index, counters[index] + 1);
                    wakeup.signal();
                }
            });
        }

        // when
        long seen = 0;
        while (seen < producers * each && wakeup.await(DEADLINE_NS)) {
            seen = 0;
            for (int producer = 0; producer < producers; producer++) {
                seen += (long) COUNTER.getOpaque(counters, producer * 8);
            }
        }

        // then whoever woke up last saw everything: a signal that was lost would have ended in a time-out
        assertThat(seen).isEqualTo(producers * each);
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
