package dev.storescope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageProperties;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.ProofSnapshot;
import dev.storescope.engine.api.QueryMessageResult;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.inspect.check.CheckProgress;
import dev.storescope.engine.inspect.check.CheckReport;
import dev.storescope.engine.inspect.check.StoreCheck;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a crash left half done of the index is built while the store runs, and the dispatch takes over without a gap and
/// without anything twice. An independent reader checks that.
class IndexCatchUpTest {
    private static final String CATCH_UP = "IndexCatchUp";
    private static final String REPUT = "ReputMessageService";

    @Test
    void shouldFindKeysOldAndNewWhenItHasCaughtUp() throws IOException {
        // given
        UnforcedDisk left = killedBehindARecoveryPoint();
        LiveEnvironment environment = LiveEnvironment.builder().disk(left).build();
        environment.stepGate().hold(CATCH_UP);
        // when
        DefaultMessageStore store = start(environment);
        Stores.await(() -> environment.stepGate().isStandingAtGate(CATCH_UP));
        put(store, 300, 340);
        Stores.await(() -> store.dispatchBehindBytes() == 0);
        // then what is there is found
        assertThat(store.snapshot().proof().isFinished()).isFalse();
        assertThat(store.snapshot().proof().indexedOffset()).isLessThan(store.snapshot().proof().toIndexOffset());
        assertThat(query(store, "key-339").messages()).isEmpty();
        // and when it goes on, all
        environment.stepGate().release(CATCH_UP);
        awaitProof(store);
        put(store, 340, 350);
        Stores.await(() -> query(store, "key-349").messages().size() == 1);
        for (int i = 0; i < 350; i++) {
            assertThat(query(store, "key-" + i).messages()).as("key %d", i).hasSize(1);
        }
        store.shutdown();
        assertThat(check(left, config()).faults()).isEmpty();
    }

    @Test
    void shouldGoOnWhereACleanStopCutItShort() throws IOException {
        // given
        UnforcedDisk left = killedBehindARecoveryPoint();
        LiveEnvironment environment = LiveEnvironment.builder().disk(left).build();
        environment.stepGate().hold(CATCH_UP);
        DefaultMessageStore second = start(environment);
        Stores.await(() -> environment.stepGate().isStandingAtGate(CATCH_UP));
        put(second, 300, 310);
        second.shutdown();
        // when
        DefaultMessageStore store = start(LiveEnvironment.builder().disk(left).build());
        awaitProof(store);
        // then
        assertThat(query(store, "key-305").messages()).hasSize(1);
        store.shutdown();
        assertThat(check(left, config()).faults()).isEmpty();
    }

    @Test
    void shouldSayHowMuchOfTheLogALookUpCoversWhileTheIndexIsBeingBuilt() throws IOException {
        // given a store that was killed, whose index is built again behind the dispatch, and not begun yet
        UnforcedDisk left = killedBehindARecoveryPoint();
        LiveEnvironment environment = LiveEnvironment.builder().disk(left).build();
        environment.stepGate().hold(CATCH_UP);
        DefaultMessageStore store = start(environment);
        Stores.await(() -> environment.stepGate().isStandingAtGate(CATCH_UP));
        long endOffset = store.getMaxPhyOffset();
        // when
        QueryMessageResult early = query(store, "key-299");
        environment.stepGate().release(CATCH_UP);
        awaitProof(store);
        QueryMessageResult late = query(store, "key-299");
        // then
        assertThat(early.messages()).isEmpty();
        assertThat(early.coverage().isComplete()).isFalse();
        assertThat(early.coverage().toOffset()).isEqualTo(endOffset);
        assertThat(late.messages()).hasSize(1);
        assertThat(late.coverage().isComplete()).isTrue();
        store.shutdown();
    }

    /// 300 messages stand before the point from which on the log is checked, and the crash took the index.
    private static UnforcedDisk killedBehindARecoveryPoint() throws IOException {
        UnforcedDisk disk = new UnforcedDisk();
        DefaultMessageStore first = Stores.start(config(), disk);
        put(first, 0, 300);
        first.shutdown();
        DefaultMessageStore second = start(LiveEnvironment.builder().disk(disk).build());
        UnforcedDisk left = disk.kill();
        second.kill();
        return left;
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 15);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldSayWhatTheLogSaysHoweverCatchingUpAndDispatchMeet(long seed) throws IOException {
        Random random = new Random(seed);
        MessageStoreConfig.Builder config = config().set(StoreSetting.FLUSH_DISK_TYPE,
                random.nextBoolean() ? FlushDiskType.SYNC_FLUSH : FlushDiskType.ASYNC_FLUSH);
        UnforcedDisk disk = new UnforcedDisk(UnforcedDisk.Entries.DURABLE_WHEN_FORCED);
        int sent = 0;
        for (int round = 0; round < 5; round++) {
            // given
            LiveEnvironment environment = LiveEnvironment.builder().disk(disk).build();
            String held = random.nextBoolean() ? CATCH_UP : REPUT;
            if (random.nextBoolean()) {
                environment.stepGate().hold(held);
            }
            DefaultMessageStore store = new DefaultMessageStore(config.build(), environment,
                    DispatchPipeline.Extensions.NONE, 0);
            store.load();
            store.start();
            // when
            int before = random.nextInt(80);
            put(store, sent, sent + before);
            environment.stepGate().release(held);
            int after = random.nextInt(80);
            put(store, sent + before, sent + before + after);
            sent += before + after;
            if (random.nextBoolean()) {
                UnforcedDisk left = random.nextBoolean() ? disk.kill() : disk.powerCut(random.nextLong());
                store.kill();
                disk = left;
                store = start(LiveEnvironment.builder().disk(disk).build());
            }
            awaitProof(store);
            store.shutdown();
            // then
            CheckReport report = check(disk, config);
            assertThat(report.faults()).as("seed %d, round %d", seed, round).isEmpty();
            Stores.start(config, disk).shutdown();
            assertThat(check(disk, config).isSound()).as("seed %d, round %d", seed, round).isTrue();
        }
    }

    private static void put(DefaultMessageStore store, int from, int to) {
        for (int i = from; i < to; i++) {
            store.putMessage(Stores.message("t", i % 2)
                    .propertiesString(MessageProperties.encode(Map.of(MessageProperties.KEYS, "key-" + i))));
        }
    }

    private static QueryMessageResult query(DefaultMessageStore store, String key) {
        return store.queryMessage("t", key, 32, 0, Long.MAX_VALUE);
    }

    private static void awaitProof(DefaultMessageStore store) {
        assertThat(Stores.awaitSnapshot(store, snapshot -> snapshot.proof().isFinished()
                || snapshot.proof().state() == ProofSnapshot.State.FAILED).proof().failure()).isEmpty();
    }

    private static CheckReport check(UnforcedDisk disk, MessageStoreConfig.Builder config) throws IOException {
        return new StoreCheck(LiveEnvironment.builder().disk(disk).build(), config.build()).run(CheckProgress.NONE);
    }

    private static DefaultMessageStore start(LiveEnvironment environment) {
        DefaultMessageStore store = new DefaultMessageStore(config().build(), environment,
                DispatchPipeline.Extensions.NONE, 0);
        store.load();
        store.start();
        return store;
    }

    private static MessageStoreConfig.Builder config() {
        return Stores.config();
    }
}
