package dev.storescope.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.PutMessageLockKind;
import dev.storescope.engine.env.PutMessageLock;
import dev.storescope.engine.env.StoreThread;
import dev.storescope.engine.env.Wakeup;
import dev.storescope.engine.probe.ProbeEvent;
import dev.storescope.engine.probe.ProbePoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ManualEnvironmentTest {
    private final ManualEnvironment environment = new ManualEnvironment();
    private final long startedNanos = environment.nanoTime();
    private final long startedMillis = environment.currentTimeMillis();

    @Test
    void shouldStandStillUntilItIsAdvanced() {
        // when
        environment.clock().advance(Duration.ofMillis(1_500));

        // then
        assertThat(environment.nanoTime() - startedNanos).isEqualTo(1_500_000_000L);
        assertThat(environment.currentTimeMillis() - startedMillis).isEqualTo(1_500);
    }

    @Test
    void shouldLetOnlyTheWallClockJump() {
        // when
        environment.clock().jumpWallClock(Duration.ofHours(-1));

        // then
        assertThat(environment.nanoTime()).isEqualTo(startedNanos);
        assertThat(environment.currentTimeMillis() - startedMillis).isEqualTo(-3_600_000);
    }

    @Test
    void shouldPassTheTimeThatSomebodyWaitsFor() {
        // given
        Wakeup wakeup = environment.newWakeup("test");

        // when
        environment.sleep(5);
        boolean signalled = wakeup.await(10);
        boolean completed = environment.await(new CompletableFuture<>(), 20);

        // then
        assertThat(signalled).isFalse();
        assertThat(completed).isFalse();
        assertThat(environment.nanoTime() - startedNanos).isEqualTo(35);
    }

    @Test
    void shouldNotPassTimeWhenTheWaitIsOverAtOnce() {
        // given
        Wakeup wakeup = environment.newWakeup("test");
        wakeup.signal();
        wakeup.signal();

        // when, then
        assertThat(wakeup.await(10)).isTrue();
        assertThat(environment.await(CompletableFuture.completedFuture(1), 10)).isTrue();
        assertThat(environment.nanoTime()).isEqualTo(startedNanos);
        assertThat(wakeup.await(0)).isFalse();
    }

    @Test
    void shouldEndAWaitWhenWhatWasPutOffEndsIt() {
        // given
        Wakeup wakeup = environment.newWakeup("test");
        List<String> done = new ArrayList<>();
        environment.clock().after(Duration.ofNanos(7), wakeup::signal);
        environment.clock().after(Duration.ofNanos(3), () -> done.add("earlier"));
        environment.clock().after(Duration.ofNanos(8), () -> done.add("later"));

        // when
        boolean signalled = wakeup.await(10);

        // then
        assertThat(signalled).isTrue();
        assertThat(environment.nanoTime() - startedNanos).isEqualTo(7);
        assertThat(done).containsExactly("earlier");
    }

    @Test
    void shouldSayThatNothingCanEndAnEndlessWait() {
        Wakeup wakeup = environment.newWakeup("test");
        assertThatThrownBy(() -> wakeup.await(Long.MAX_VALUE)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("waits for ever");
    }

    @Test
    void shouldRunAThreadWhenItIsJoined() {
        // given
        List<String> done = new ArrayList<>();
        StoreThread thread = environment.start("service", () -> done.add("ran"));
        assertThat(thread.isAlive()).isTrue();
        assertThat(environment.threads()).hasSize(1);
        assertThat(done).isEmpty();

        // when
        boolean ended = thread.join(1);

        // then
        assertThat(ended).isTrue();
        assertThat(done).containsExactly("ran");
        assertThat(environment.threads()).isEmpty();
    }

    @Test
    void shouldSayWhenALockWouldWaitForItself() {
        // given
        PutMessageLock lock = environment.newPutMessageLock(PutMessageLockKind.SPIN);
        lock.lock();

        // when, then
        assertThatThrownBy(lock::lock).isInstanceOf(IllegalStateException.class).hasMessageContaining("deadlock");
        lock.unlock();
        assertThatThrownBy(lock::unlock).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldKeepWhatItWasToldAtItsOwnTime() {
        // when
        environment.probe().event(ProbePoint.FORCE_BEGIN, 1, 2);
        environment.clock().advanceNs(9);
        environment.probe().event(ProbePoint.FORCE_END);

        // then
        assertThat(environment.probe().points()).containsExactly(ProbePoint.FORCE_BEGIN, ProbePoint.FORCE_END);
        assertThat(environment.probe().events(ProbePoint.FORCE_END)).extracting(ProbeEvent::nanoTime)
                .containsExactly(startedNanos + 9);
    }
}
