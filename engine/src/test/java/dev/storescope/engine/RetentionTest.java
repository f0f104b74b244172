package dev.storescope.engine;

import static dev.storescope.engine.testing.Stores.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.GetMessageResult;
import dev.storescope.engine.api.GetMessageStatus;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageFilter;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.RecoveryReport.LastStop;
import dev.storescope.engine.api.RunningFlag;
import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreState;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import dev.storescope.engine.testing.WallClockEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a whole store forgets while it runs.
@Timeout(60)
class RetentionTest {
    /// 2025-06-01T12:00:00Z.
    private static final long NOON = 1_748_779_200_000L;

    private final UnforcedDisk disk = new UnforcedDisk();
    private final WallClockEnvironment environment = new WallClockEnvironment(disk, NOON);
    private Optional<DefaultMessageStore> store = Optional.empty();

    @AfterEach
    void close() {
        store.ifPresent(MessageStore::shutdown);
    }

    @Test
    void shouldForgetWhatExpiredAndGoOnFromThereWhenOpenedAgain() throws IOException {
        // given seven files; in the fifth stand messages that expired and others
        MessageStore first = start(often().set(StoreSetting.FILE_RESERVED_TIME, 1));
        fill(first, 5);
        environment.set(NOON + Duration.ofHours(2).toMillis());
        fill(first, 2);
        first.flush();
        long keptFrom = 4 * Stores.FILE_BYTES;

        // when
        first.executeDeleteFilesManually();
        StoreSnapshot after = Stores.awaitSnapshot(first, now -> now.retention().filesDeleted() == 4
                && now.retention().manualRounds() == 0);

        // then
        assertThat(first.getMinPhyOffset()).isEqualTo(keptFrom);
        assertThat(after.files().getFirst().fromOffset()).isEqualTo(keptFrom);
        assertThat(first.lookMessageByOffset(0)).isEmpty();
        assertThat(first.getCommitLogData(keptFrom - 1)).isEmpty();
        assertThat(first.lookMessageByOffset(keptFrom)).isPresent();
        assertThat(put(first)).isEqualTo(PutMessageStatus.PUT_OK);
        assertThat(disk.list(first.config().storePathCommitLog())).extracting(Disk.Entry::name)
                .doesNotContain("%020d".formatted(keptFrom - Stores.FILE_BYTES));
        long end = first.getMaxPhyOffset();
        // when
        first.shutdown();
        MessageStore second = start(often());
        // then
        assertThat(second.snapshot().recovery().lastStop()).isEqualTo(LastStop.CLEAN);
        assertThat(second.getMinPhyOffset()).isEqualTo(keptFrom);
        assertThat(second.getMaxPhyOffset()).isEqualTo(end);
        assertThat(second.lookMessageByOffset(keptFrom)).isPresent();
    }

    @Test
    void shouldLoseInQueuesAndIndexWhatTheLogLost() throws IOException {
        // given files of five queue entries, and of forty index entries
        MessageStoreConfig.Builder config = often().set(StoreSetting.FILE_RESERVED_TIME, 1)
                .set(StoreSetting.MAPPED_FILE_SIZE_CONSUME_QUEUE, 100)
                .set(StoreSetting.DELETE_CONSUME_QUEUE_FILES_INTERVAL, 0);
        MessageStore first = start(config);
        long expired = 0;
        while (first.getMaxPhyOffset() < 4 * Stores.FILE_BYTES) {
            assertThat(first.putMessage(keyed("old")).status()).isEqualTo(PutMessageStatus.PUT_OK);
            expired++;
        }
        environment.set(NOON + Duration.ofHours(2).toMillis());
        fillKeyed(first, 2);
        first.flush();
        Stores.await(() -> first.dispatchBehindBytes() == 0);
        assertThat(first.getMinOffsetInQueue("t", 0)).isZero();
        long max = first.getMaxOffsetInQueue("t", 0);

        // when
        first.executeDeleteFilesManually();
        Stores.awaitSnapshot(first, now -> now.retention().filesDeleted() == 4);
        // the queue follows file by file
        Stores.await(() -> first.getCommitLogOffsetInQueue("t", 0, first.getMinOffsetInQueue("t", 0))
                .equals(OptionalLong.of(first.getMinPhyOffset())));
        Stores.await(() -> queueFiles(first).first()
                .equals("%020d".formatted(
                        first.getMinOffsetInQueue("t", 0) / 5 * 100)));

        // then the queue begins with the first message that is left
        long min = first.getMinOffsetInQueue("t", 0);
        assertThat(min).isBetween(expired - 12, expired);
        assertThat(first.getMaxOffsetInQueue("t", 0)).isEqualTo(max);
        assertThat(first.getCommitLogOffsetInQueue("t", 0, min)).hasValue(first.getMinPhyOffset());
        try (GetMessageResult tooSmall = first.getMessage("g", "t", 0, 0, 32, MessageFilter.ALL)) {
            assertThat(tooSmall.status()).isEqualTo(GetMessageStatus.OFFSET_TOO_SMALL);
            assertThat(tooSmall.nextBeginOffset()).isEqualTo(min);
        }
        try (GetMessageResult found = first.getMessage("g", "t", 0, min, 32, MessageFilter.ALL)) {
            assertThat(found.status()).isEqualTo(GetMessageStatus.FOUND);
            assertThat(found.messages().getFirst().queueOffset()).isEqualTo(min);
        }
        // and a key leads to nothing that is gone
        assertThat(first.queryMessage("t", "old", 64, 0, Long.MAX_VALUE).messages())
                .allSatisfy(message -> assertThat(message.commitLogOffset())
                        .isGreaterThanOrEqualTo(first.getMinPhyOffset()));
        assertThat(first.queryMessage("t", "new", 64, 0, Long.MAX_VALUE).messages()).isNotEmpty();
        // when it is opened again
        first.shutdown();
        MessageStore second = start(config);
        // then
        assertThat(second.getMinOffsetInQueue("t", 0)).isEqualTo(min);
        assertThat(second.getMaxOffsetInQueue("t", 0)).isEqualTo(max);
        assertThat(second.snapshot().dispatch().gaps()).isZero();
    }

    private TreeSet<String> queueFiles(MessageStore of) {
        try {
            return disk.list(of.config().storePathRootDir().resolve("consumequeue/t/0"))
                    .stream()
                    .map(Disk.Entry::name)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageExtBrokerInner keyed(String key) {
        return message("t", 0).body(new byte[5_000]).properties(Map.of("KEYS", key));
    }

    private static void fillKeyed(MessageStore target, int files) {
        long until = target.getMaxPhyOffset() + files * Stores.FILE_BYTES;
        while (target.getMaxPhyOffset() < until) {
            assertThat(target.putMessage(keyed("new")).status()).isEqualTo(PutMessageStatus.PUT_OK);
        }
    }

    @Test
    void shouldRefusePutsWhileTheDiskIsFullAndStopCleanlyAllTheSame() throws IOException {
        // given
        disk.fullAt(1L << 30);
        MessageStore first = start(often());
        assertThat(put(first)).isEqualTo(PutMessageStatus.PUT_OK);

        // when
        disk.takenByOthers((1L << 30) * 95 / 100);
        first.executeDeleteFilesManually();
        StoreSnapshot full = Stores.awaitSnapshot(first, now -> !now.notWriteable().isEmpty());
        // then
        assertThat(full.state()).isEqualTo(StoreState.RUNNING);
        assertThat(full.runningFlags()).containsOnlyKeys(RunningFlag.DISK_FULL);
        assertThat(full.notWriteable()).startsWith("the disk is 95.");
        assertThat(put(first)).isEqualTo(PutMessageStatus.SERVICE_NOT_AVAILABLE);
        // when
        disk.takenByOthers(0);
        Stores.awaitSnapshot(first, now -> now.notWriteable().isEmpty());
        // then
        assertThat(put(first)).isEqualTo(PutMessageStatus.PUT_OK);
        // when
        disk.takenByOthers((1L << 30) * 95 / 100);
        Stores.awaitSnapshot(first, now -> !now.notWriteable().isEmpty());
        first.shutdown();
        // then
        disk.takenByOthers(0);
        assertThat(start(often()).snapshot().recovery().lastStop()).isEqualTo(LastStop.CLEAN);
    }

    /// Files go from under readers, producers and forces all the time, on the real disk; who reads gets what was put, or
    /// is told that it is gone.
    @Test
    void shouldTakeFilesFromUnderReadersAndForcesWithoutHarm(@TempDir Path directory) {
        // given a disk that counts as too full, and readers that lose the memory at once
        MessageStoreConfig.Builder config = often().directory(directory.resolve("store"))
                .set(StoreSetting.DISK_SPACE_CLEAN_FORCIBLY_RATIO, 1)
                .set(StoreSetting.DISK_SPACE_WARNING_LEVEL_RATIO, 99)
                .set(StoreSetting.DESTROY_MAPED_FILE_INTERVAL_FORCIBLY, 0)
                .set(StoreSetting.REDELETE_HANGED_FILE_INTERVAL, 1)
                .set(StoreSetting.FLUSH_INTERVAL_COMMIT_LOG, 1)
                .set(StoreSetting.FLUSH_COMMIT_LOG_LEAST_PAGES, 0);
        DefaultMessageStore running = Stores.start(config, LiveEnvironment.builder().build());
        store = Optional.of(running);
        AtomicLong read = new AtomicLong();
        AtomicLong gone = new AtomicLong();
        running.executeDeleteFilesManually();
        CompletableFuture<?>[] readers = new CompletableFuture<?>[2];
        for (int i = 0; i < readers.length; i++) {
            Random random = new Random(i);
            readers[i] = CompletableFuture.runAsync(() -> readUntilClosed(running, random, read, gone));
        }

        // when
        for (int put = 0; put < 3_000; put++) {
            assertThat(running.putMessage(message("t", 0).body(new byte[1_000])).status())
                    .isEqualTo(PutMessageStatus.PUT_OK);
        }
        StoreSnapshot after = Stores.awaitSnapshot(running, now -> now.files().size() <= 3);
        running.shutdown();
        CompletableFuture.allOf(readers).join();

        // then
        assertThat(after.retention().filesDeleted()).isGreaterThan(20);
        assertThat(after.runningFlags()).isEmpty();
        assertThat(after.services()).allSatisfy(service -> assertThat(service.failure()).isEmpty());
        assertThat(read.get()).isPositive();
        DefaultMessageStore again = Stores.start(config, LiveEnvironment.builder().build());
        store = Optional.of(again);
        assertThat(again.snapshot().recovery().lastStop()).isEqualTo(LastStop.CLEAN);
        assertThat(again.getMaxPhyOffset()).isEqualTo(after.log().wrote().offset());
        assertThat(again.getMinPhyOffset()).isGreaterThan(20 * Stores.FILE_BYTES);
    }

    private static void readUntilClosed(MessageStore running, Random random, AtomicLong read, AtomicLong gone) {
        while (running.state() == StoreState.RUNNING) {
            long min = running.getMinPhyOffset();
            long files = Math.max(1, (running.getMaxPhyOffset() - min) / Stores.FILE_BYTES + 1);
            Optional<SelectMappedBufferResult> found = running
                    .getCommitLogData(min + random.nextLong(files) * Stores.FILE_BYTES);
            if (found.isPresent()) {
                try (SelectMappedBufferResult lease = found.get()) {
                    RecordScanner scanner = new RecordScanner(lease.segment(), lease.startOffset(), lease.sizeBytes(),
                            CrcCheck.CHECK);
                    Found next = scanner.next();
                    while (next == Found.RECORD) {
                        next = scanner.next();
                    }
                    assertThat(next).as(scanner.fault()).isNotEqualTo(Found.FAULT);
                    read.incrementAndGet();
                } catch (IllegalStateException e) {
                    assertThat(found.get().segment().scope().isAlive()).isFalse();
                    gone.incrementAndGet();
                }
            }
        }
    }

    /// Looks all the time.
    private static MessageStoreConfig.Builder often() {
        return Stores.config()
                .set(StoreSetting.CLEAN_RESOURCE_INTERVAL, 1)
                .set(StoreSetting.DELETE_COMMIT_LOG_FILES_INTERVAL, 0);
    }

    private MessageStore start(MessageStoreConfig.Builder config) {
        DefaultMessageStore started = Stores.start(config, environment);
        store = Optional.of(started);
        return started;
    }

    /// Puts until so many more files are begun.
    private static void fill(MessageStore target, int files) {
        long wanted = (target.getMaxPhyOffset() + Stores.FILE_BYTES - 1) / Stores.FILE_BYTES + files;
        while (target.getMaxPhyOffset() <= (wanted - 1) * Stores.FILE_BYTES) {
            PutMessageResult result = target.putMessage(message("t", 0).body(new byte[5_000]));
            assertThat(result.status()).isEqualTo(PutMessageStatus.PUT_OK);
        }
    }

    private static PutMessageStatus put(MessageStore target) {
        return target.putMessage(message("t", 0)).status();
    }
}
