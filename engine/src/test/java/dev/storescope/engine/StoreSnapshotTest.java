package dev.storescope.engine;

import static dev.storescope.engine.testing.Stores.FILE_BYTES;
import static dev.storescope.engine.testing.Stores.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageLockKind;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.PutStage;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.ServiceStatus;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.AllocationState;
import dev.storescope.engine.api.StoreSnapshot.DispatchSnapshot;
import dev.storescope.engine.api.StoreSnapshot.FileSnapshot;
import dev.storescope.engine.api.StoreSnapshot.FileState;
import dev.storescope.engine.api.StoreSnapshot.LogPosition;
import dev.storescope.engine.api.StoreSnapshot.LogPositions;
import dev.storescope.engine.api.StoreState;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.env.StoreThread;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a snapshot says is true: of one moment while the store works, exactly when it stands still.
class StoreSnapshotTest {
    private static final long ONE_HOUR_MS = 3_600_000;

    private final UnforcedDisk disk = new UnforcedDisk();
    private final LiveEnvironment environment = LiveEnvironment.builder().disk(disk).putSamplingInterval(1).build();
    private DefaultMessageStore store;

    @AfterEach
    void close() {
        store.shutdown();
    }

    private enum Mode {
        SYNC, ASYNC, POOL;

        MessageStoreConfig.Builder config() {
            return Stores.config()
                    .set(StoreSetting.FLUSH_DISK_TYPE,
                            this == SYNC ? FlushDiskType.SYNC_FLUSH : FlushDiskType.ASYNC_FLUSH)
                    .set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, this == POOL)
                    .set(StoreSetting.FLUSH_INTERVAL_COMMIT_LOG, 1)
                    .set(StoreSetting.COMMIT_INTERVAL_COMMIT_LOG, 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepTheOrderOfThePointersWhileProducersRun(Mode mode) {
        // given
        store = Stores.start(mode.config(), environment);
        AtomicLong acknowledgedTo = new AtomicLong();
        List<StoreThread> producers = IntStream.range(0, 4)
                .mapToObj(
                        producer -> environment.start("producer-" + producer, () -> produce(producer, acknowledgedTo)))
                .toList();
        StoreSnapshot before = store.snapshot();
        int taken = 0;

        // when
        while (producers.stream().anyMatch(StoreThread::isAlive)) {
            long acknowledged = acknowledgedTo.get();
            StoreSnapshot now = store.snapshot();
            // then
            assertOrder(now);
            assertDispatchFits(now);
            assertGrown(before.log(), now.log());
            assertFilesFit(now);
            if (mode == Mode.SYNC) {
                assertThat(now.log().acknowledged().offset()).isGreaterThanOrEqualTo(acknowledged);
            }
            before = now;
            taken++;
        }
        assertThat(taken).isPositive();
    }

    private void produce(int producer, AtomicLong acknowledgedTo) {
        Random random = new Random(producer);
        for (int i = 0; i < 1_500; i++) {
            var result = store.putMessage(message("t", producer).body(new byte[random.nextInt(1_500)]));
            acknowledgedTo.accumulateAndGet(result.append().nextOffset(), Math::max);
        }
    }

    private static void assertOrder(StoreSnapshot snapshot) {
        LogPositions log = snapshot.log();
        List<LogPosition> order = List.of(log.acknowledged(), log.flushed(), log.committed(), log.wrote());
        for (int i = 1; i < order.size(); i++) {
            assertThat(order.get(i - 1).offset()).as("%s", log).isLessThanOrEqualTo(order.get(i).offset());
            assertThat(order.get(i - 1).messages()).as("%s", log).isLessThanOrEqualTo(order.get(i).messages());
        }
        assertThat(log.minOffset()).isLessThanOrEqualTo(log.acknowledged().offset());
        assertThat(snapshot.counters().messages()).isEqualTo(log.wrote().messages());
    }

    private static void assertDispatchFits(StoreSnapshot snapshot) {
        DispatchSnapshot dispatch = snapshot.dispatch();
        LogPositions log = snapshot.log();
        assertThat(dispatch.reputFromOffset()).isLessThanOrEqualTo(dispatch.limit());
        assertThat(dispatch.limit()).isLessThanOrEqualTo(log.wrote().offset());
        assertThat(dispatch.behindBytes()).isEqualTo(log.committed().offset() - dispatch.reputFromOffset());
        assertThat(dispatch.records()).isLessThanOrEqualTo(log.wrote().messages());
    }

    private static void assertGrown(LogPositions before, LogPositions now) {
        assertThat(now.acknowledged().offset()).isGreaterThanOrEqualTo(before.acknowledged().offset());
        assertThat(now.flushed().offset()).isGreaterThanOrEqualTo(before.flushed().offset());
        assertThat(now.committed().offset()).isGreaterThanOrEqualTo(before.committed().offset());
        assertThat(now.wrote().offset()).isGreaterThanOrEqualTo(before.wrote().offset());
    }

    private static void assertFilesFit(StoreSnapshot snapshot) {
        long expectedFrom = snapshot.log().minOffset();
        long wrote = 0;
        long flushed = 0;
        for (FileSnapshot file : snapshot.files()) {
            assertThat(file.fromOffset()).isEqualTo(expectedFrom);
            assertThat(file.flushed()).isLessThanOrEqualTo(file.committed());
            assertThat(file.committed()).isLessThanOrEqualTo(file.wrote());
            assertThat(file.wrote()).isLessThanOrEqualTo(file.sizeBytes());
            expectedFrom = file.endOffset();
            wrote += file.wrote();
            flushed += file.flushed();
        }
        assertThat(wrote).isEqualTo(snapshot.log().wrote().offset());
        assertThat(flushed).isEqualTo(snapshot.log().flushed().offset());
    }

    @Test
    void shouldCountTheMessagesBeforeEachPointerExactlyWhenStill() {
        // given nobody who flushes or commits of his own accord
        store = Stores.start(Mode.POOL.config()
                .set(StoreSetting.FLUSH_INTERVAL_COMMIT_LOG, ONE_HOUR_MS)
                .set(StoreSetting.COMMIT_INTERVAL_COMMIT_LOG, ONE_HOUR_MS)
                .set(StoreSetting.COMMIT_COMMIT_LOG_THOROUGH_INTERVAL, ONE_HOUR_MS), environment);
        Stores.awaitSnapshot(store, now -> now.services()
                .stream()
                .filter(service -> !service.name().startsWith("Allocate"))
                .allMatch(service -> service.state() == ServiceStatus.State.WAITING));
        for (int i = 0; i < 10; i++) {
            store.putMessage(message("t", 0));
        }
        store.flush();

        // when
        for (int i = 0; i < 5; i++) {
            store.putMessage(message("t", 0));
        }

        // then
        LogPositions log = store.snapshot().log();
        long recordBytes = log.wrote().offset() / 15;
        assertThat(log.flushed()).isEqualTo(new LogPosition(10 * recordBytes, 10, 10, log.flushed().storeTimestamp()));
        assertThat(log.committed()).isEqualTo(log.flushed());
        assertThat(log.wrote()).isEqualTo(new LogPosition(15 * recordBytes, 15, 15, log.wrote().storeTimestamp()));
        assertThat(log.wrote().storeTimestamp()).isPositive();
        assertThat(log.uncommittedBytes()).isEqualTo(5 * recordBytes);
        assertThat(log.unflushedBytes()).isEqualTo(5 * recordBytes);
        assertThat(log.wrote().messagesSince(log.flushed())).isEqualTo(5);
        assertThat(log.acknowledged().offset()).as("nobody waited for a force").isZero();
    }

    @Test
    void shouldShowFullActiveAndPreparedFiles() {
        // given
        store = Stores.start(Mode.SYNC.config(), environment);
        store.putMessage(message("t", 0).body(new byte[40_000]));
        store.putMessage(message("t", 0).body(new byte[100]));

        // when
        long blankAt = store.getMaxPhyOffset();
        store.putMessage(message("t", 0).body(new byte[40_000]));
        StoreSnapshot snapshot = Stores.awaitSnapshot(store, now -> now.files().size() == 3);

        // then
        long inSecond = store.getMaxPhyOffset() - FILE_BYTES;
        assertThat(snapshot.files()).containsExactly(
                new FileSnapshot(0, FILE_BYTES, FileState.FULL, FILE_BYTES, FILE_BYTES, FILE_BYTES, blankAt, 2, false,
                        false),
                new FileSnapshot(FILE_BYTES, FILE_BYTES, FileState.ACTIVE, inSecond, inSecond, inSecond, -1, 1, false,
                        false),
                new FileSnapshot(2 * FILE_BYTES, FILE_BYTES, FileState.PREALLOCATED, 0, 0, 0, -1, 0, false, false));
        assertThat(snapshot.allocator().requests()).singleElement()
                .satisfies(request -> assertThat(request.state()).isEqualTo(AllocationState.READY));
        assertThat(snapshot.allocator().hits() + snapshot.allocator().waits()).isEqualTo(2);
        assertThat(snapshot.counters().fileRolls()).isEqualTo(1);
    }

    @Test
    void shouldKnowTheMessagesOfFilesThatWereThereBefore() {
        // given
        store = Stores.start(Mode.SYNC.config(), environment);
        for (int i = 0; i < 5; i++) {
            store.putMessage(message("t", 0).body(new byte[20_000]));
        }
        store.shutdown();

        // when
        store = Stores.start(Mode.SYNC.config(), environment);
        store.putMessage(message("t", 0));

        // then the log counts from the opening, files count all that is in them
        StoreSnapshot snapshot = store.snapshot();
        assertThat(snapshot.log().wrote().messages()).isEqualTo(1);
        assertThat(snapshot.counters().messages()).isEqualTo(1);
        assertThat(snapshot.files().subList(0, 2)).extracting(FileSnapshot::messages).containsExactly(3L, 3L);
        assertThat(snapshot.files().getFirst().blankPosition()).isPositive();
        assertThat(snapshot.recovery()).satisfies(report -> {
            assertThat(report.lastStop()).isEqualTo(RecoveryReport.LastStop.CLEAN);
            assertThat(report.recordsChecked()).isEqualTo(5);
            assertThat(report.endOffset()).isEqualTo(snapshot.log().wrote().offset() - 102);
        });
    }

    @Test
    void shouldSayInWhichStagesPutsSpentTheirTime() {
        // given
        store = Stores.start(Mode.SYNC.config(), environment);

        // when
        for (int i = 0; i < 20; i++) {
            store.putMessage(message("t", 0).body(new byte[10_000]));
        }

        // then each was sampled
        assertThat(count(PutStage.TOTAL)).isEqualTo(20);
        assertThat(count(PutStage.LOCK)).isEqualTo(20);
        assertThat(count(PutStage.APPEND)).isEqualTo(20);
        assertThat(count(PutStage.FLUSH)).isEqualTo(20);
        assertThat(count(PutStage.WAKE_UP)).isEqualTo(20);
        assertThat(count(PutStage.ALLOCATE)).isEqualTo(4);
        assertThat(count(PutStage.TOTAL)).as("taken once").isZero();

        // and refused ones too, which reach no further stage
        store.putMessage(message("", 0));
        assertThat(count(PutStage.TOTAL)).isEqualTo(1);
        assertThat(count(PutStage.LOCK)).isZero();
    }

    @Test
    void shouldSampleOneInSoManyPuts() {
        // given
        store = Stores.start(Mode.ASYNC.config(),
                LiveEnvironment.builder().disk(disk).putSamplingInterval(8).build());

        // when
        for (int i = 0; i < 80; i++) {
            store.putMessage(message("t", 0));
        }

        // then
        assertThat(count(PutStage.TOTAL)).isEqualTo(10);
        assertThat(count(PutStage.FLUSH)).as("nobody waited").isZero();
        assertThat(store.snapshot().counters().putSamplingInterval()).isEqualTo(8);
    }

    private long count(PutStage stage) {
        return store.stats().takeInterval(stage).getTotalCount();
    }

    @Test
    void shouldShowWhoWaitsWhileAServiceIsHeld() {
        // given
        store = Stores.start(Mode.SYNC.config(), environment);
        environment.stepGate().hold("GroupCommitService");
        Stores.awaitSnapshot(store, now -> state(now, "GroupCommitService") == ServiceStatus.State.HELD);

        // when
        List<CompletableFuture<?>> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiting.add(store.asyncPutMessage(message("t", 0)));
        }

        // then
        StoreSnapshot snapshot = store.snapshot();
        assertThat(snapshot.flush().requestsWrite() + snapshot.flush().requestsRead()).isEqualTo(3);
        assertThat(snapshot.log().unflushedBytes()).isPositive();
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        assertThat(snapshot.counters().puts(PutMessageStatus.PUT_OK)).isZero();

        // and when it is let go
        environment.stepGate().release("GroupCommitService");
        waiting.forEach(CompletableFuture::join);
        snapshot = Stores.awaitSnapshot(store,
                now -> now.counters().batchedRequests() == 3 && now.flush().requestsRead() == 0);
        assertThat(snapshot.flush().requestsWrite()).isZero();
        assertThat(snapshot.flush().lastBatches().stream().mapToInt(Integer::intValue).sum()).isEqualTo(3);
        assertThat(snapshot.log().acknowledged()).isEqualTo(snapshot.log().wrote());
        assertThat(snapshot.flush().forces().getLast().toOffset()).isEqualTo(snapshot.log().flushed().offset());
    }

    private static ServiceStatus.State state(StoreSnapshot snapshot, String service) {
        return snapshot.services()
                .stream()
                .filter(status -> status.name().equals(service))
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Test
    void shouldShowTheStoreAsAWhole() {
        // given
        store = new DefaultMessageStore(Mode.POOL.config().build(), environment);
        assertThat(store.snapshot().state()).isEqualTo(StoreState.CREATED);
        assertThat(store.snapshot().files()).isEmpty();

        // when
        store.load();
        store.start();

        // then
        StoreSnapshot snapshot = store.snapshot();
        assertThat(snapshot.state()).isEqualTo(StoreState.RUNNING);
        assertThat(snapshot.notWriteable()).isEmpty();
        assertThat(snapshot.config()).isEqualTo(store.config());
        assertThat(snapshot.services()).extracting(ServiceStatus::name)
                .contains("AllocateMappedFileService", "CommitRealTimeService", "FlushRealTimeService")
                .doesNotHaveDuplicates();
        assertThat(snapshot.putLock().kind()).isEqualTo(PutMessageLockKind.REENTRANT);
        assertThat(snapshot.putLock().heldSinceMillis()).isZero();
        assertThat(snapshot.pool().buffers()).isEqualTo(5);
        assertThat(snapshot.pool().free()).isEqualTo(5);
        assertThat(snapshot.takenAtNanos()).isLessThanOrEqualTo(environment.nanoTime());
        assertThat(snapshot.takenAtMillis()).isPositive();
        store.shutdown();
        assertThat(store.snapshot().state()).isEqualTo(StoreState.CLOSED);
    }
}
