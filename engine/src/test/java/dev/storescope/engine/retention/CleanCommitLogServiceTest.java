package dev.storescope.engine.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.DiskWatermark;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.RetentionSnapshot;
import dev.storescope.engine.api.RetentionSnapshot.Cause;
import dev.storescope.engine.api.RetentionSnapshot.Level;
import dev.storescope.engine.api.RunningFlag;
import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.file.AllocateMappedFileService;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.file.MappedFileQueue;
import dev.storescope.engine.file.RunningFlags;
import dev.storescope.engine.file.StoreStatsService;
import dev.storescope.engine.file.TransientStorePool;
import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.log.FlushManager;
import dev.storescope.engine.log.PutPath;
import dev.storescope.engine.testing.ManualEnvironment;
import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The log of a store in a world that stands still, its disk as full as the test wants it. Its clock begins at midnight.
class CleanCommitLogServiceTest {
    private static final long FILE_BYTES = 4 * 4096;
    private static final long DISK_BYTES = 1L << 40;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration ROUND = Duration.ofSeconds(10);

    private final UnforcedDisk disk = new UnforcedDisk();
    private final ManualEnvironment environment = new ManualEnvironment(disk);
    private final RunningFlags flags = new RunningFlags();
    private MessageStoreConfig config;
    private CommitLog log;
    private FlushManager flushManager;
    private PutPath putPath;
    private CleanCommitLogService service;
    private long readUpTo = Long.MAX_VALUE;
    private int roundsTold;

    @BeforeEach
    void setUp() throws IOException {
        open(MessageStoreConfig.builder(Path.of("/store")));
    }

    private void open(MessageStoreConfig.Builder builder) throws IOException {
        config = builder.set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, FILE_BYTES).build();
        disk.fullAt(DISK_BYTES);
        disk.createDirectories(config.storePathCommitLog());
        TransientStorePool pool = new TransientStorePool(environment, config);
        AllocateMappedFileService allocator = new AllocateMappedFileService(environment, config, pool);
        allocator.onRequest(() -> {
            while (allocator.doWork() > 0) {
                // both files
            }
        });
        MappedFileQueue files = new MappedFileQueue(environment,
                MappedFileQueue.Options.of(config.storePathCommitLog(), FILE_BYTES, "mappedFileSizeCommitLog"));
        StoreStatsService stats = new StoreStatsService();
        log = new CommitLog(environment, config, files, allocator, flags, stats);
        log.beginAt(0, 0);
        flushManager = new FlushManager(environment, config, log, flags, stats);
        putPath = new PutPath(environment, config, log, flushManager, flags, stats);
        putPath.start();
        service = new CleanCommitLogService(environment, config, log, flags,
                () -> Math.min(readUpTo, log.flushedOffset()));
        service.begin();
        service.afterRound(() -> roundsTold++);
        roundsTold = 0;
    }

    @Test
    void shouldLookForTheFirstTimeAMinuteAfterTheStart() throws IOException {
        // given a disk that is fuller than may be
        fill(3);
        usedPercent(95);

        // then
        assertThat(service.doWork()).isZero();
        assertThat(service.waitNs(0)).isEqualTo(MINUTE.toNanos());
        assertThat(service.snapshot().lookedAtNanos()).isZero();
        assertThat(log.files().files()).hasSize(3);
        // when
        environment.clock().advance(MINUTE);
        // then
        assertThat(service.doWork()).isEqualTo(1);
    }

    @Test
    void shouldDeleteWhatExpiredWhenItIsTheHour() throws IOException {
        // given three files, a day after each other
        for (int i = 0; i < 3; i++) {
            fill(1);
            environment.clock().advance(Duration.ofHours(24));
        }
        usedPercent(10);

        // when it is midnight, 72 hours after the first file and 48 after what ended it
        runRound();
        // then
        assertThat(first()).isZero();
        // when it is four o'clock, and still less than 72 hours after what is behind the first file
        environment.clock().advance(Duration.ofHours(4));
        runRound();
        // then
        assertThat(first()).isZero();
        // when it is four o'clock a day later
        environment.clock().advance(Duration.ofHours(24).minusSeconds(30));
        runRound();
        // then
        assertThat(first()).isEqualTo(FILE_BYTES);
        assertThat(service.snapshot().lastDeletion().orElseThrow().cause()).isEqualTo(Cause.HOUR);
        assertThat(service.snapshot().lastDeletion().orElseThrow().fromOffset()).isZero();
        assertThat(service.snapshot().filesDeleted()).isEqualTo(1);
        assertThat(roundsTold).isEqualTo(1);
    }

    @Test
    void shouldGoByTheTimesOfTheMessagesAndNotOfTheFileSystem() throws IOException {
        // given
        fill(2);
        long secondBegan = environment.currentTimeMillis();
        environment.clock().advance(MINUTE);
        service.doWork();

        // then what is in the first file is not younger than what begins the second
        assertThat(service.snapshot().oldestExpiresAtMillis()).isEqualTo(secondBegan + Duration.ofHours(72).toMillis());
    }

    @Test
    void shouldNotKnowWhenTheOnlyFileExpires() throws IOException {
        // given
        fill(1);

        // then
        assertThat(service.snapshot().oldestExpiresAtMillis()).isEqualTo(-1);
    }

    @Test
    void shouldNotWaitForTheHourFromTheFirstWatermarkOn() throws IOException {
        // given
        fill(3);
        environment.clock().advance(Duration.ofHours(80));
        usedPercent(74.9);
        runRound();
        assertThat(log.files().files()).hasSize(3);

        // when
        usedPercent(75.1);
        runRound();

        // then
        assertThat(log.files().files()).hasSize(1);
        assertThat(service.snapshot().lastDeletion().orElseThrow().cause()).isEqualTo(Cause.EXPIRED);
        assertThat(flags.isWriteable()).isTrue();
    }

    @Test
    void shouldDeleteWhatHasNotExpiredOldestFirstFromTheSecondWatermarkOn() throws IOException {
        // given
        fill(4);
        usedPercent(84.9);
        environment.clock().advance(MINUTE);
        runRound();
        assertThat(log.files().files()).hasSize(4);

        // when the disk is so small that one file is too many
        disk.takenByOthers(0);
        disk.fullAt(Math.round(disk.space(config.storePathCommitLog()).usedBytes() / 0.86));
        assertThat(service.doWork()).isZero();
        environment.clock().advance(ROUND);
        assertThat(service.doWork()).isEqualTo(1);

        // then
        assertThat(first()).isEqualTo(FILE_BYTES);
        assertThat(service.snapshot().lastDeletion().orElseThrow().cause()).isEqualTo(Cause.FORCED);
        assertThat(service.snapshot().usedRatio()).isGreaterThan(0.85);
        // when
        runRound();
        // then it stopped as soon as the disk was below
        assertThat(service.snapshot().usedRatio()).isLessThan(0.85);
        assertThat(log.files().files()).hasSize(3);
    }

    @Test
    void shouldKeepWhatHasNotExpiredWhereItMayNotBeForced() throws IOException {
        // given
        open(config.toBuilder().set(StoreSetting.CLEAN_FILE_FORCIBLY_ENABLE, false));
        fill(3);
        usedPercent(95);

        // when
        environment.clock().advance(MINUTE);
        runRound();

        // then
        assertThat(log.files().files()).hasSize(3);
        assertThat(flags.isWriteable()).isFalse();
    }

    @Test
    void shouldRefusePutsFromTheLastWatermarkOnAndTakeThemWhenThereIsRoom() throws IOException {
        // given
        fill(1);
        usedPercent(90);
        environment.clock().advance(MINUTE);

        // when
        service.doWork();
        // then
        assertThat(flags.reasons()).containsOnlyKeys(RunningFlag.DISK_FULL);
        assertThat(flags.notWriteableReason()).isEqualTo("the disk is 90.0 % full, puts are taken again below 90.0 %"
                + " (diskSpaceWarningLevelRatio)");
        assertThat(put()).isEqualTo(PutMessageStatus.SERVICE_NOT_AVAILABLE);
        // and what was put before is brought to the disk all the same
        assertThat(flushManager.flushNow()).isEqualTo(log.wroteOffset());
        // when
        usedPercent(89.9);
        environment.clock().advance(ROUND);
        service.doWork();
        // then
        assertThat(flags.reasons()).isEmpty();
        assertThat(put()).isEqualTo(PutMessageStatus.PUT_OK);
    }

    @Test
    void shouldNotHealAFailedForceByRoom() throws IOException {
        // given
        fill(1);
        usedPercent(95);
        environment.clock().advance(MINUTE);
        service.doWork();
        flags.turnUnwriteable("force failed");

        // when
        usedPercent(10);
        environment.clock().advance(ROUND);
        service.doWork();

        // then
        assertThat(flags.reasons()).containsOnlyKeys(RunningFlag.FORCE_FAILED);
    }

    @Test
    void shouldNeverDeleteTheFileThatIsAppendedTo() throws IOException {
        // given
        fill(3);
        usedPercent(99);
        environment.clock().advance(Duration.ofHours(1_000));

        // when
        runRound();
        runRound();

        // then
        assertThat(log.files().files()).hasSize(1);
        usedPercent(10);
        runRound();
        assertThat(put()).isEqualTo(PutMessageStatus.PUT_OK);
        assertThat(log.files().first()).isEqualTo(log.files().last());
    }

    @Test
    void shouldNotDeleteWhatIsNotFlushedOrSomebodyHasYetToRead() throws IOException {
        // given
        fillUnflushed(4);
        usedPercent(99);
        environment.clock().advance(MINUTE);
        runRound();
        assertThat(log.files().files()).hasSize(4);

        // when all is flushed, and read up to the third file
        flushManager.flushNow();
        readUpTo = 2 * FILE_BYTES + 100;
        runRound();
        // then
        assertThat(first()).isEqualTo(2 * FILE_BYTES);
        // when
        readUpTo = Long.MAX_VALUE;
        runRound();
        // then
        assertThat(first()).isEqualTo(3 * FILE_BYTES);
    }

    @Test
    void shouldPauseAfterEachFileAndAfterABatch() throws IOException {
        // given
        open(config.toBuilder()
                .set(StoreSetting.DELETE_FILE_BATCH_MAX, 3)
                .set(StoreSetting.DELETE_COMMIT_LOG_FILES_INTERVAL, 40));
        fill(8);
        usedPercent(99);
        environment.clock().advance(MINUTE);

        // then
        for (int i = 0; i < 2; i++) {
            assertThat(service.doWork()).isEqualTo(1);
            assertThat(service.waitNs(1)).isEqualTo(Duration.ofMillis(40).toNanos());
            assertThat(service.doWork()).isZero();
            environment.clock().advance(Duration.ofMillis(40));
            assertThat(roundsTold).isZero();
        }
        assertThat(service.doWork()).isEqualTo(1);
        assertThat(service.waitNs(1)).isEqualTo(ROUND.toNanos());
        assertThat(roundsTold).isEqualTo(1);
        assertThat(service.snapshot().nextTurnNanos()).isEqualTo(environment.nanoTime() + ROUND.toNanos());
        assertThat(service.snapshot().filesDeleted()).isEqualTo(3);
    }

    @Test
    void shouldDeleteExpiredFilesWhenSomebodyAsksForIt() throws IOException {
        // given
        fill(3);
        environment.clock().advance(Duration.ofHours(80));
        fill(1);
        usedPercent(10);

        // when
        service.executeDeleteFilesManually();
        assertThat(service.snapshot().manualRounds()).isEqualTo(20);
        runRound();

        // then what has not expired stays
        assertThat(first()).isEqualTo(2 * FILE_BYTES);
        assertThat(service.snapshot().lastDeletion().orElseThrow().cause()).isEqualTo(Cause.MANUAL);
        assertThat(service.snapshot().manualRounds()).isEqualTo(19);
        // when
        for (int i = 0; i < 25; i++) {
            runRound();
        }
        // then
        assertThat(service.snapshot().manualRounds()).isZero();
    }

    @Test
    void shouldNotWaitForTheFirstMinuteWhenSomebodyAsksForIt() throws IOException {
        // given
        fill(3);
        environment.clock().advance(Duration.ofHours(80));
        service.begin();

        // when
        assertThat(service.doWork()).isZero();
        service.executeDeleteFilesManually();

        // then
        assertThat(service.doWork()).isEqualTo(1);
    }

    @Test
    void shouldTakeTheMemoryFromAReaderThatHoldsADeletedFileForTooLong() throws IOException {
        // given
        fill(3);
        MappedFile file = log.files().first().orElseThrow();
        SelectMappedBufferResult lease = log.files().select(0).orElseThrow();
        usedPercent(99);
        environment.clock().advance(MINUTE);
        service.doWork();
        usedPercent(10);

        // then it is off the disk, and readable for whoever reads
        assertThat(disk.exists(config.storePathCommitLog().resolve("00000000000000000000"))).isFalse();
        assertThat(service.snapshot().heldFiles()).isEqualTo(1);
        assertThat(file.isUnmapped()).isFalse();
        // when
        environment.clock().advance(Duration.ofSeconds(130));
        runRound();
        // then
        assertThat(file.isUnmapped()).isTrue();
        assertThat(service.snapshot().heldFiles()).isZero();
        lease.close();
    }

    @Test
    void shouldTakeNoFurtherFileOutWhileOneCannotBeDeleted() throws IOException {
        // given
        fill(5);
        usedPercent(99);
        environment.clock().advance(MINUTE);
        disk.faults().beforeDelete(path -> {
            throw new UncheckedIOException(new IOException("in use"));
        });

        // when
        runRound();
        runRound();
        // then
        assertThat(first()).isEqualTo(FILE_BYTES);
        assertThat(service.snapshot().failure()).contains("in use");
        assertThat(service.snapshot().heldFiles()).isEqualTo(1);
        // when
        disk.faults().beforeDelete(path -> {
        });
        runRound();
        // then
        assertThat(service.snapshot().failure()).isEmpty();
        assertThat(service.snapshot().heldFiles()).isZero();
        assertThat(disk.list(config.storePathCommitLog())).extracting(Disk.Entry::name)
                .doesNotContain("00000000000000000000", "00000000000000016384");
    }

    @Test
    void shouldLeaveARowWithoutAHoleWhenThePowerFailsWhileItDeletes() throws IOException {
        // given
        fill(4);
        usedPercent(99);
        environment.clock().advance(MINUTE);
        service.doWork();

        // then
        assertThat(disk.powerCut().list(config.storePathCommitLog())).extracting(Disk.Entry::name)
                .doesNotContain("00000000000000000000")
                .contains("00000000000000016384", "00000000000000032768", "00000000000000049152");
    }

    @Test
    void shouldShowTheWholeTableAndWhatOfItIsReached() throws IOException {
        // given
        fill(1);
        assertThat(service.snapshot().watermarks()).containsExactly(new Level(DiskWatermark.EXPIRED_AT_HOUR, 0, true),
                new Level(DiskWatermark.EXPIRED_AT_ONCE, 0.75, false), new Level(DiskWatermark.UNEXPIRED, 0.85, false),
                new Level(DiskWatermark.PUTS_REFUSED, 0.9, false));

        // when
        usedPercent(87);
        environment.clock().advance(MINUTE);
        service.doWork();

        // then
        RetentionSnapshot snapshot = service.snapshot();
        assertThat(snapshot.watermarks()).extracting(Level::reached).containsExactly(true, true, true, false);
        assertThat(snapshot.usedRatio()).isBetween(0.869, 0.871);
        assertThat(snapshot.totalBytes()).isEqualTo(disk.space(config.storePathCommitLog()).totalBytes());
        assertThat(snapshot.usableBytes()).isEqualTo(disk.space(config.storePathCommitLog()).usableBytes());
        assertThat(snapshot.lookedAtNanos()).isEqualTo(environment.nanoTime());
    }

    /// Fills so many files, so that the log goes on in the last of them.
    private void fill(int count) {
        fillUnflushed(count);
        flushManager.flushNow();
    }

    private void fillUnflushed(int count) {
        long wanted = log.files().files().size() + count;
        while (log.files().files().size() < wanted) {
            assertThat(put()).isEqualTo(PutMessageStatus.PUT_OK);
        }
    }

    private PutMessageStatus put() {
        return putPath.put(new MessageExtBrokerInner().topic("topic").queueId(0).body(new byte[5_000])).status();
    }

    /// Puts so much of others on the disk that this part is used; what is deleted here hardly changes that.
    private void usedPercent(double percent) {
        disk.takenByOthers((long) Math.ceil(DISK_BYTES * percent / 100));
    }

    /// Lets the service do all turns of its next round.
    private void runRound() {
        environment.clock().advance(ROUND);
        while (service.doWork() > 0) {
            environment.clock()
                    .advance(Duration.ofMillis(config.number(
                            StoreSetting.DELETE_COMMIT_LOG_FILES_INTERVAL)));
        }
    }

    private long first() {
        return log.files().minOffset();
    }
}
