package dev.storescope.engine;

import static dev.storescope.engine.testing.StoreImage.FIRST_TIMESTAMP;
import static dev.storescope.engine.testing.StoreImage.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.RecoveryReport.LastStop;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreState;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.testing.CrashProgram;
import dev.storescope.engine.testing.CrashProgram.Mode;
import dev.storescope.engine.testing.StoreImage;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import dev.storescope.engine.testing.UnforcedDisk.Entries;
import dev.storescope.engine.testing.WallClockEnvironment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The small files of a directory, `lock`, `abort` and `checkpoint`, from the first start to the last stop.
class StoreLifeCycleTest {
    private static final MessageStoreConfig SYNC = StoreImage.config();
    private static final MessageStoreConfig ASYNC = StoreImage.config(FlushDiskType.ASYNC_FLUSH).build();

    private final UnforcedDisk disk = new UnforcedDisk(Entries.DURABLE_WHEN_FORCED);
    private final WallClockEnvironment environment = new WallClockEnvironment(disk, FIRST_TIMESTAMP);

    @Test
    void shouldHaveAnAbortFileOnDiskFromTheStartOn() throws IOException {
        // given
        DefaultMessageStore store = StoreImage.load(SYNC, environment);
        assertThat(disk.exists(StoreImage.ABORT)).isFalse();
        // when
        store.start();
        // then
        assertThat(new String(disk.readAll(StoreImage.ABORT), StandardCharsets.US_ASCII))
                .isEqualTo(Long.toString(ProcessHandle.current().pid()));
        assertThat(disk.powerCut().exists(StoreImage.ABORT)).isTrue();
        store.kill();
    }

    @Test
    void shouldTakeTheAbortFileAwayWithACleanStop() {
        // given
        DefaultMessageStore store = StoreImage.start(SYNC, environment);
        StoreImage.put(store, environment, body(10));
        // when
        store.shutdown();
        // then
        assertThat(store.state()).isEqualTo(StoreState.CLOSED);
        assertThat(disk.exists(StoreImage.ABORT)).isFalse();
        assertThat(lastStop(disk)).isEqualTo(LastStop.CLEAN);
    }

    @Test
    void shouldHaveEverythingOnDiskAfterACleanStopUnderAsyncFlush() throws IOException {
        // given
        DefaultMessageStore store = StoreImage.start(ASYNC, environment);
        StoreImage.put(store, environment, body(10), body(20));
        // when
        store.shutdown();
        UnforcedDisk left = disk.powerCut();
        // then
        assertThat(flushedTimestamp(left)).isEqualTo(FIRST_TIMESTAMP + 1_000);
        DefaultMessageStore reopened = StoreImage.load(left);
        assertThat(reopened.snapshot().recovery().recordsChecked()).isEqualTo(2);
        reopened.shutdown();
    }

    @Test
    void shouldLeaveTheAbortFileWhenKilled() {
        // given
        DefaultMessageStore store = StoreImage.start(SYNC, environment);
        // when
        store.kill();
        // then
        assertThat(disk.exists(StoreImage.ABORT)).isTrue();
        assertThat(lastStop(disk)).isEqualTo(LastStop.UNCLEAN);
    }

    @Test
    void shouldLeaveTheAbortFileWhenAStoreWasOnlyLoadedAfterACrash() {
        // given
        StoreImage.start(SYNC, environment).kill();
        // when
        StoreImage.load(SYNC, environment).shutdown();
        // then
        assertThat(lastStop(disk)).isEqualTo(LastStop.UNCLEAN);
    }

    @Test
    void shouldLeaveAStoreThatWasOnlyLoadedAsCleanAsItWasThoughItsIndexHadToBeBuilt() throws IOException {
        // given a store that was closed cleanly and has lost its queues and index since
        Path root = Stores.ROOT;
        DefaultMessageStore store = Stores.start(Stores.config(), environment);
        for (int i = 0; i < 100; i++) {
            store.putMessage(Stores.message("topic", 0).propertiesString("KEYS\u0001key-" + i + "\u0002"));
        }
        store.shutdown();
        DerivedFiles.delete(environment, Stores.config().build());
        DefaultMessageStore loaded = new DefaultMessageStore(Stores.config().build(), environment);
        loaded.load();
        assertThat(disk.exists(root.resolve("abort"))).as("while what is built is not on disk").isTrue();
        // when
        loaded.shutdown();
        // then
        assertThat(disk.exists(root.resolve("abort"))).isFalse();
        DefaultMessageStore again = new DefaultMessageStore(Stores.config().build(), environment);
        again.load();
        assertThat(again.snapshot().recovery().lastStop()).isEqualTo(LastStop.CLEAN);
        assertThat(again.snapshot().recovery().notes()).isEmpty();
        assertThat(again.getMaxOffsetInQueue("topic", 0)).isEqualTo(100);
        assertThat(again.queryMessage("topic", "key-99", 1, 0, Long.MAX_VALUE).messages()).hasSize(1);
        again.shutdown();
    }

    @Test
    void shouldHaveOnDiskWhatWasBuiltWhenAStoreWasOnlyLoaded() throws IOException {
        // given
        DefaultMessageStore store = Stores.start(Stores.config(), environment);
        for (int i = 0; i < 100; i++) {
            store.putMessage(Stores.message("topic", 0).propertiesString("KEYS\u0001key-" + i + "\u0002"));
        }
        store.shutdown();
        DerivedFiles.delete(environment, Stores.config().build());
        DefaultMessageStore loaded = new DefaultMessageStore(Stores.config().build(), environment);
        loaded.load();
        // when
        loaded.shutdown();
        Map<Path, byte[]> built = new HashMap<>();
        for (Path directory : List.of(Stores.ROOT.resolve("index"), Stores.ROOT.resolve("consumequeue/topic/0"))) {
            for (Disk.Entry entry : disk.list(directory)) {
                Path file = directory.resolve(entry.name());
                built.put(file, disk.readAll(file));
            }
        }
        UnforcedDisk left = disk.powerCut();
        // then
        assertThat(built).hasSizeGreaterThan(3);
        for (Path file : built.keySet()) {
            assertThat(left.readAll(file)).as("%s", file).isEqualTo(built.get(file));
        }
    }

    @Test
    void shouldLeaveTheAbortFileWhenWhatWasBuiltAtALoadCannotBeForced() {
        // given
        DefaultMessageStore store = Stores.start(Stores.config(), environment);
        store.putMessage(Stores.message("topic", 0).propertiesString("KEYS\u0001key\u0002"));
        store.shutdown();
        DerivedFiles.delete(environment, Stores.config().build());
        DefaultMessageStore loaded = new DefaultMessageStore(Stores.config().build(), environment);
        loaded.load();
        // when
        disk.faults().failAllForces();
        loaded.shutdown();
        // then
        assertThat(disk.exists(Stores.ROOT.resolve("abort"))).isTrue();
        assertThat(loaded.state()).isEqualTo(StoreState.CLOSED);
    }

    @Test
    void shouldLeaveTheAbortFileWhenAForceHadFailed() {
        // given
        DefaultMessageStore store = StoreImage.start(SYNC, environment);
        disk.faults().failNextForce();
        assertThat(store.putMessage(StoreImage.message(body(10))).status())
                .isEqualTo(PutMessageStatus.FLUSH_DISK_TIMEOUT);
        assertThat(store.state()).isEqualTo(StoreState.BROKEN);
        // when
        store.shutdown();
        // then
        assertThat(lastStop(disk)).isEqualTo(LastStop.UNCLEAN);
    }

    @Test
    void shouldLeaveTheAbortFileWhenTheLastForceFails() {
        // given
        DefaultMessageStore store = StoreImage.start(ASYNC, environment);
        StoreImage.put(store, environment, body(10));
        disk.faults().failAllForces();
        // when
        store.shutdown();
        disk.faults().heal();
        // then
        assertThat(lastStop(disk)).isEqualTo(LastStop.UNCLEAN);
    }

    @Test
    void shouldLeaveTheAbortFileWhenTheCheckpointCannotBeForced() {
        // given
        DefaultMessageStore store = StoreImage.start(SYNC, environment);
        StoreImage.put(store, environment, body(10));
        disk.faults().beforeForce(file -> {
            if (file.equals(StoreImage.CHECKPOINT)) {
                throw new UncheckedIOException(new IOException("wanted by the test"));
            }
        });
        // when
        store.shutdown();
        // then
        assertThat(store.state()).isEqualTo(StoreState.CLOSED);
        assertThat(disk.exists(StoreImage.ABORT)).isTrue();
    }

    @Test
    void shouldNotStartWithoutItsAbortFile() {
        // given
        DefaultMessageStore store = StoreImage.load(SYNC, environment);
        disk.faults().failNextWrite();
        // when, then
        assertThatThrownBy(store::start).isInstanceOf(StoreException.class)
                .hasMessageContaining(StoreImage.ABORT.toString());
        assertThat(store.state()).isEqualTo(StoreState.CLOSED);
        StoreImage.start(SYNC, environment).shutdown();
    }

    @Test
    void shouldAdvanceTheCheckpointOnlyByWhatWasFlushed() throws IOException {
        // given
        DefaultMessageStore store = StoreImage.start(ASYNC, environment);
        // when, then
        StoreImage.put(store, environment, body(10), body(10));
        assertThat(flushedTimestamp(disk)).isZero();
        store.flush();
        assertThat(flushedTimestamp(disk)).isEqualTo(FIRST_TIMESTAMP + 1_000);
        StoreImage.put(store, environment, body(10));
        assertThat(flushedTimestamp(disk)).isEqualTo(FIRST_TIMESTAMP + 1_000);
        disk.faults().failAllForces();
        store.flush();
        assertThat(flushedTimestamp(disk)).isEqualTo(FIRST_TIMESTAMP + 1_000);
        store.kill();
    }

    @Test
    void shouldWriteTheFieldsOfLogQueuesAndIndexInTheCheckpointAndLeaveTheOthersAlone() throws IOException {
        // given
        ByteBuffer six = ByteBuffer.allocate(4_096).putLong(1).putLong(2).putLong(3).putLong(4).putLong(5).putLong(6);
        StoreImage image = StoreImage.of(body(10)).checkpoint(six.array());
        UnforcedDisk written = image.disk();
        WallClockEnvironment world = new WallClockEnvironment(written, FIRST_TIMESTAMP + 9_000);
        // when
        DefaultMessageStore store = StoreImage.start(SYNC, world);
        long offset = StoreImage.put(store, world, body(10)).getFirst().wroteOffset();
        store.shutdown();
        // then what it said of index files is taken back, since there are none
        six.putLong(0, FIRST_TIMESTAMP + 9_000).putLong(8, FIRST_TIMESTAMP + 9_000).putLong(16, 0).putLong(40, offset);
        assertThat(written.powerCut().readAll(StoreImage.CHECKPOINT)).isEqualTo(six.array());
    }

    @Test
    void shouldHaveACheckpointAndALockOnDiskBeforeTheFirstPut() {
        // when
        DefaultMessageStore store = StoreImage.load(SYNC, environment);
        UnforcedDisk left = disk.powerCut();
        // then
        assertThat(left.exists(StoreImage.CHECKPOINT)).isTrue();
        assertThat(left.exists(StoreImage.ROOT.resolve("lock"))).isTrue();
        store.shutdown();
    }

    @Test
    void shouldRefuseASecondStoreOnOneDirectory() {
        // given
        DefaultMessageStore first = StoreImage.start(SYNC, environment);
        StoreImage.put(first, environment, body(10));
        // when, then
        assertThatThrownBy(() -> StoreImage.load(SYNC, environment)).isInstanceOf(StoreException.class)
                .hasMessageContaining(StoreImage.ROOT.toString())
                .hasMessageContaining("expected a directory that no other store has open");
        StoreImage.put(first, environment, body(20));
        first.shutdown();
        DefaultMessageStore second = StoreImage.load(SYNC, environment);
        assertThat(second.snapshot().recovery().recordsChecked()).isEqualTo(2);
        second.shutdown();
    }

    @Test
    void shouldGiveTheLockBackWhenItCannotBeOpened() {
        // given
        UnforcedDisk damaged = StoreImage.of(body(3_000)).log(0, new byte[100]).disk();
        WallClockEnvironment world = new WallClockEnvironment(damaged, FIRST_TIMESTAMP);
        for (int i = 0; i < 2; i++) {
            // when, then
            assertThatThrownBy(() -> StoreImage.load(SYNC, world)).isInstanceOf(StoreException.class)
                    .hasMessageContaining("found 100 bytes");
        }
    }

    @Test
    void shouldSayInItsOwnWordsWhateverGoesWrongWhileItIsOpened() {
        // given
        UnforcedDisk faulty = StoreImage.of(body(10)).disk();
        WallClockEnvironment world = new WallClockEnvironment(faulty, FIRST_TIMESTAMP);
        List<Throwable> failures = List.of(new UncheckedIOException(new IOException("wanted")),
                new IllegalStateException("wanted"), new InternalError("wanted"), new OutOfMemoryError("wanted"));
        for (Throwable failure : failures) {
            faulty.faults().beforeMap(file -> {
                if (file.startsWith(StoreImage.LOG)) {
                    throwUnchecked(failure);
                }
            });
            // when, then
            assertThatThrownBy(() -> StoreImage.load(SYNC, world)).isInstanceOf(StoreException.class)
                    .hasMessageContaining(StoreImage.ROOT.toString())
                    .hasMessageContaining("wanted");
        }
        faulty.faults().beforeMap(file -> {
        });
        StoreImage.load(SYNC, world).shutdown();
    }

    @Test
    void shouldGiveTheDirectoryBackWhenTheProgramItselfIsAtFaultWhileItIsOpened() {
        // given what a program meets whose files are exchanged while it runs
        UnforcedDisk faulty = StoreImage.of(body(10)).disk();
        WallClockEnvironment world = new WallClockEnvironment(faulty, FIRST_TIMESTAMP);
        faulty.faults().beforeMap(file -> throwUnchecked(new NoClassDefFoundError("wanted")));
        // when
        assertThatThrownBy(() -> StoreImage.load(SYNC, world)).isInstanceOf(NoClassDefFoundError.class);
        // then
        faulty.faults().beforeMap(file -> {
        });
        StoreImage.load(SYNC, world).shutdown();
    }

    @Test
    void shouldGiveTheDirectoryBackWhenOneOfItsThreadsCannotBeStarted() {
        // given
        for (String refused : List.of("AllocateMappedFileService", "ReputMessageService", "StoreStatsService")) {
            WallClockEnvironment poor = new WallClockEnvironment(disk, FIRST_TIMESTAMP).refusingThread(refused);
            DefaultMessageStore store = StoreImage.load(SYNC, poor);
            // when, then
            assertThatThrownBy(store::start).as(refused)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("cannot be started")
                    .hasMessageContaining("no thread");
            assertThat(store.state()).isEqualTo(StoreState.CLOSED);
        }
        StoreImage.start(SYNC, environment).shutdown();
    }

    private static void throwUnchecked(Throwable failure) {
        switch (failure) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError(failure);
        }
    }

    @Test
    void shouldLetAPutHaveTheFileThatItWaitsForWhenKilled() {
        // given
        LiveEnvironment live = LiveEnvironment.builder().disk(disk).build();
        DefaultMessageStore store = new DefaultMessageStore(ASYNC, live);
        store.load();
        store.start();
        live.stepGate().hold("AllocateMappedFileService");
        CompletableFuture<PutMessageResult> put = CompletableFuture.supplyAsync(
                () -> store.putMessage(StoreImage.message(body(10))));
        Stores.awaitSnapshot(store, snapshot -> snapshot.allocator().askerWaitingSinceNanos() != 0);
        // when
        store.kill();
        // then
        assertThat(put.join().status()).isEqualTo(PutMessageStatus.PUT_OK);
        DefaultMessageStore reopened = StoreImage.load(disk);
        assertThat(reopened.snapshot().recovery().recordsChecked()).isEqualTo(1);
        reopened.shutdown();
    }

    @Test
    void shouldRefuseADirectoryThatAnotherProcessHasOpen(@TempDir Path folder) throws Exception {
        // given
        Path directory = folder.resolve("store");
        Process holder = CrashProgram.start(directory, Mode.SYNC);
        try (BufferedReader said = holder.inputReader()) {
            assertThat(said.readLine()).isEqualTo(CrashProgram.HOLDING);
            DefaultMessageStore second = new DefaultMessageStore(CrashProgram.config(directory, Mode.SYNC),
                    LiveEnvironment.withoutProbe());
            // when, then
            assertThatThrownBy(second::load).isInstanceOf(StoreException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("expected a directory that no other store has open");
        } finally {
            holder.outputWriter().close();
            assertThat(holder.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        DefaultMessageStore third = new DefaultMessageStore(CrashProgram.config(directory, Mode.SYNC),
                LiveEnvironment.withoutProbe());
        third.load();
        assertThat(third.snapshot().recovery().lastStop()).isEqualTo(LastStop.UNCLEAN);
        third.shutdown();
    }

    private static long flushedTimestamp(UnforcedDisk disk) throws IOException {
        return ByteBuffer.wrap(disk.readAll(StoreImage.CHECKPOINT)).getLong();
    }

    private static LastStop lastStop(UnforcedDisk disk) {
        DefaultMessageStore store = StoreImage.load(disk);
        LastStop stop = store.snapshot().recovery().lastStop();
        store.shutdown();
        return stop;
    }
}
