package dev.storescope.engine;

import static dev.storescope.engine.testing.Stores.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreState;
import dev.storescope.engine.testing.LogContents;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a whole store does when its disk is slow, fails, or is full.
class DiskTroubleTest {
    private static final Path COMMIT_LOG = Stores.ROOT.resolve("commitlog");

    private final UnforcedDisk disk = new UnforcedDisk();
    private final CountDownLatch stalled = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private DefaultMessageStore store;

    @AfterEach
    void close() {
        goOn.countDown();
        store.shutdown();
    }

    @Test
    void shouldFailAllThatWaitWhenAForceFailsAndTakeNoMorePuts() {
        // given puts that wait for a force which fails
        store = Stores.start(sync(), disk);
        store.putMessage(message("t", 0));
        long flushed = store.snapshot().log().flushed().offset();
        AtomicInteger attempts = new AtomicInteger();
        disk.faults().beforeForce(path -> {
            if (path.startsWith(COMMIT_LOG) && attempts.incrementAndGet() == 1) {
                stall();
            }
        });
        disk.faults().below(COMMIT_LOG).failNextForce();
        List<CompletableFuture<PutMessageResult>> waiting = new ArrayList<>();
        waiting.add(store.asyncPutMessage(message("t", 0)));
        await(stalled);
        waiting.add(store.asyncPutMessage(message("t", 0)));
        CompletableFuture<PutMessageResult> blocking = CompletableFuture
                .supplyAsync(() -> store.putMessage(message("t", 0)));
        Stores.awaitSnapshot(store, snapshot -> snapshot.flush().requestsWrite() == 2);
        waiting.add(blocking);

        // when
        goOn.countDown();

        // then they are in the log, but were promised nothing
        assertThat(waiting).allSatisfy(put -> {
            assertThat(put.join().status()).isEqualTo(PutMessageStatus.FLUSH_DISK_TIMEOUT);
            assertThat(put.join().isStored()).isTrue();
        });
        assertThat(store.putMessage(message("t", 0)).status()).isEqualTo(PutMessageStatus.SERVICE_NOT_AVAILABLE);
        StoreSnapshot snapshot = store.snapshot();
        assertThat(snapshot.state()).isEqualTo(StoreState.BROKEN);
        assertThat(snapshot.notWriteable()).startsWith("force failed at offset " + flushed + ": cannot force ")
                .contains("wanted by the test");
        assertThat(snapshot.log().flushed().offset()).isEqualTo(flushed);
        assertThat(snapshot.log().acknowledged().offset()).isEqualTo(flushed);
        assertThat(snapshot.counters().puts(PutMessageStatus.FLUSH_DISK_TIMEOUT)).isEqualTo(3);
        assertThat(store.flush()).isEqualTo(flushed);
        assertThat(LogContents.of(store)).as("what is in the page cache can be read").hasSize(4);

        // and it does not count as stopped cleanly, nor is the disk forced again
        store.shutdown();
        assertThat(attempts).hasValue(1);
        assertThat(disk.exists(Stores.ROOT.resolve("abort"))).isTrue();
    }

    @Test
    void shouldRecoverOnceItIsOpenedAgainAfterAFailedForce() {
        // given
        store = Stores.start(sync(), disk);
        store.putMessage(message("t", 0));
        disk.faults().below(COMMIT_LOG).failNextForce();
        store.putMessage(message("t", 0));
        store.shutdown();

        // when
        store = Stores.start(sync(), disk);

        // then
        assertThat(store.snapshot().recovery().lastStop()).isEqualTo(RecoveryReport.LastStop.UNCLEAN);
        assertThat(store.state()).isEqualTo(StoreState.RUNNING);
        PutMessageResult put = store.putMessage(message("t", 0));
        assertThat(put.status()).isEqualTo(PutMessageStatus.PUT_OK);
        assertThat(put.append().queueOffset()).isEqualTo(2);

        // and what it acknowledges now outlives a power failure, with all that stands before it
        DefaultMessageStore after = Stores.start(sync(), disk.powerCut());
        assertThat(LogContents.of(after)).extracting(MessageExt::queueOffset).containsExactly(0L, 1L, 2L);
        after.kill();
    }

    @Test
    void shouldTakeNoMorePutsWhenACommitFails() {
        // given
        store = Stores.start(Stores.config().set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true), disk);
        disk.faults().below(COMMIT_LOG).failAllWrites();
        assertThat(store.putMessage(message("t", 0)).isOk()).isTrue();

        // when
        StoreSnapshot snapshot = Stores.awaitSnapshot(store, now -> now.state() == StoreState.BROKEN);

        // then
        assertThat(snapshot.notWriteable()).startsWith("commit failed at offset 0: cannot write to ");
        assertThat(snapshot.log().committed().offset()).isZero();
        assertThat(store.putMessage(message("t", 0)).status()).isEqualTo(PutMessageStatus.SERVICE_NOT_AVAILABLE);
        store.shutdown();
        assertThat(disk.exists(Stores.ROOT.resolve("abort"))).isTrue();
    }

    @Test
    void shouldTakeNoMorePutsWhenAForceFailsBehindTheirBack() {
        // given
        store = Stores.start(Stores.config().set(StoreSetting.FLUSH_COMMIT_LOG_LEAST_PAGES, 0), disk);
        disk.faults().below(COMMIT_LOG).failAllForces();
        assertThat(store.putMessage(message("t", 0)).isOk()).isTrue();

        // when
        Stores.awaitSnapshot(store, now -> now.state() == StoreState.BROKEN);

        // then
        assertThat(store.putMessage(message("t", 0)).status()).isEqualTo(PutMessageStatus.SERVICE_NOT_AVAILABLE);
    }

    @Test
    void shouldAnswerTheOverdueWhileTheDiskStandsStill() {
        // given
        store = Stores.start(sync().set(StoreSetting.SYNC_FLUSH_TIMEOUT, 30), disk);
        stallForces();

        // when
        CompletableFuture<PutMessageResult> async = store.asyncPutMessage(message("t", 0));
        await(stalled);
        PutMessageResult blocking = store.putMessage(message("t", 0));

        // then though the force has not ended
        assertThat(async.join().status()).isEqualTo(PutMessageStatus.FLUSH_DISK_TIMEOUT);
        assertThat(blocking.status()).isEqualTo(PutMessageStatus.FLUSH_DISK_TIMEOUT);
        assertThat(store.snapshot().flush().forceStartedNanos()).isPositive();
        assertThat(store.snapshot().log().flushed().offset()).isZero();
        assertThat(LogContents.of(store)).hasSize(2);

        // and when the disk goes on, so does the store
        goOn.countDown();
        Stores.awaitSnapshot(store, now -> now.log().unflushedBytes() == 0);
        assertThat(store.state()).isEqualTo(StoreState.RUNNING);
        assertThat(store.snapshot().counters().puts(PutMessageStatus.FLUSH_DISK_TIMEOUT)).isEqualTo(2);
    }

    @Test
    void shouldNotWaitForAStalledDiskWhereNothingWasPromised() {
        // given
        store = Stores.start(sync(), disk);
        stallForces();
        CompletableFuture<PutMessageResult> waits = store.asyncPutMessage(message("t", 0));
        await(stalled);

        // when
        PutMessageResult put = store.putMessage(message("t", 0).waitStoreMsgOk(false));

        // then
        assertThat(put.status()).isEqualTo(PutMessageStatus.PUT_OK);
        assertThat(waits).isNotDone();
        assertThat(store.snapshot().log().acknowledged().offset()).isZero();
        goOn.countDown();
        assertThat(waits.join().isOk()).isTrue();
    }

    @Test
    void shouldForceForThoseThatDoNotWaitThoughNobodyElseDoes() {
        // given
        store = Stores.start(sync(), disk);

        // when
        PutMessageResult put = store.putMessage(message("t", 0).waitStoreMsgOk(false));

        // then
        Stores.awaitSnapshot(store, now -> now.log().flushed().offset() == put.append().nextOffset());
    }

    /// RocketMQ thread 574: a message was appended after the final commit and lost at a clean stop.
    @ParameterizedTest
    @EnumSource
    void shouldRefusePutsBeforeItsLastFlushBegins(FlushDiskType type) {
        // given bytes that only the last flush brings to disk, and somebody who puts during that
        store = Stores.start(Stores.config()
                .set(StoreSetting.FLUSH_DISK_TYPE, type)
                .set(StoreSetting.FLUSH_INTERVAL_COMMIT_LOG, 3_600_000), disk);
        Stores.awaitSnapshot(store, DiskTroubleTest::hasHadItsFirstTurns);
        List<PutMessageResult> late = new ArrayList<>();
        store.putMessage(message("t", 0).body(new byte[20_000]));
        disk.faults().beforeForce(path -> {
            if (path.startsWith(COMMIT_LOG) && store.state() == StoreState.CLOSING) {
                late.add(store.putMessage(message("t", 0)));
            }
        });
        CompletableFuture<PutMessageResult> last = store.asyncPutMessage(message("t", 0));

        // when
        store.shutdown();

        // then
        assertThat(last.join().isOk()).isTrue();
        assertThat(late).allMatch(put -> put.status() == PutMessageStatus.SERVICE_NOT_AVAILABLE);
        if (type == FlushDiskType.ASYNC_FLUSH) {
            assertThat(late).isNotEmpty();
        }
        store = Stores.start(Stores.config(), disk.powerCut());
        assertThat(LogContents.of(store)).hasSize(2);
        assertThat(store.snapshot().recovery().lastStop()).isEqualTo(RecoveryReport.LastStop.CLEAN);
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveEverythingOnDiskAfterACleanStop(Mode mode) {
        // given
        store = Stores.start(mode.config()
                .set(StoreSetting.FLUSH_INTERVAL_COMMIT_LOG, 3_600_000)
                .set(StoreSetting.COMMIT_INTERVAL_COMMIT_LOG, 3_600_000), disk);
        for (int i = 0; i < 300; i++) {
            store.asyncPutMessage(message("t", 0).body(new byte[1_000]));
        }

        // when
        store.shutdown();

        // then
        StoreSnapshot snapshot = store.snapshot();
        assertThat(snapshot.log().unflushedBytes()).isZero();
        assertThat(snapshot.counters().puts(PutMessageStatus.PUT_OK)).isEqualTo(300);
        store = Stores.start(mode.config(), disk.powerCut());
        assertThat(store.snapshot().recovery().lastStop()).isEqualTo(RecoveryReport.LastStop.CLEAN);
        assertThat(LogContents.of(store)).hasSize(300);
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveNobodyWaitingWhenItEndsUnderAStalledDisk(End end) {
        // given
        store = Stores.start(sync(), disk);
        stallForces();
        List<CompletableFuture<PutMessageResult>> waiting = new ArrayList<>();
        waiting.add(store.asyncPutMessage(message("t", 0)));
        await(stalled);
        waiting.add(store.asyncPutMessage(message("t", 0)));

        // when
        CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> {
            switch (end) {
                case SHUTDOWN -> store.shutdown();
                case KILL -> store.kill();
            }
        });
        Stores.await(() -> store.state() == StoreState.CLOSING);
        goOn.countDown();
        ended.join();

        // then
        assertThat(waiting).allMatch(CompletableFuture::isDone);
        if (end == End.SHUTDOWN) {
            assertThat(waiting).allMatch(put -> put.join().isOk());
        }
    }

    @Test
    void shouldKeepTheFilesUntilACommitOfSomebodyElseHasLetGoOfThemWhenKilled() {
        // given somebody who commits, and no service that does
        store = Stores.start(Stores.config()
                .set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true)
                .set(StoreSetting.COMMIT_INTERVAL_COMMIT_LOG, 3_600_000), disk);
        long wrote = store.putMessage(message("t", 0)).append().nextOffset();
        disk.faults().beforeWrite(_ -> stall());
        CompletableFuture<Long> flush = CompletableFuture.supplyAsync(store::flush);
        await(stalled);

        // when
        Thread killer = Thread.ofPlatform().start(store::kill);
        Stores.await(() -> killer.getState() == Thread.State.WAITING || !killer.isAlive());
        goOn.countDown();

        // then it has written all that it wanted to, and was not allowed to force
        flush.join();
        assertThat(store.snapshot().log().committed().offset()).isEqualTo(wrote);
        assertThat(store.snapshot().log().flushed().offset()).isZero();
        Stores.await(() -> store.state() == StoreState.CLOSED);
    }

    @Test
    void shouldGoOnWhenAFullDiskHasRoomAgain() {
        // given room for two files and not for another
        store = Stores.start(Stores.config(), disk);
        assertThat(store.putMessage(message("t", 0).body(new byte[60_000])).isOk()).isTrue();
        Stores.awaitSnapshot(store, now -> now.files().size() == 2 && now.dispatch().behindBytes() == 0);
        disk.fullAt(1);

        // when
        PutMessageResult ready = store.putMessage(message("t", 0).body(new byte[20_000]));
        Stores.awaitSnapshot(store, now -> now.allocator().hasException());
        PutMessageResult refused = store.putMessage(message("t", 0).body(new byte[60_000]));

        // then what was made ahead is used, and the store says why there is no more
        assertThat(ready.isOk()).isTrue();
        assertThat(refused.status()).isEqualTo(PutMessageStatus.CREATE_MAPPED_FILE_FAILED);
        assertThat(store.snapshot().allocator().lastFailure()).contains("usable");
        assertThat(store.state()).isEqualTo(StoreState.RUNNING);

        // and when there is room
        disk.fullAt(1L << 30);
        Stores.awaitSnapshot(store, now -> !now.allocator().hasException());
        assertThat(store.putMessage(message("t", 0)).isOk()).isTrue();
        assertThat(LogContents.of(store)).extracting(MessageExt::queueOffset).containsExactly(0L, 1L, 2L);
    }

    /// A flush service that is started late may find in its first turn what is meant for its last.
    private static boolean hasHadItsFirstTurns(StoreSnapshot snapshot) {
        return snapshot.services().stream().allMatch(service -> service.turns() > 0);
    }

    private enum Mode {
        SYNC, ASYNC, POOL;

        MessageStoreConfig.Builder config() {
            return switch (this) {
                case SYNC -> sync();
                case ASYNC -> Stores.config();
                case POOL -> Stores.config().set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true);
            };
        }
    }

    private enum End {
        SHUTDOWN, KILL
    }

    private static MessageStoreConfig.Builder sync() {
        return Stores.config().set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH);
    }

    /// From now on forces of the log stand still until told to go on.
    private void stallForces() {
        disk.faults().beforeForce(path -> {
            if (path.startsWith(COMMIT_LOG)) {
                stall();
            }
        });
    }

    private void stall() {
        stalled.countDown();
        await(goOn);
    }

    private static void await(CountDownLatch latch) {
        Stores.await(() -> latch.getCount() == 0);
    }
}
