package dev.storescope.engine;

import static dev.storescope.engine.testing.Stores.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageExtBatch;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.api.ServiceStatus;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreState;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.testing.LogContents;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The life of a store, from opening to closing, and what it gives to read.
class DefaultMessageStoreTest {
    private static final Path COMMIT_LOG = Stores.ROOT.resolve("commitlog");
    private static final Path ABORT = Stores.ROOT.resolve("abort");

    private UnforcedDisk disk = new UnforcedDisk();
    private DefaultMessageStore store = new DefaultMessageStore(Stores.config().build(), environment());

    @AfterEach
    void close() {
        store.shutdown();
    }

    @Test
    void shouldTakePutsOnlyWhileItRuns() {
        // then
        assertThat(store.state()).isEqualTo(StoreState.CREATED);
        assertRefused();

        store.load();
        assertThat(store.state()).isEqualTo(StoreState.RECOVERING);
        assertRefused();

        store.start();
        assertThat(store.state()).isEqualTo(StoreState.RUNNING);
        assertThat(store.putMessage(message("t", 0)).status()).isEqualTo(PutMessageStatus.PUT_OK);

        store.shutdown();
        assertThat(store.state()).isEqualTo(StoreState.CLOSED);
        assertRefused();
    }

    private void assertRefused() {
        assertThat(store.putMessage(message("t", 0)).status()).isEqualTo(PutMessageStatus.SERVICE_NOT_AVAILABLE);
        assertThat(store.asyncPutMessage(message("t", 0)).resultNow().status())
                .isEqualTo(PutMessageStatus.SERVICE_NOT_AVAILABLE);
    }

    @ParameterizedTest
    @MethodSource("ends")
    void shouldEndOnceHoweverOftenItIsAsked(List<Consumer<MessageStore>> ends) throws IOException {
        for (Consumer<DefaultMessageStore> begin : List.<Consumer<DefaultMessageStore>>of(_ -> {
        }, DefaultMessageStore::load, this::run)) {
            // given
            disk = new UnforcedDisk();
            store = new DefaultMessageStore(Stores.config().build(), environment());
            begin.accept(store);

            // when
            ends.forEach(end -> end.accept(store));

            // then it is closed, and the directory is free
            assertThat(store.state()).isEqualTo(StoreState.CLOSED);
            assertThat(store.snapshot().services()).extracting(ServiceStatus::state)
                    .doesNotContain(ServiceStatus.State.RUNNING, ServiceStatus.State.WAITING);
            assertThat(store.flush()).isEqualTo(store.snapshot().log().flushed().offset());
            assertThat(store.getCommitLogData(0)).isEmpty();
            start();
            store.shutdown();
        }
    }

    static Stream<List<Consumer<MessageStore>>> ends() {
        return Stream.of(List.of(MessageStore::shutdown), List.of(MessageStore::kill),
                List.of(MessageStore::shutdown, MessageStore::shutdown),
                List.of(MessageStore::kill, MessageStore::kill),
                List.of(MessageStore::kill, MessageStore::shutdown),
                List.of(MessageStore::shutdown, MessageStore::kill),
                List.of(MessageStore::close, MessageStore::close));
    }

    private void run(DefaultMessageStore started) {
        started.load();
        started.start();
        started.putMessage(message("t", 0));
    }

    @Test
    void shouldBeginAndEndInOrderOnly() {
        assertThatThrownBy(store::start).isInstanceOf(IllegalStateException.class)
                .hasMessage("store cannot go from CREATED to RUNNING");
        store.load();
        assertThatThrownBy(store::load).isInstanceOf(IllegalStateException.class);
        store.start();
        assertThatThrownBy(store::start).isInstanceOf(IllegalStateException.class);
        store.shutdown();
        assertThatThrownBy(store::load).isInstanceOf(IllegalStateException.class)
                .hasMessage("store cannot go from CLOSED to RECOVERING");
    }

    @Test
    void shouldMarkItsDirectoryWhileItRunsAndLeaveItCleanAfter() throws IOException {
        // given
        start();
        assertThat(new String(disk.readAll(ABORT), StandardCharsets.US_ASCII))
                .isEqualTo(Long.toString(ProcessHandle.current().pid()));
        assertThat(names(Stores.ROOT)).containsExactlyInAnyOrder("abort", "checkpoint", "commitlog", "lock");
        store.putMessage(message("t", 0));
        Stores.awaitSnapshot(store, snapshot -> snapshot.files().size() == 2);
        assertThat(names(COMMIT_LOG)).hasSize(2);

        // when
        store.shutdown();

        // then the file that was made ahead is gone
        assertThat(names(Stores.ROOT)).containsExactlyInAnyOrder("checkpoint", "commitlog", "config", "consumequeue",
                "lock");
        assertThat(names(COMMIT_LOG)).containsExactly("00000000000000000000");
        start();
        assertThat(store.snapshot().recovery().lastStop()).isEqualTo(RecoveryReport.LastStop.CLEAN);
    }

    @Test
    void shouldLeaveItsMarkAndTheFileAheadWhenItIsKilled() throws IOException {
        // given
        start();
        store.putMessage(message("t", 0));
        Stores.awaitSnapshot(store, snapshot -> snapshot.files().size() == 2);

        // when
        store.kill();

        // then
        assertThat(disk.exists(ABORT)).isTrue();
        assertThat(names(COMMIT_LOG)).hasSize(2);
        start();
        assertThat(store.snapshot().recovery().lastStop()).isEqualTo(RecoveryReport.LastStop.UNCLEAN);
        assertThat(store.snapshot().recovery().filesDeleted()).containsExactly("00000000000000065536");
    }

    @ParameterizedTest
    @MethodSource("stops")
    void shouldGoOnWithTheQueueOffsetsOfTheRunBefore(Consumer<MessageStore> stop) {
        // given
        start();
        for (int i = 0; i < 500; i++) {
            store.putMessage(message("topic-" + i % 3, i % 5).body(new byte[i]));
        }
        store.putMessages(new MessageExtBatch(List.of(message("batch", 1_000_000), message("batch", 1_000_000))));
        store.putMessage(message("topic-0", 0).sysFlag(0x4));
        store.putMessage(message("topic-0", 0).delayTimeLevel(2));
        store.flush();
        long max = store.getMaxPhyOffset();

        // when
        stop.accept(store);
        start();

        // then
        assertThat(store.getMaxPhyOffset()).isEqualTo(max);
        for (int topic = 0; topic < 3; topic++) {
            for (int queueId = 0; queueId < 5; queueId++) {
                long expected = count(topic, queueId);
                assertThat(store.getMaxOffsetInQueue("topic-" + topic, queueId)).isEqualTo(expected);
                assertThat(store.putMessage(message("topic-" + topic, queueId)).append().queueOffset())
                        .isEqualTo(expected);
            }
        }
        assertThat(store.getMaxOffsetInQueue("batch", 1_000_000)).isEqualTo(2);
        assertThat(store.getMaxOffsetInQueue("SCHEDULE_TOPIC_XXXX", 1)).isEqualTo(1);
        assertThat(store.getMaxOffsetInQueue("never", 0)).isZero();
        assertThat(LogContents.of(store)).hasSize(500 + 4 + 15);
    }

    static Stream<Consumer<MessageStore>> stops() {
        return Stream.of(MessageStore::shutdown, MessageStore::kill);
    }

    /// How many of the first 500 went to a queue.
    private static long count(int topic, int queueId) {
        return IntStream.range(0, 500).filter(i -> i % 3 == topic && i % 5 == queueId).count();
    }

    @Test
    void shouldFindAMessageByTheOffsetOfItsFirstByteOnly() {
        // given
        start();
        store.putMessage(message("t", 0).body(new byte[40_000]));
        PutMessageResult second = store.putMessage(message("t", 0).propertiesString("KEYS\u0001k\u0002"));
        PutMessageResult inTheNextFile = store.putMessage(message("t", 0).body(new byte[40_000]));

        // then
        MessageExt found = store.lookMessageByOffset(second.append().wroteOffset()).orElseThrow();
        assertThat(found.keys()).isEqualTo("k");
        assertThat(found.messageId()).isEqualTo(second.append().messageId());
        assertThat(store.lookMessageByOffset(inTheNextFile.append().wroteOffset()).orElseThrow().queueOffset())
                .isEqualTo(2);
        assertThat(store.lookMessageByOffset(second.append().wroteOffset() + 1)).isEmpty();
        assertThat(store.lookMessageByOffset(second.append().nextOffset())).as("a blank").isEmpty();
        assertThat(store.lookMessageByOffset(store.getMaxPhyOffset())).isEmpty();
        assertThat(store.lookMessageByOffset(-1)).isEmpty();
        assertThat(store.lookMessageByOffset(Long.MAX_VALUE)).isEmpty();
        assertThat(store.getMinPhyOffset()).isZero();
    }

    @Test
    void shouldKeepWhatIsReadMappedWhileItCloses() {
        // given
        start();
        store.putMessage(message("t", 0));
        SelectMappedBufferResult lease = store.getCommitLogData(0).orElseThrow();

        // when
        store.shutdown();

        // then
        assertThat(lease.segment().get(ValueLayout.JAVA_BYTE, 3)).isEqualTo((byte) lease.sizeBytes());
        lease.close();
        assertThatThrownBy(() -> lease.segment().get(ValueLayout.JAVA_BYTE, 3))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldBeReadableOnlyAsFarAsIsCommitted() {
        // given a pool, and a commit that is far away
        start(Stores.config()
                .set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true)
                .set(StoreSetting.COMMIT_INTERVAL_COMMIT_LOG, 3_600_000)
                .set(StoreSetting.COMMIT_COMMIT_LOG_THOROUGH_INTERVAL, 3_600_000));
        // the first turn of the commit service comes at once; what is put after it stays in the buffer
        Stores.awaitSnapshot(store, snapshot -> snapshot.services()
                .stream()
                .anyMatch(service -> service.name().equals("CommitRealTimeService") && service.turns() > 0));
        PutMessageResult put = store.putMessage(message("t", 0));
        assertThat(put.isOk()).isTrue();
        assertThat(store.getMaxPhyOffset()).isZero();
        assertThat(store.lookMessageByOffset(0)).isEmpty();
        assertThat(store.snapshot().log().uncommittedBytes()).isEqualTo(put.append().wroteBytes());

        // when
        assertThat(store.flush()).isEqualTo(put.append().nextOffset());

        // then
        assertThat(store.getMaxPhyOffset()).isEqualTo(put.append().nextOffset());
        assertThat(store.lookMessageByOffset(0)).isPresent();
        assertThat(disk.powerCut().exists(COMMIT_LOG.resolve("00000000000000000000"))).isTrue();
    }

    @Test
    void shouldSayWhenThePoolHasNoBufferLeft() {
        // given
        start(Stores.config()
                .set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true)
                .set(StoreSetting.TRANSIENT_STORE_POOL_SIZE, 2));
        assertThat(store.isTransientStorePoolDeficient()).isFalse();

        // when the first file and the one ahead of it have one each
        store.putMessage(message("t", 0));

        // then
        Stores.await(store::isTransientStorePoolDeficient);
        assertThat(store.snapshot().pool().free()).isZero();
        assertThat(store.snapshot().pool().lentTo()).containsExactly(0L, store.config().mappedFileSizeCommitLog());
        assertThat(store.snapshot().files()).allMatch(StoreSnapshot.FileSnapshot::writeBuffer);
    }

    /// RocketMQ thread 7523: with pool and sync flush every put timed out, as nobody committed.
    @Test
    void shouldNotLetThePoolActUnderSyncFlush() {
        // when
        start(Stores.config()
                .set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true)
                .set("flushDiskType", "SYNC_FLUSH"));

        // then
        assertThat(store.putMessage(message("t", 0)).status()).isEqualTo(PutMessageStatus.PUT_OK);
        StoreSnapshot snapshot = store.snapshot();
        assertThat(snapshot.pool().state()).isEqualTo(MessageStoreConfig.PoolState.NEEDS_ASYNC_FLUSH);
        assertThat(snapshot.pool().buffers()).isZero();
        assertThat(snapshot.files().getFirst().writeBuffer()).isFalse();
    }

    @Test
    void shouldTellItsTimeAndThatNobodyHoldsItsLock() {
        start();
        assertThat(store.now()).isPositive();
        assertThat(store.lockTimeMills()).isZero();
        assertThat(store.isOSPageCacheBusy()).isFalse();
        assertThat(store.config().storePathRootDir()).isEqualTo(Stores.ROOT);
    }

    private void start() {
        start(Stores.config());
    }

    private void start(MessageStoreConfig.Builder config) {
        store = new DefaultMessageStore(config.build(), environment());
        store.load();
        store.start();
    }

    private LiveEnvironment environment() {
        return LiveEnvironment.builder().disk(disk).build();
    }

    private List<String> names(Path directory) throws IOException {
        return disk.list(directory).stream().map(Disk.Entry::name).sorted().toList();
    }
}
