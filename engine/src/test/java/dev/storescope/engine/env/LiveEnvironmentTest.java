package dev.storescope.engine.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LiveEnvironmentTest {
    private static final long DEADLINE_NS = 20_000_000_000L;

    private final LiveEnvironment environment = LiveEnvironment.create();

    @Test
    void shouldAwaitACompletionHoweverItEnds() {
        // given
        CompletableFuture<String> normal = CompletableFuture.completedFuture("done");
        CompletableFuture<String> failed = CompletableFuture.failedFuture(new IllegalStateException("wanted"));
        CompletableFuture<String> cancelled = new CompletableFuture<>();
        cancelled.completeExceptionally(new CancellationException());
        CompletableFuture<String> later = new CompletableFuture<>();

        // when
        environment.start("completer", () -> later.completeExceptionally(new IllegalStateException("wanted")));

        // then
        assertThat(environment.await(normal, 0)).isTrue();
        assertThat(environment.await(failed, 0)).isTrue();
        assertThat(environment.await(cancelled, 0)).isTrue();
        assertThat(environment.await(later, DEADLINE_NS)).isTrue();
    }

    @Test
    void shouldTellWhenACompletionDidNotComeInTime() {
        // given
        CompletableFuture<String> never = new CompletableFuture<>();

        // when, then
        assertThat(environment.await(never, 0)).isFalse();
        assertThat(environment.await(never, -1)).isFalse();
        assertThat(environment.await(never, 1_000)).isFalse();
    }

    @Test
    void shouldAwaitWhatIsWatchedUntilItIsDoneThoughInterruptedAndThoughItsTimeHasPassed() {
        // given
        CompletableFuture<String> later = new CompletableFuture<>();
        Thread waiter = Thread.currentThread();
        environment.start("completer", () -> {
            while (waiter.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            later.completeExceptionally(new IllegalStateException("wanted"));
        });
        waiter.interrupt();

        // when
        boolean done = environment.awaitWatched(later, 1);

        // then
        assertThat(done).isTrue();
        assertThat(later).isDone();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldThrowWhatFailedBesideWhereverItIsWaitedFor() {
        for (Throwable failure : List.of(new IOException("disk"), new IllegalStateException("state"),
                new InternalError("page"))) {
            // given
            BesideWork work = environment.beginBeside("failing", () -> sneak(failure));

            // when, then
            assertThatThrownBy(work::await).isSameAs(failure);
            assertThatThrownBy(work::await).isSameAs(failure);
        }
    }

    @Test
    void shouldHaveEndedTheWorkBesideWhenItHasBeenWaitedFor() throws IOException {
        // given
        Thread caller = Thread.currentThread();
        AtomicReference<Thread> worker = new AtomicReference<>();

        // when
        environment.beginBeside("working", () -> worker.set(Thread.currentThread())).await();

        // then
        assertThat(worker.get()).isNotNull().isNotSameAs(caller);
    }

    private static void sneak(Throwable failure) throws IOException {
        switch (failure) {
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalArgumentException("expected one of three kinds, found " + failure);
        }
    }

    @Test
    void shouldGoOnAwaitingAndJoiningWhenInterruptedAndKeepTheInterruption() {
        // given
        CompletableFuture<Void> later = new CompletableFuture<>();
        Thread.currentThread().interrupt();

        // when
        StoreThread completer = environment.start("completer", () -> later.complete(null));
        boolean done = environment.await(later, DEADLINE_NS);
        boolean ended = completer.join(DEADLINE_NS);
        environment.sleep(1_000);

        // then
        assertThat(Thread.interrupted()).isTrue();
        assertThat(done).isTrue();
        assertThat(ended).isTrue();
    }

    @Test
    void shouldSleepAtLeastAsLongAsAskedEvenWhenInterrupted() {
        // given
        long durationNs = 3_000_000;
        Thread.currentThread().interrupt();
        long before = environment.nanoTime();

        // when
        environment.sleep(durationNs);

        // then
        assertThat(environment.nanoTime() - before).isGreaterThanOrEqualTo(durationNs);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldRunServicesOnNamedDaemonThreadsAndLightTasksOnVirtualOnes() {
        // given
        CompletableFuture<Thread> service = new CompletableFuture<>();
        CompletableFuture<Thread> light = new CompletableFuture<>();

        // when
        StoreThread serviceThread = environment.start("ReputMessageService",
                () -> service.complete(Thread.currentThread()));
        StoreThread lightThread = environment.startLight("producer-7", () -> light.complete(Thread.currentThread()));

        // then
        assertThat(serviceThread.join(DEADLINE_NS)).isTrue();
        assertThat(lightThread.join(DEADLINE_NS)).isTrue();
        assertThat(service.join().isVirtual()).isFalse();
        assertThat(service.join().isDaemon()).isTrue();
        assertThat(service.join().getName()).isEqualTo(serviceThread.name()).isEqualTo("ReputMessageService");
        assertThat(light.join().isVirtual()).isTrue();
        assertThat(light.join().getName()).isEqualTo(lightThread.name()).isEqualTo("producer-7");
        assertThat(serviceThread.isAlive()).isFalse();
    }

    @Test
    void shouldTellWhenAThreadDidNotEndInTime() {
        // given
        CompletableFuture<Void> end = new CompletableFuture<>();
        StoreThread thread = environment.start("slow", () -> environment.await(end, DEADLINE_NS));

        // when, then
        assertThat(thread.join(0)).isFalse();
        assertThat(thread.join(1_000)).isFalse();
        assertThat(thread.isAlive()).isTrue();
        end.complete(null);
        assertThat(thread.join(DEADLINE_NS)).isTrue();
    }

    @Test
    void shouldReadTheMachinesClocksAndProcess() {
        long nanosBefore = System.nanoTime();
        long millisBefore = System.currentTimeMillis();
        assertThat(environment.nanoTime()).isBetween(nanosBefore, System.nanoTime());
        assertThat(environment.currentTimeMillis()).isBetween(millisBefore, System.currentTimeMillis());
        assertThat(environment.processId()).isEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void shouldLingerUntilWhatIsHopedForHolds() {
        // given
        AtomicInteger looks = new AtomicInteger();

        // when
        environment.linger(() -> looks.incrementAndGet() == 3, Long.MAX_VALUE);

        // then
        assertThat(looks).hasValue(3);
    }

    @Test
    void shouldEndLingeringInVain() {
        // given
        AtomicInteger looks = new AtomicInteger();

        // when
        environment.linger(() -> {
            looks.incrementAndGet();
            return false;
        }, 1);

        // then
        assertThat(looks).hasPositiveValue();
    }
}
