package dev.storescope.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.ServiceStatus;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreState;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.file.FlushCheckpointService;
import dev.storescope.engine.file.StoreCheckpoint;
import dev.storescope.engine.testing.ManualEnvironment;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Starting, stopping and killing a whole store.
class StoreLifeTest {
    private static final long SEGMENT_BYTES = 64 << 10;

    @TempDir private Path folder;

    @Test
    void shouldLoseTheUncommittedWhenKilledWhileTheCommitIsHeld() {
        // given
        MessageStoreConfig config = config().set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true)
                .set(StoreSetting.COMMIT_INTERVAL_COMMIT_LOG, 1)
                .set(StoreSetting.COMMIT_COMMIT_LOG_LEAST_PAGES, 0)
                .build();
        LiveEnvironment environment = LiveEnvironment.create();
        MessageStore store = new DefaultMessageStore(config, environment);
        store.load();
        store.start();
        environment.stepGate().hold("CommitRealTimeService");
        awaitHeld(store, "CommitRealTimeService");
        assertThat(store.putMessage(message()).isOk()).isTrue();
        long committed = store.snapshot().log().committed().offset();
        // when
        store.kill();
        // then
        try (var reopened = new DefaultMessageStore(config, LiveEnvironment.create())) {
            reopened.load();
            assertThat(reopened.getMaxPhyOffset()).isEqualTo(committed);
        }
    }

    @Test
    void shouldKeepTheDirectoryLockedWhileAServiceHangsInTheDisk() throws Exception {
        // given
        var disk = new UnforcedDisk();
        var goOn = new CountDownLatch(1);
        var forcing = new CountDownLatch(1);
        MessageStoreConfig config = Stores.withSmallIndex(MessageStoreConfig.builder(Path.of("/store")))
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, SEGMENT_BYTES)
                .set(StoreSetting.MAPPED_FILE_SIZE_CONSUME_QUEUE, 1_000)
                .set(StoreSetting.FLUSH_INTERVAL_COMMIT_LOG, 1)
                .set(StoreSetting.FLUSH_COMMIT_LOG_LEAST_PAGES, 0)
                .build();
        MessageStore store = new DefaultMessageStore(config, LiveEnvironment.builder().disk(disk).build());
        store.load();
        store.start();
        disk.faults().beforeForce(file -> {
            if (file.toString().contains("commitlog")) {
                forcing.countDown();
                awaitQuietly(goOn);
            }
        });
        assertThat(store.putMessage(message()).isOk()).isTrue();
        assertThat(forcing.await(30, TimeUnit.SECONDS)).isTrue();
        // when
        store.kill();
        // then
        assertThat(store.state()).isEqualTo(StoreState.CLOSED);
        var second = new DefaultMessageStore(config, LiveEnvironment.builder().disk(disk).build());
        assertThatThrownBy(second::load).isInstanceOf(StoreException.class).hasMessageContaining("lock taken by");
        goOn.countDown();
    }

    @Test
    void shouldKeepWhatIsBehindDamageAfterACleanStopEvenWithoutCheckpoint() throws IOException {
        // given
        MessageStoreConfig config = config().build();
        long damagedAt;
        long endOffset;
        try (var store = new DefaultMessageStore(config, LiveEnvironment.create())) {
            store.load();
            store.start();
            damagedAt = store.putMessage(message()).append().wroteOffset();
            while (store.snapshot().counters().fileRolls() < 2) {
                store.putMessage(message());
            }
            endOffset = store.getMaxPhyOffset();
        }
        Files.delete(config.storePathRootDir().resolve("checkpoint"));
        Path first = config.storePathCommitLog().resolve("0".repeat(20));
        try (var file = new RandomAccessFile(first.toFile(), "rw")) {
            file.seek(damagedAt + 100);
            file.write(file.read() ^ 1);
        }
        byte[] before = Files.readAllBytes(first);
        // when
        try (var reopened = new DefaultMessageStore(config, LiveEnvironment.create())) {
            reopened.load();
            // then
            assertThat(reopened.snapshot().recovery().holes()).singleElement()
                    .satisfies(hole -> assertThat(hole.fromOffset()).isEqualTo(damagedAt));
            assertThat(reopened.lookMessageByOffset(damagedAt)).isEmpty();
            assertThat(reopened.snapshot().log().wrote().offset()).isEqualTo(endOffset);
        }
        assertThat(first).hasBinaryContent(before);
        try (var files = Files.list(config.storePathCommitLog())) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void shouldDropAllEmptyFilesBehindTheLast() throws IOException {
        // given
        MessageStoreConfig config = config().build();
        try (var store = new DefaultMessageStore(config, LiveEnvironment.create())) {
            store.load();
            store.start();
            store.putMessage(message());
        }
        Files.createFile(config.storePathCommitLog().resolve("%020d".formatted(SEGMENT_BYTES)));
        Files.createFile(config.storePathCommitLog().resolve("%020d".formatted(2 * SEGMENT_BYTES)));
        // when
        try (var store = new DefaultMessageStore(config, LiveEnvironment.create())) {
            store.load();
            // then
            assertThat(store.snapshot().files()).hasSize(1);
            assertThat(store.snapshot().recovery().notes()).hasSize(2).allMatch(note -> note.contains("empty"));
        }
    }

    @Test
    void shouldBringTheCheckpointToDiskWhileTheStoreRuns() throws IOException {
        // given
        var disk = new UnforcedDisk();
        var environment = new ManualEnvironment(disk);
        Path path = Path.of("/store/checkpoint");
        disk.createDirectories(path.getParent());
        StoreCheckpoint checkpoint = StoreCheckpoint.openOrCreate(disk, path);
        disk.forceDirectory(path.getParent());
        var service = new FlushCheckpointService(environment, () -> checkpoint);
        checkpoint.physicMsgTimestamp(1_234);
        // when
        int forced = service.doWork();
        int again = service.doWork();
        // then
        assertThat(forced).isEqualTo(1);
        assertThat(again).isZero();
        assertThat(StoreCheckpoint.readPhysicMsgTimestamp(disk.powerCut(), path)).isEqualTo(1_234);
    }

    private MessageStoreConfig.Builder config() {
        return MessageStoreConfig.builder(folder.resolve("store"))
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, SEGMENT_BYTES);
    }

    private static MessageExtBrokerInner message() {
        return new MessageExtBrokerInner().topic("T").body(new byte[1_000]);
    }

    private static void awaitHeld(MessageStore store, String service) {
        while (store.snapshot()
                .services()
                .stream()
                .noneMatch(
                        status -> status.name().equals(service) && status.state() == ServiceStatus.State.HELD)) {
            Thread.onSpinWait();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
