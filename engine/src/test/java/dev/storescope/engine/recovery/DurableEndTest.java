package dev.storescope.engine.recovery;

import static dev.storescope.engine.testing.StoreImage.FILE_BYTES;
import static dev.storescope.engine.testing.StoreImage.FIRST_TIMESTAMP;
import static dev.storescope.engine.testing.StoreImage.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.AppendMessageResult;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.testing.LogContents;
import dev.storescope.engine.testing.StoreImage;
import dev.storescope.engine.testing.UnforcedDisk;
import dev.storescope.engine.testing.UnforcedDisk.Entries;
import dev.storescope.engine.testing.WallClockEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// One crash after another: what a recovery leaves must be on the disk, and what it took away must never come back.
class DurableEndTest {
    private static final int PAGE_BYTES = 4_096;
    private static final long LATER = FIRST_TIMESTAMP + 1_000_000;
    /// A record of it reaches over two pages, so that what stands behind it is on a page of its own.
    private static final byte[] LARGE = body(5_000);
    private static final MessageStoreConfig SYNC = StoreImage.config();
    /// Nothing is forced unless a file is full.
    private static final MessageStoreConfig ASYNC = StoreImage.config(FlushDiskType.ASYNC_FLUSH).build();

    @Test
    void shouldKeepAcknowledgedMessagesBehindOnesThatAKillLeftInThePageCache() {
        // given
        UnforcedDisk disk = new UnforcedDisk();
        WallClockEnvironment environment = new WallClockEnvironment(disk, FIRST_TIMESTAMP);
        DefaultMessageStore killed = StoreImage.start(ASYNC, environment);
        StoreImage.put(killed, environment, LARGE, LARGE);
        killed.kill();
        UnforcedDisk afterKill = disk.kill();
        // when
        WallClockEnvironment laterEnvironment = new WallClockEnvironment(afterKill, LATER);
        DefaultMessageStore store = StoreImage.start(SYNC, laterEnvironment);
        AppendMessageResult acknowledged = StoreImage.put(store, laterEnvironment, body(10)).getFirst();
        UnforcedDisk left = afterKill.powerCut();
        store.kill();
        // then
        DefaultMessageStore reopened = StoreImage.load(left);
        assertThat(reopened.lookMessageByOffset(acknowledged.wroteOffset())).hasValueSatisfying(
                message -> assertThat(message.body()).isEqualTo(body(10)));
        assertThat(LogContents.of(reopened)).hasSize(3);
        reopened.shutdown();
    }

    @Test
    void shouldNotBringBackZeroedRecordsWhenThePowerFailsAgain() {
        // given
        StoreImage image = tornWithAStaleRecordBehind();
        UnforcedDisk disk = image.disk();
        // when
        StoreImage.load(disk).kill();
        UnforcedDisk left = disk.powerCut();
        // then
        assertThatAReplacementIsTheLastMessage(left, image);
    }

    @Test
    void shouldNotBringBackRecordsThatARecoveryZeroedAndDidNotForce() {
        // given
        StoreImage image = tornWithAStaleRecordBehind();
        UnforcedDisk disk = image.disk();
        disk.faults().beforeForce(file -> {
            if (file.startsWith(StoreImage.LOG)) {
                throw new UncheckedIOException(new IOException("killed here"));
            }
        });
        assertThatThrownBy(() -> StoreImage.load(disk)).isInstanceOf(StoreException.class)
                .hasMessageContaining("killed here");
        // when
        UnforcedDisk afterKill = disk.kill();
        // then
        assertThatAReplacementIsTheLastMessage(afterKill, image);
    }

    /// Its second record is torn, and its third is sound and stands exactly where a message of the same size as the
    /// second would end.
    private static StoreImage tornWithAStaleRecordBehind() {
        StoreImage image = StoreImage.of(body(10), LARGE, LARGE).aborted().flushedUpTo(FIRST_TIMESTAMP);
        int second = ByteBuffer.wrap(image.log(0)).getInt();
        image.log(0)[second + 1_000] ^= 1;
        return image;
    }

    private static void assertThatAReplacementIsTheLastMessage(UnforcedDisk disk, StoreImage image) {
        int second = ByteBuffer.wrap(image.log(0)).getInt();
        WallClockEnvironment environment = new WallClockEnvironment(disk, LATER);
        DefaultMessageStore store = StoreImage.start(SYNC, environment);
        assertThat(store.snapshot().recovery().endOffset()).isEqualTo(second);
        AppendMessageResult replacement = StoreImage.put(store, environment, LARGE).getFirst();
        assertThat(replacement.wroteOffset()).isEqualTo(second);
        UnforcedDisk left = disk.powerCut();
        store.kill();
        DefaultMessageStore reopened = StoreImage.load(left);
        assertThat(reopened.getMaxPhyOffset()).isEqualTo(replacement.nextOffset());
        assertThat(reopened.snapshot().recovery().cutBytes()).isZero();
        reopened.shutdown();
    }

    @Test
    void shouldNotBringBackADeletedFileWhenTheFileBeforeItIsFullAgain() {
        // given
        StoreImage image = StoreImage.of(LARGE, LARGE, LARGE, LARGE, LARGE, LARGE).aborted().withoutCheckpoint();
        assertThat(image.logOffsets()).containsExactly(0L, (long) FILE_BYTES);
        int second = ByteBuffer.wrap(image.log(0)).getInt();
        image.log(0)[second + 1_000] ^= 1;
        UnforcedDisk disk = image.disk(Entries.DURABLE_WHEN_FORCED);
        WallClockEnvironment environment = new WallClockEnvironment(disk, LATER);
        DefaultMessageStore store = StoreImage.start(SYNC, environment);
        assertThat(store.snapshot().recovery().filesDeleted()).containsExactly(StoreImage.file(FILE_BYTES)
                .getFileName()
                .toString());
        StoreImage.put(store, environment, LARGE, LARGE);
        // when
        PowerCutAt nextFile = new PowerCutAt(disk);
        disk.faults().beforeCreate(nextFile::cut);
        Thread.ofPlatform().daemon(true).start(() -> store.putMessage(StoreImage.message(LARGE)));
        // then
        DefaultMessageStore reopened = StoreImage.load(nextFile.awaitLeft());
        assertThat(reopened.getMaxPhyOffset()).isEqualTo(FILE_BYTES);
        assertThat(LogContents.of(reopened)).hasSize(3);
        reopened.shutdown();
    }

    /// Cuts the power when the next file is made, after the system has written back everything of its own accord.
    private static final class PowerCutAt {
        private final UnforcedDisk disk;
        private final CompletableFuture<UnforcedDisk> left = new CompletableFuture<>();

        private PowerCutAt(UnforcedDisk disk) {
            this.disk = disk;
        }

        private void cut(Path file) {
            if (!left.isDone()) {
                forceLog();
                left.complete(disk.powerCut());
            }
        }

        private UnforcedDisk awaitLeft() {
            return left.orTimeout(30, TimeUnit.SECONDS).join();
        }

        private void forceLog() {
            try (var log = disk.open(StoreImage.file(0))) {
                log.force(0, FILE_BYTES);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void shouldKeepAcknowledgedMessagesBehindOnesWhoseForceFailed() {
        // given
        UnforcedDisk disk = new UnforcedDisk();
        WallClockEnvironment environment = new WallClockEnvironment(disk, FIRST_TIMESTAMP);
        DefaultMessageStore broken = StoreImage.start(SYNC, environment);
        StoreImage.put(broken, environment, body(10));
        disk.faults().below(StoreImage.LOG).failNextForce();
        assertThat(broken.putMessage(StoreImage.message(LARGE)).status()).isEqualTo(
                PutMessageStatus.FLUSH_DISK_TIMEOUT);
        broken.shutdown();
        // when
        WallClockEnvironment laterEnvironment = new WallClockEnvironment(disk, LATER);
        DefaultMessageStore store = StoreImage.start(SYNC, laterEnvironment);
        AppendMessageResult acknowledged = StoreImage.put(store, laterEnvironment, body(20)).getFirst();
        UnforcedDisk left = disk.powerCut();
        store.kill();
        // then
        DefaultMessageStore reopened = StoreImage.load(left);
        assertThat(LogContents.of(reopened)).hasSize(3);
        assertThat(reopened.lookMessageByOffset(acknowledged.wroteOffset())).isPresent();
        reopened.shutdown();
    }

    @Test
    void shouldFindTheSameEndWhenTheRecoveryDiesAtAnyForce() {
        for (int forces = 0; forces < 3; forces++) {
            // given
            StoreImage image = tornWithAStaleRecordBehind().log(FILE_BYTES, new byte[FILE_BYTES]);
            UnforcedDisk disk = image.disk(Entries.DURABLE_WHEN_FORCED);
            disk.faults().failForces(forces, 1);
            boolean died = false;
            try {
                StoreImage.load(disk).kill();
            } catch (StoreException e) {
                died = true;
            }
            // when
            DefaultMessageStore store = StoreImage.load(forces % 2 == 0 ? disk.powerCut() : disk.kill());
            // then
            RecoveryReport report = store.snapshot().recovery();
            assertThat(report.endOffset()).as("died %s after %d forces", died, forces)
                    .isEqualTo(ByteBuffer.wrap(image.log(0)).getInt());
            assertThat(LogContents.of(store)).hasSize(1);
            store.shutdown();
        }
    }

    @Test
    void shouldTakeAHoleInTheLastMillisecondForATornTail() {
        assertThatAHoleIsATornTail(FIRST_TIMESTAMP, FIRST_TIMESTAMP, FIRST_TIMESTAMP);
    }

    @Test
    void shouldTakeAHoleForATornTailWhenTheClockWasSetBack() {
        assertThatAHoleIsATornTail(LATER, FIRST_TIMESTAMP, FIRST_TIMESTAMP + 5);
    }

    /// @param acknowledgedAt store time of the first message, which is forced
    /// @param lostAt store time of the second, a page of which does not come to the disk
    /// @param writtenBackAt store time of the third, which does
    private static void assertThatAHoleIsATornTail(long acknowledgedAt, long lostAt, long writtenBackAt) {
        // given
        UnforcedDisk disk = new UnforcedDisk();
        WallClockEnvironment environment = new WallClockEnvironment(disk, acknowledgedAt);
        DefaultMessageStore store = StoreImage.start(SYNC, environment);
        AppendMessageResult acknowledged = StoreImage.put(store, environment, body(10)).getFirst();
        environment.set(lostAt);
        store.putMessage(StoreImage.message(body(2 * PAGE_BYTES)).waitStoreMsgOk(false));
        environment.set(writtenBackAt);
        store.putMessage(StoreImage.message(body(10)).waitStoreMsgOk(false));
        store.kill();
        StoreImage image = StoreImage.of(disk.kill()).flushedUpTo(acknowledgedAt);
        Arrays.fill(image.log(0), PAGE_BYTES, 2 * PAGE_BYTES, (byte) 0);
        // when
        DefaultMessageStore reopened = StoreImage.load(image.disk());
        // then
        assertThat(reopened.getMaxPhyOffset()).isEqualTo(acknowledged.nextOffset());
        reopened.shutdown();
    }

    @Test
    void shouldTakeOlderRecordsBehindTheEndForStaleOnesAsRocketMqLeavesThem() {
        // given
        StoreImage image = StoreImage.of(body(10), LARGE, LARGE);
        StoreImage rewritten = StoreImage.of(body(10), body(700));
        int first = ByteBuffer.wrap(image.log(0)).getInt();
        int end = first + ByteBuffer.wrap(rewritten.log(0)).getInt(first);
        System.arraycopy(rewritten.log(0), 0, image.log(0), 0, end);
        long storeTimestampAt = first + 56;
        ByteBuffer.wrap(image.log(0)).putLong((int) storeTimestampAt, LATER);
        image.flushedUpTo(LATER);
        // when
        DefaultMessageStore store = StoreImage.load(image.disk());
        // then
        assertThat(store.getMaxPhyOffset()).isEqualTo(end);
        assertThat(LogContents.of(store)).extracting(message -> message.body().length)
                .isEqualTo(List.of(10, 700));
        store.shutdown();
    }
}
