package dev.storescope.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageLockKind;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.env.PutMessageLock;
import dev.storescope.engine.env.Wakeup;
import dev.storescope.engine.load.LoadDriver;
import dev.storescope.engine.load.LoadSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SteppedEnvironmentTest {
    private static final long MS = 1_000_000;

    private final SteppedEnvironment environment = new SteppedEnvironment(CostModel.NVME);
    private final List<String> seen = new ArrayList<>();

    @Test
    void shouldStandStillUntilToldToGoOn() {
        environment.start("a", () -> seen.add("ran"));

        assertThat(seen).isEmpty();
        environment.run(1);
        assertThat(seen).containsExactly("ran");
    }

    @Test
    void shouldLetTimePassAsFarAsAskedAndNoFurther() {
        environment.start("a", () -> {
            environment.sleep(5 * MS);
            seen.add("after 5 ms at " + environment.nanoTime() / MS);
            environment.sleep(5 * MS);
            seen.add("after 10 ms");
        });

        environment.run(7 * MS);

        assertThat(seen).containsExactly("after 5 ms at 5");
        assertThat(environment.nanoTime()).isEqualTo(7 * MS);
    }

    @Test
    void shouldRememberOneSignal() {
        Wakeup wakeup = environment.newWakeup("w");
        wakeup.signal();
        wakeup.signal();

        assertThat(wakeup.await(MS)).isTrue();
        assertThat(wakeup.await(MS)).isFalse();
        assertThat(environment.nanoTime()).isEqualTo(MS);
    }

    @Test
    void shouldGiveALockToOneAtATime() {
        PutMessageLock lock = environment.newPutMessageLock(PutMessageLockKind.SPIN);
        for (String name : List.of("a", "b")) {
            environment.start(name, () -> {
                lock.lock();
                seen.add(name + " has it");
                environment.sleep(MS);
                seen.add(name + " gives it back");
                lock.unlock();
            });
        }

        environment.run(10 * MS);

        assertThat(seen).containsExactly("a has it", "a gives it back", "b has it", "b gives it back");
    }

    @Test
    void shouldRunTheWorldWhileSomeoneFromOutsideWaits() {
        var done = new CompletableFuture<String>();
        environment.start("a", () -> {
            environment.sleep(3 * MS);
            done.complete("yes");
        });

        assertThat(environment.await(done, Long.MAX_VALUE)).isTrue();
        assertThat(environment.nanoTime()).isEqualTo(3 * MS);
    }

    @Test
    void shouldSayWhoWaitsWhenNothingCanEndAWait() {
        Wakeup wakeup = environment.newWakeup("w");
        environment.start("sleeper", () -> environment.newWakeup("other").await(Long.MAX_VALUE));

        assertThatThrownBy(() -> wakeup.await(Long.MAX_VALUE)).isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("waits for ever", "sleeper");
    }

    @Test
    void shouldGiveTheSameStoreEachTime() {
        StoreSnapshot first = runAStore(new SteppedEnvironment(CostModel.NVME));
        StoreSnapshot second = runAStore(new SteppedEnvironment(CostModel.NVME));

        assertThat(second).isEqualTo(first);
        assertThat(first.counters().forces()).isGreaterThan(10);
        assertThat(first.log().wrote().offset()).isGreaterThan(1 << 20);
    }

    private static StoreSnapshot runAStore(SteppedEnvironment environment) {
        var config = MessageStoreConfig.builder(Path.of("/store-lab"))
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, 1L << 20)
                .set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH)
                .build();
        try (var store = new DefaultMessageStore(config, environment)) {
            store.load();
            store.start();
            var load = new LoadDriver(store, environment, LoadSpec.builder().producers(8).seed(42).build());
            load.start();
            environment.run(500 * MS);
            StoreSnapshot snapshot = store.snapshot();
            load.stop();
            return snapshot;
        }
    }
}
