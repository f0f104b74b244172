package dev.storescope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.CrashingStore.Crash;
import dev.storescope.engine.CrashingStore.Outcome;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Loads that end in a crash at a random moment, over and over on what the crash before left, held to the ledger.
///
/// The disk forgets whatever was not forced, or keeps a random part of it, which no real machine can be made to do.
/// `-Dcrash.seeds=1000` tries more of them.
class CrashLedgerTest {
    private static final int CRASHES = 4;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("crash.seeds", 6));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldKeepEveryAcknowledgedMessageUnderSyncFlushWhateverTheCrash(long seed) {
        // given
        CrashingStore store = new CrashingStore(seed, UnforcedDisk.Entries.DURABLE_WHEN_FORCED,
                config(FlushDiskType.SYNC_FLUSH).build());
        for (int i = 0; i < CRASHES; i++) {
            // when
            Outcome outcome = store.loadAndCrash(load(seed), store.anyCrash());
            // then
            assertThat(outcome.lost()).as("acknowledged and lost, %s", outcome).isEmpty();
            assertThat(outcome.strangers()).as("never put, %s", outcome).isEmpty();
            assertThat(outcome.acknowledged()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldLoseOnlyTheEndOfTheLogUnderAsyncFlushWhenThePowerFails(long seed) {
        // given
        CrashingStore store = new CrashingStore(seed, UnforcedDisk.Entries.DURABLE_WHEN_FORCED,
                config(FlushDiskType.ASYNC_FLUSH).build());
        // when, then
        assertLosesOnlyTheEnd(store, seed, Crash.POWER_CUT, Crash.POWER_CUT_AFTER_WRITE_BACK);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldLoseNothingUnderAsyncFlushWhenTheProcessDies(long seed) {
        // given
        CrashingStore store = new CrashingStore(seed, UnforcedDisk.Entries.DURABLE_WHEN_FORCED,
                config(FlushDiskType.ASYNC_FLUSH).build());
        for (int i = 0; i < CRASHES; i++) {
            // when
            Outcome outcome = store.loadAndCrash(load(seed), i % 2 == 0 ? Crash.PROCESS_DIES : Crash.STORE_KILLED);
            // then
            assertThat(outcome.lost()).as("acknowledged and lost, %s", outcome).isEmpty();
            assertThat(outcome.strangers()).as("never put, %s", outcome).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldLoseWhatIsNotCommittedWithThePoolWhenTheProcessDies(long seed) {
        // given
        CrashingStore store = new CrashingStore(seed, UnforcedDisk.Entries.DURABLE_WHEN_FORCED, pooled());
        // when, then
        assertLosesOnlyTheEnd(store, seed, Crash.STORE_KILLED, Crash.PROCESS_DIES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldLoseWhatIsNotFlushedWithThePoolWhenThePowerFails(long seed) {
        // given
        CrashingStore store = new CrashingStore(seed, UnforcedDisk.Entries.DURABLE_WHEN_FORCED, pooled());
        // when, then
        assertLosesOnlyTheEnd(store, seed, Crash.POWER_CUT, Crash.POWER_CUT_AFTER_WRITE_BACK);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldPromiseNothingUnderSyncFlushToMessagesThatDoNotWait(long seed) {
        // given
        CrashingStore store = new CrashingStore(seed, UnforcedDisk.Entries.DURABLE_WHEN_FORCED,
                config(FlushDiskType.SYNC_FLUSH).build());
        LoadSpec impatient = load(seed).toBuilder().waitStoreMsgOk(false).build();
        // when
        Outcome outcome = store.loadAndCrash(impatient, Crash.POWER_CUT);
        // then
        assertThat(outcome.lostBelowEnd()).as("a hole in the log, %s", outcome).isEmpty();
        assertThat(outcome.strangers()).as("never put, %s", outcome).isEmpty();
    }

    /// @param crashes in turn
    private static void assertLosesOnlyTheEnd(CrashingStore store, long seed, Crash... crashes) {
        long lost = 0;
        for (int i = 0; i < CRASHES; i++) {
            Outcome outcome = store.loadAndCrash(load(seed), crashes[i % crashes.length]);
            assertThat(outcome.lostBelowEnd()).as("a hole in the log, %s", outcome).isEmpty();
            assertThat(outcome.strangers()).as("never put, %s", outcome).isEmpty();
            lost += outcome.lost().size();
        }
        assertThat(lost).as("lost by %s, seed %d: a test that sees none proves nothing", List.of(crashes), seed)
                .isPositive();
    }

    private static LoadSpec load(long seed) {
        return LoadSpec.builder()
                .producers(8)
                .topics(3)
                .queuesPerTopic(2)
                .keys(true)
                .tags(5)
                .extraPropertyBytes(200)
                .body(new BodySize.Uniform(32, seed % 2 == 0 ? 300 : 6000))
                .batchSize(seed % 3 == 0 ? 3 : 1)
                .seed(seed)
                .build();
    }

    private static MessageStoreConfig.Builder config(FlushDiskType type) {
        return Stores.withSmallIndex(MessageStoreConfig.builder(Path.of("/crash/store")))
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, 65_536L)
                .set(StoreSetting.MAPPED_FILE_SIZE_CONSUME_QUEUE, 1_000L)
                .set(StoreSetting.FLUSH_DISK_TYPE, type)
                .set(StoreSetting.FLUSH_INTERVAL_COMMIT_LOG, 20L)
                .set(StoreSetting.COMMIT_INTERVAL_COMMIT_LOG, 10L);
    }

    private static MessageStoreConfig pooled() {
        return config(FlushDiskType.ASYNC_FLUSH).set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true).build();
    }
}
