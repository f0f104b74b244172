package dev.storescope.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot.Force;
import dev.storescope.engine.api.StoreSnapshot.LogPosition;
import dev.storescope.engine.api.StoreSnapshot.LogPositions;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.file.StoreCheckpoint;
import dev.storescope.engine.log.LogPointers.PoolUse;
import dev.storescope.engine.probe.ProbeEvent;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogFlusherTest {
    private static final long FILE_BYTES = ManualLog.FILE_BYTES;

    @Test
    void shouldFlushWhatWasWroteWhenEnoughPagesAreDirty() throws IOException {
        // given 3 page boundaries behind
        ManualLog log = ManualLog.open();
        log.put(ManualLog.messageOfRecordBytes(4 * 4096 - 1));

        // when, then
        assertThat(log.flusher.flush(4, 0)).isZero();
        assertThat(flushed(log)).isZero();
        assertThat(log.flusher.flush(3, 0)).isEqualTo(4 * 4096 - 1);
        assertThat(log.flusher.flush(0, 0)).isZero();

        // and when one byte crosses the next boundary
        log.put(ManualLog.messageOfRecordBytes(96));
        assertThat(log.flusher.flush(2, 0)).isZero();
        assertThat(log.flusher.flush(1, 0)).isEqualTo(96);
        assertThat(flushed(log)).isEqualTo(log.log.wroteOffset());
    }

    @Test
    void shouldMoveNoPointerOverAFileThatCannotBeHeld() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        log.put(ManualLog.messageOfRecordBytes(5_000));
        log.files.last().orElseThrow().close();

        // when
        assertThat(log.flusher.flush(0, 0)).isZero();

        // then
        assertThat(flushed(log)).isZero();
        assertThat(log.flags.isWriteable()).isFalse();
    }

    @Test
    void shouldHoldTheFileThatItForces() throws IOException {
        // given a file that is closed while it is forced
        ManualLog log = ManualLog.open();
        log.put(ManualLog.messageOfRecordBytes(5_000));
        MappedFile file = log.files.last().orElseThrow();
        List<Boolean> unmappedInForce = new ArrayList<>();
        log.disk.faults().beforeForce(path -> {
            file.close();
            unmappedInForce.add(file.isUnmapped());
        });

        // when
        assertThat(log.flusher.flush(0, 0)).isEqualTo(5_000);

        // then
        assertThat(unmappedInForce).containsExactly(false);
        assertThat(file.isUnmapped()).isTrue();
    }

    @Test
    void shouldFlushAFullFileHoweverFewPagesAreDirty() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        log.fillBut(200);
        log.flusher.flush(0, 0);
        log.put(ManualLog.messageOfRecordBytes(193));

        // when
        log.flusher.flush(4, 0);

        // then the rest of the first file is forced, the second waits for its pages
        assertThat(flushed(log)).isEqualTo(FILE_BYTES);
        assertThat(log.flusher.flush(0, 0)).isEqualTo(193);
    }

    @Test
    void shouldGoOverTheEndsOfFilesInOneCall() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        for (int i = 0; i < 10; i++) {
            log.put(ManualLog.messageOfRecordBytes(20_000));
        }
        log.environment.clock().advance(Duration.ofMillis(3));

        // when
        long bytes = log.flusher.flush(0, 7);

        // then
        assertThat(bytes).isEqualTo(log.log.wroteOffset());
        assertThat(log.flusher.recentForces()).extracting(Force::toOffset)
                .containsExactly(FILE_BYTES, 2 * FILE_BYTES, 3 * FILE_BYTES, log.log.wroteOffset());
        assertThat(log.flusher.recentForces()).extracting(Force::requests).containsOnly(7);
        assertThat(log.flusher.recentForces()).extracting(Force::startedNanos)
                .containsOnly(log.environment.nanoTime());
        assertThat(log.stats.counters(0, 0, 1, 0).forces()).isEqualTo(4);
        assertThat(log.stats.counters(0, 0, 1, 0).forcedBytes()).isEqualTo(log.log.wroteOffset());
        assertAllForced(log);
    }

    /// RocketMQ's pull request 189: flushedWhere was 0 while the first file began above, so nothing was ever flushed.
    @Test
    void shouldFlushALogThatBeginsAboveZero() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        log.log.beginAt(5 * FILE_BYTES, 0);
        log.put(ManualLog.messageOfRecordBytes(300));

        // when
        assertThat(log.flusher.flush(0, 0)).isEqualTo(300);

        // then
        assertThat(log.files.minOffset()).isEqualTo(5 * FILE_BYTES);
        assertThat(flushed(log)).isEqualTo(5 * FILE_BYTES + 300);
        assertAllForced(log);
    }

    @Test
    void shouldFlushOnlyWhatIsCommittedWhenAPoolActs() throws IOException {
        // given
        ManualLog log = ManualLog.open(ManualLog.configWithPool());
        log.put(ManualLog.messageOfRecordBytes(300));
        assertThat(log.flusher.flush(0, 0)).isZero();
        assertThat(log.log.maxOffset()).isZero();

        // when
        assertThat(log.flusher.commit(0)).isEqualTo(300);
        log.put(ManualLog.messageOfRecordBytes(200));
        assertThat(log.flusher.flush(0, 0)).isEqualTo(300);

        // then
        LogPositions positions = log.log.pointers().snapshot(0, PoolUse.BUFFERED);
        assertThat(positions.flushed().offset()).isEqualTo(300);
        assertThat(positions.committed().offset()).isEqualTo(300);
        assertThat(positions.wrote().offset()).isEqualTo(500);
        assertThat(positions.uncommittedBytes()).isEqualTo(200);
        assertThat(log.log.maxOffset()).isEqualTo(300);
    }

    @Test
    void shouldCommitOverTheEndsOfFilesAndGiveTheBuffersBack() throws IOException {
        // given
        ManualLog log = ManualLog.open(ManualLog.configWithPool().set(StoreSetting.TRANSIENT_STORE_POOL_SIZE, 5));
        for (int i = 0; i < 10; i++) {
            log.put(ManualLog.messageOfRecordBytes(20_000));
        }
        assertThat(log.pool.freeBuffers()).isZero();

        // when
        assertThat(log.flusher.commit(4)).isEqualTo(log.log.wroteOffset());

        // then three files are wholly committed; the last and the one ahead keep theirs
        assertThat(log.pool.freeBuffers()).isEqualTo(3);
        assertThat(log.scan()).hasSize(10);
    }

    @Test
    void shouldCommitFilesForWhichThePoolHadNoBuffer() throws IOException {
        // given
        ManualLog log = ManualLog.open(ManualLog.configWithPool().set(StoreSetting.TRANSIENT_STORE_POOL_SIZE, 1));
        for (int i = 0; i < 10; i++) {
            log.put(ManualLog.messageOfRecordBytes(20_000));
        }
        assertThat(log.pool.shortages()).isPositive();

        // when
        log.flusher.commit(0);
        log.flusher.flush(0, 0);

        // then
        assertThat(flushed(log)).isEqualTo(log.log.wroteOffset());
        assertThat(log.scan()).hasSize(10);
        assertAllForced(log);
    }

    @Test
    void shouldCountAsCommittedWhatWasPutIntoThePageCacheForWantOfABuffer() throws IOException {
        // given one buffer, which the first file has
        ManualLog log = ManualLog.open(ManualLog.configWithPool().set(StoreSetting.TRANSIENT_STORE_POOL_SIZE, 1));
        log.put(ManualLog.messageOfRecordBytes(300));
        assertThat(log.flushManager.positions(0).uncommittedBytes()).isEqualTo(300);
        log.put(ManualLog.messageOfRecordBytes((int) FILE_BYTES - 1_000));
        log.put(ManualLog.messageOfRecordBytes((int) FILE_BYTES - 1_000));
        assertThat(log.files.last().orElseThrow().hasWriteBuffer()).isFalse();
        assertThat(log.flushManager.positions(0).committed().offset()).as("the first file's are in its buffer")
                .isZero();

        // when
        log.flusher.commit(0);
        log.put(ManualLog.messageOfRecordBytes(200));

        // then
        LogPositions positions = log.flushManager.positions(0);
        assertThat(positions.uncommittedBytes()).isZero();
        assertThat(positions.committed()).isEqualTo(positions.wrote());
        assertThat(log.stats.counters(0, 0, 1, 0).committedBytes()).as("from a buffer").isEqualTo(FILE_BYTES);
        assertThat(log.environment.probe().events(ProbePoint.COMMIT_END)).hasSize(1);
        assertThat(log.flusher.flush(0, 0)).as("what the committer has come by")
                .isEqualTo(
                        positions.wrote().offset() - 200);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldBeTheEndOfTheStoreWhenAForceFails(Consumer<Path> failure) throws IOException {
        // given
        ManualLog log = ManualLog.open();
        log.put(ManualLog.messageOfRecordBytes(300));
        log.flusher.flush(0, 0);
        StoreCheckpoint checkpoint = StoreCheckpoint.openOrCreate(log.disk, Path.of("/store/checkpoint"));
        log.flusher.checkpoint(checkpoint);
        log.put(ManualLog.messageOfRecordBytes(200));
        List<Path> attempts = new ArrayList<>();
        log.disk.faults().beforeForce(path -> {
            attempts.add(path);
            failure.accept(path);
        });

        // when
        assertThat(log.flusher.flush(0, 0)).isZero();

        // then no pointer moved, and the reason is kept
        assertThat(flushed(log)).isEqualTo(300);
        assertThat(log.files.files().getFirst().flushedPosition()).isEqualTo(300);
        assertThat(log.flags.notWriteableReason()).startsWith("force failed at offset 300: ")
                .contains("for the test");
        assertThat(log.environment.probe().events(ProbePoint.FORCE_FAILED)).extracting(ProbeEvent::a, ProbeEvent::b)
                .containsExactly(tuple(300L, 200L));
        assertThat(log.flusher.forceStartedNanos()).isZero();
        assertThat(checkpoint.physicMsgTimestamp()).isZero();

        // and nobody forces again: a later success would not cover the pages that the system dropped
        log.disk.faults().beforeForce(attempts::add);
        assertThat(log.flusher.flush(0, 0)).isZero();
        assertThat(log.flushManager.flushNow()).isEqualTo(300);
        assertThat(attempts).hasSize(1);
        assertThat(log.put(ManualLog.message("t", 0)).status()).isEqualTo(PutMessageStatus.SERVICE_NOT_AVAILABLE);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldBeTheEndOfTheStoreWhenAWriteFails(Consumer<Path> failure) throws IOException {
        // given
        ManualLog log = ManualLog.open(ManualLog.configWithPool());
        log.put(ManualLog.messageOfRecordBytes(300));
        log.flusher.commit(0);
        log.flusher.flush(0, 0);
        log.put(ManualLog.messageOfRecordBytes(200));
        log.flusher.commit(0);
        log.put(ManualLog.messageOfRecordBytes(100));
        List<Path> attempts = new ArrayList<>();
        log.disk.faults().beforeWrite(path -> {
            attempts.add(path);
            failure.accept(path);
        });

        // when
        assertThat(log.flusher.commit(0)).isZero();

        // then
        LogPositions positions = log.log.pointers().snapshot(0, PoolUse.BUFFERED);
        assertThat(positions.flushed().offset()).isEqualTo(300);
        assertThat(positions.committed().offset()).isEqualTo(500);
        assertThat(positions.wrote().offset()).isEqualTo(600);
        assertThat(log.flags.notWriteableReason()).startsWith("commit failed at offset 500: ")
                .contains("for the test");
        assertThat(log.environment.probe().events(ProbePoint.COMMIT_FAILED)).extracting(ProbeEvent::a)
                .containsExactly(500L);
        log.disk.faults().beforeWrite(attempts::add);
        assertThat(log.flusher.commit(0)).isZero();
        assertThat(attempts).hasSize(1);
        assertThat(log.put(ManualLog.message("t", 0)).status()).isEqualTo(PutMessageStatus.SERVICE_NOT_AVAILABLE);
    }

    static Stream<Consumer<Path>> failures() {
        return Stream.of(_ -> {
            throw new UncheckedIOException(new IOException("input/output error for the test"));
        }, _ -> {
            throw new InternalError("a fault in mapped memory, for the test");
        });
    }

    @Test
    void shouldShowTheForceThatIsInFlight() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        log.put(ManualLog.messageOfRecordBytes(300));
        long began = log.environment.nanoTime();
        List<Long> seen = new ArrayList<>();
        log.disk.faults().beforeForce(_ -> {
            log.environment.clock().advance(Duration.ofMillis(4));
            seen.addAll(List.of(log.flusher.forceStartedNanos(), log.flusher.forceFromOffset(),
                    log.flusher.forceToOffset()));
        });

        // when
        log.flusher.flush(0, 2);

        // then
        assertThat(seen).containsExactly(began, 0L, 300L);
        assertThat(log.flusher.forceStartedNanos()).isZero();
        assertThat(log.flusher.recentForces()).containsExactly(new Force(began, 4_000_000, 0, 300, 2));
    }

    @Test
    void shouldKeepTheTimeOfTheLastFlushedMessageInTheCheckpoint() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        StoreCheckpoint checkpoint = StoreCheckpoint.openOrCreate(log.disk, Path.of("/store/checkpoint"));
        log.flusher.checkpoint(checkpoint);
        log.put(ManualLog.messageOfRecordBytes(300));
        long storeTimestamp = log.environment.currentTimeMillis();
        log.environment.clock().advance(Duration.ofSeconds(1));

        // when
        log.flusher.flush(0, 0);
        log.put(ManualLog.messageOfRecordBytes(300));

        // then
        assertThat(checkpoint.physicMsgTimestamp()).isEqualTo(storeTimestamp);
        assertThat(checkpoint.logicsMsgTimestamp()).isZero();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldKeepTheOrderOfThePointersAndTheirCounts(long seed) throws IOException {
        // given
        Random random = new Random(seed);
        boolean pooled = random.nextBoolean();
        ManualLog log = ManualLog.open((pooled ? ManualLog.configWithPool() : ManualLog.config())
                .set(StoreSetting.TRANSIENT_STORE_POOL_SIZE, 1 + random.nextInt(4)));
        List<Long> ends = new ArrayList<>();
        for (int step = 0; step < 200; step++) {
            // when
            switch (random.nextInt(6)) {
                case 0 -> log.flusher.commit(random.nextInt(6));
                case 1 -> log.flusher.flush(random.nextInt(6), 0);
                default -> ends.add(log.put(ManualLog.messageOfRecordBytes(96 + random.nextInt(9_000)))
                        .append()
                        .nextOffset());
            }
            // then
            LogPositions positions = log.log.pointers().snapshot(0, pooled ? PoolUse.BUFFERED : PoolUse.DIRECT);
            String when = "seed %d, step %d".formatted(seed, step);
            assertThat(positions.acknowledged().offset()).as(when)
                    .isLessThanOrEqualTo(positions.flushed().offset());
            assertThat(positions.flushed().offset()).as(when).isLessThanOrEqualTo(positions.committed().offset());
            assertThat(positions.committed().offset()).as(when).isLessThanOrEqualTo(positions.wrote().offset());
            for (LogPosition position : List.of(positions.flushed(), positions.committed(), positions.wrote())) {
                long before = ends.stream().filter(end -> end <= position.offset()).count();
                assertThat(position.messages()).as("%s: messages before %d", when, position.offset())
                        .isEqualTo(before);
            }
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 25);
    }

    private static long flushed(ManualLog log) {
        return log.log.pointers().flushed().offset();
    }

    /// What the flushed pointer says is true of the disk.
    private static void assertAllForced(ManualLog log) throws IOException {
        UnforcedDisk disk = log.disk;
        for (var file : log.files.files()) {
            long bytes = Math.clamp(flushed(log) - file.fromOffset(), 0, FILE_BYTES);
            assertThat(disk.isForced(file.diskFile().path(), 0, bytes)).as(file.name()).isTrue();
        }
    }
}
