package dev.storescope.engine.sim.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.PutMessageLockKind;
import dev.storescope.engine.env.PutMessageLock;
import dev.storescope.engine.env.StoreThread;
import dev.storescope.engine.env.Wakeup;
import dev.storescope.engine.sim.disk.DiskModel;
import dev.storescope.engine.sim.world.SimulatedEnvironment.Halt;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SimulatedEnvironmentTest {
    private static final long MS = 1_000_000;

    private final List<String> told = new ArrayList<>();

    @Test
    void shouldJumpToTheNextMomentForWhichSomebodyWaits() {
        // given
        SimulatedEnvironment world = new SimulatedEnvironment(1, DiskModel.NVME);
        sleeper(world, "late", 2_000 * MS);
        sleeper(world, "early", 10 * MS);
        // when
        Halt halt = world.run(Long.MAX_VALUE, Long.MAX_VALUE);
        // then
        assertThat(told).containsExactly("early at 10", "late at 2000");
        assertThat(halt).isEqualTo(Halt.NOTHING_LEFT);
        assertThat(world.aliveThreads()).isZero();
    }

    @Test
    void shouldDrawWhoGoesOnFromTheSeed() {
        Set<List<String>> orders = new TreeSet<>((one, other) -> one.toString().compareTo(other.toString()));
        for (long seed = 1; seed <= 40; seed++) {
            told.clear();
            SimulatedEnvironment world = new SimulatedEnvironment(seed, DiskModel.NVME);
            for (String name : List.of("a", "b", "c")) {
                world.start(name, () -> told.add(name));
            }
            world.run(Long.MAX_VALUE, Long.MAX_VALUE);
            orders.add(List.copyOf(told));
        }
        assertThat(orders).hasSize(6);
    }

    @Test
    void shouldSayWhoWaitsForWhatWhenNobodyCanEverGoOn() {
        // given
        SimulatedEnvironment world = new SimulatedEnvironment(1, DiskModel.NVME);
        PutMessageLock one = world.newPutMessageLock(PutMessageLockKind.REENTRANT);
        PutMessageLock other = world.newPutMessageLock(PutMessageLockKind.REENTRANT);
        world.start("first", () -> lockBoth(world, one, other));
        world.start("second", () -> lockBoth(world, other, one));
        // when
        Halt halt = world.run(Long.MAX_VALUE, Long.MAX_VALUE);
        // then
        assertThat(halt).isEqualTo(Halt.STUCK);
        assertThat(world.deadlock()).hasMessageContaining("first waits for a lock that second holds")
                .hasMessageContaining("second waits for a lock that first holds");
        assertThatThrownBy(one::lock).isInstanceOf(DeadlockException.class);
    }

    @Test
    void shouldLetTheWorldRunWhileACallFromOutsideWaits() {
        // given
        SimulatedEnvironment world = new SimulatedEnvironment(1, DiskModel.NVME);
        StoreThread thread = sleeper(world, "sleeper", 30 * MS);
        // when
        boolean endedSoon = thread.join(10 * MS);
        long soon = world.nanoTime();
        boolean endedLater = thread.join(Long.MAX_VALUE);
        // then
        assertThat(endedSoon).isFalse();
        assertThat(soon).isEqualTo(10 * MS);
        assertThat(endedLater).isTrue();
        assertThat(world.nanoTime()).isEqualTo(30 * MS);
    }

    @Test
    void shouldRememberASignalAndWakeAWaiter() {
        // given
        SimulatedEnvironment world = new SimulatedEnvironment(1, DiskModel.NVME);
        Wakeup wakeup = world.newWakeup("wakeup");
        wakeup.signal();
        wakeup.signal();
        // when, then
        assertThat(wakeup.await(MS)).isTrue();
        assertThat(wakeup.await(MS)).isFalse();
        assertThat(world.nanoTime()).isEqualTo(MS);
        world.start("signals", () -> {
            world.sleep(5 * MS);
            wakeup.signal();
        });
        assertThat(wakeup.await(100 * MS)).isTrue();
        assertThat(world.nanoTime()).isEqualTo(6 * MS + DiskModel.NVME.handOverNs());
    }

    @Test
    void shouldAwaitACompletionThatComesAndOneThatDoesNot() {
        // given
        SimulatedEnvironment world = new SimulatedEnvironment(1, DiskModel.NVME);
        CompletableFuture<String> completion = new CompletableFuture<>();
        world.start("completes", () -> {
            world.sleep(5 * MS);
            completion.complete("done");
        });
        // when, then
        assertThat(world.await(completion, MS)).isFalse();
        assertThat(world.await(completion, 100 * MS)).isTrue();
        assertThat(world.nanoTime()).isEqualTo(5 * MS + DiskModel.NVME.handOverNs());
    }

    @Test
    void shouldEndEveryThreadOfAWorldThatCrashesAndGiveThemNothingMore() {
        // given
        SimulatedEnvironment world = new SimulatedEnvironment(1, DiskModel.NVME);
        PutMessageLock lock = world.newPutMessageLock(PutMessageLockKind.SPIN);
        Wakeup wakeup = world.newWakeup("never signalled");
        for (int i = 0; i < 5; i++) {
            world.start("stubborn", () -> {
                lock.lock();
                try {
                    wakeup.await(Long.MAX_VALUE);
                    told.add("went on");
                } finally {
                    told.add("unwinds");
                    lock.unlock();
                    told.add("had an effect");
                }
            });
        }
        world.run(1_000, Long.MAX_VALUE);
        // when
        world.killJvm();
        // then
        assertThat(told).containsExactly("unwinds");
        assertThat(world.aliveThreads()).isZero();
        assertThatThrownBy(() -> world.sleep(1)).isInstanceOf(WorldEndedError.class);
        assertThatThrownBy(() -> wakeup.signal()).isInstanceOf(WorldEndedError.class);
    }

    @Test
    void shouldRefuseWhoeverMeddlesFromOutsideWhileItRuns() {
        // given
        SimulatedEnvironment world = new SimulatedEnvironment(1, DiskModel.NVME);
        world.start("runs", () -> {
            Thread meddler = Thread.ofPlatform().start(() -> {
                try {
                    world.sleep(MS);
                } catch (IllegalStateException e) {
                    told.add(e.getMessage());
                }
            });
            try {
                meddler.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        // when
        world.run(Long.MAX_VALUE, Long.MAX_VALUE);
        // then
        assertThat(told).singleElement().asString().contains("from outside, while its thread runs runs");
    }

    @Test
    void shouldEndAThreadThatClosesSomethingOnItsWayOut() {
        // given
        SimulatedEnvironment world = new SimulatedEnvironment(1, DiskModel.NVME);
        world.start("closes", () -> {
            try (AutoCloseable closing = () -> world.sleep(MS)) {
                assertThat(closing).isNotNull();
                world.sleep(Long.MAX_VALUE);
            } catch (Exception e) {
                told.add("went on");
            }
        });
        world.run(1_000, MS);
        // when
        world.killJvm();
        // then
        assertThat(told).isEmpty();
        assertThat(world.aliveThreads()).isZero();
    }

    private StoreThread sleeper(SimulatedEnvironment world, String name, long durationNs) {
        return world.start(name, () -> {
            world.sleep(durationNs);
            told.add(name + " at " + world.nanoTime() / MS);
        });
    }

    private static void lockBoth(SimulatedEnvironment world, PutMessageLock one, PutMessageLock other) {
        one.lock();
        world.sleep(MS);
        other.lock();
    }
}
