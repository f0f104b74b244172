package dev.storescope.engine.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.PutMessageLockKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PutMessageLockTest {
    private static final long DEADLINE_NS = 30_000_000_000L;

    private final LiveEnvironment environment = LiveEnvironment.withoutProbe();
    /// Guarded by the lock under test.
    private long counter;

    @ParameterizedTest
    @EnumSource
    void shouldLetOneInAtATime(PutMessageLockKind kind) {
        // given
        PutMessageLock lock = environment.newPutMessageLock(kind);
        int threads = 8;
        int each = 20_000;

        // when platform and virtual threads count up without any other protection
        List<StoreThread> started = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            started.add(environment.start("platform-" + i, () -> countUp(lock, each)));
            started.add(environment.startLight("virtual-" + i, () -> countUp(lock, each)));
        }

        // then
        started.forEach(PutMessageLockTest::runToEnd);
        assertThat(counter).isEqualTo(2L * threads * each);
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotStarveAHolderThatParksWhileHundredsOfVirtualThreadsWantTheLock(PutMessageLockKind kind) {
        // given a holder that needs a carrier thread for somebody else before it can go on
        PutMessageLock lock = environment.newPutMessageLock(kind);
        CompletableFuture<Void> held = new CompletableFuture<>();
        CompletableFuture<Void> allWait = new CompletableFuture<>();
        StoreThread holder = environment.startLight("holder", () -> {
            lock.lock();
            try {
                held.complete(null);
                environment.await(allWait, DEADLINE_NS);
                for (int round = 0; round < 100; round++) {
                    CompletableFuture<Void> file = new CompletableFuture<>();
                    environment.startLight("allocator-" + round, () -> file.complete(null));
                    assertThat(environment.await(file, DEADLINE_NS)).isTrue();
                    counter++;
                }
            } finally {
                lock.unlock();
            }
        });
        assertThat(environment.await(held, DEADLINE_NS)).isTrue();

        // when
        List<StoreThread> others = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            others.add(environment.startLight("producer-" + i, () -> countUp(lock, 10)));
        }
        allWait.complete(null);

        // then
        runToEnd(holder);
        others.forEach(PutMessageLockTest::runToEnd);
        assertThat(counter).isEqualTo(100 + 256 * 10);
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellHowManyWait(PutMessageLockKind kind) {
        // given
        PutMessageLock lock = environment.newPutMessageLock(kind);
        assertThat(lock.waitingThreads()).isZero();
        lock.lock();

        // when
        List<StoreThread> waiting = List.of(environment.start("first", () -> countUp(lock, 1)),
                environment.start("second", () -> countUp(lock, 1)));
        long deadline = System.nanoTime() + DEADLINE_NS;
        while (lock.waitingThreads() < 2) {
            assertThat(System.nanoTime()).as("both wait").isLessThan(deadline);
            Thread.onSpinWait();
        }
        lock.unlock();

        // then
        waiting.forEach(PutMessageLockTest::runToEnd);
        assertThat(lock.waitingThreads()).isZero();
        assertThat(counter).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseToUnlockWhatNobodyHolds(PutMessageLockKind kind) {
        PutMessageLock lock = environment.newPutMessageLock(kind);
        assertThatThrownBy(lock::unlock).isInstanceOf(IllegalMonitorStateException.class);
    }

    private void countUp(PutMessageLock lock, int times) {
        for (int i = 0; i < times; i++) {
            lock.lock();
            try {
                counter++;
            } finally {
                lock.unlock();
            }
        }
    }

    private static void runToEnd(StoreThread thread) {
        assertThat(thread.join(DEADLINE_NS)).as(thread.name() + " ends").isTrue();
    }
}
