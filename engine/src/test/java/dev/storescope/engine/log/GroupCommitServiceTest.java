package dev.storescope.engine.log;

import static dev.storescope.engine.log.ManualLog.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot.Counters;
import dev.storescope.engine.probe.ProbeEvent;
import dev.storescope.engine.probe.ProbePoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupCommitServiceTest {
    private ManualLog log;
    private GroupCommitService groupCommit;

    @BeforeEach
    void setUp() throws IOException {
        log = ManualLog.open(ManualLog.config().set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH));
        groupCommit = log.groupCommit;
    }

    @Test
    void shouldServeAllThatWaitByOneForce() {
        // given
        List<CompletableFuture<PutMessageResult>> waiting = putToWait(5);
        assertThat(groupCommit.requestsWriteSize()).isEqualTo(5);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);

        // when
        assertThat(groupCommit.doWork()).isEqualTo(5);

        // then
        assertThat(waiting).allMatch(put -> put.resultNow().isOk());
        assertThat(log.disk.forces()).hasSize(1);
        assertThat(groupCommit.recentBatches()).containsExactly(5);
        assertThat(groupCommit.requestsWriteSize()).isZero();
        assertThat(groupCommit.requestsReadSize()).isZero();
        Counters counters = log.stats.counters(0, 0, 1, 0);
        assertThat(counters.batches()).isEqualTo(1);
        assertThat(counters.batchedRequests()).isEqualTo(5);
        assertThat(counters.puts(PutMessageStatus.PUT_OK)).isEqualTo(5);
        assertThat(log.environment.probe().events(ProbePoint.LISTS_SWAPPED)).extracting(ProbeEvent::a)
                .containsExactly(5L);
        assertThat(groupCommit.waitNs(5)).isZero();
        assertThat(groupCommit.waitNs(0)).isEqualTo(10_000_000);
    }

    @Test
    void shouldLingerForAsManyAsWereJustAnswered() {
        // given
        putToWait(3);
        groupCommit.doWork();
        log.putToWait(message("T", 0));
        long before = log.environment.nanoTime();
        log.environment.clock().after(Duration.ofNanos(20_000), () -> putToWait(2));
        log.environment.clock().after(Duration.ofNanos(25_000), () -> putToWait(7));

        // when
        int served = groupCommit.doWork();

        // then
        assertThat(served).isEqualTo(3);
        assertThat(log.environment.nanoTime() - before).isEqualTo(20_000);
    }

    @Test
    void shouldLingerForAMomentOnlyAndNotAgainWhenNobodyCame() {
        // given
        putToWait(3);
        groupCommit.doWork();
        long before = log.environment.nanoTime();
        log.environment.clock().after(Duration.ofNanos(30_001), () -> putToWait(2));

        // when
        int servedFirst = groupCommit.doWork();
        long afterFirst = log.environment.nanoTime();
        groupCommit.doWork();

        // then
        assertThat(servedFirst).isZero();
        assertThat(afterFirst - before).isEqualTo(30_000);
        assertThat(log.environment.nanoTime()).isEqualTo(afterFirst);
    }

    @Test
    void shouldNotLingerWhereEnoughHaveCome() {
        // given
        putToWait(200);
        groupCommit.doWork();
        putToWait(64);
        long before = log.environment.nanoTime();
        log.environment.clock().after(Duration.ofNanos(20_000), () -> putToWait(136));

        // when
        int served = groupCommit.doWork();

        // then
        assertThat(served).isEqualTo(64);
        assertThat(log.environment.nanoTime()).isEqualTo(before);
    }

    @Test
    void shouldForceNothingForWhatIsForcedAlready() {
        // given
        List<CompletableFuture<PutMessageResult>> waiting = putToWait(2);
        log.flusher.flush(0, 0);

        // when
        groupCommit.doWork();

        // then
        assertThat(waiting).allMatch(put -> put.resultNow().isOk());
        assertThat(log.disk.forces()).hasSize(1);
        assertThat(acknowledged()).as("acknowledged covers what was acknowledged").isEqualTo(log.log.wroteOffset());
    }

    /// RocketMQ thread 3408: the result was not looked at again after the file roll, so a stored message was answered
    /// with FLUSH_DISK_TIMEOUT.
    @Test
    void shouldServeARequestThatEndsInTheNextFileByTheSecondForce() {
        // given
        log.fillBut(300);
        log.flusher.flush(0, 0);
        CompletableFuture<PutMessageResult> before = log.putToWait(ManualLog.messageOfRecordBytes(150));
        CompletableFuture<PutMessageResult> behind = log.putToWait(ManualLog.messageOfRecordBytes(150));
        int forcesBefore = log.disk.forces().size();

        // when
        groupCommit.doWork();

        // then
        assertThat(before.resultNow().status()).isEqualTo(PutMessageStatus.PUT_OK);
        assertThat(behind.resultNow().status()).isEqualTo(PutMessageStatus.PUT_OK);
        assertThat(behind.resultNow().append().wroteOffset()).isEqualTo(ManualLog.FILE_BYTES);
        assertThat(log.disk.forces().size() - forcesBefore).isEqualTo(2);
        assertThat(acknowledged()).isEqualTo(log.log.wroteOffset());
    }

    @Test
    void shouldLetRequestsPileUpInTheOtherListWhileTheDiskIsBusy() {
        // given
        List<CompletableFuture<PutMessageResult>> first = putToWait(1);
        List<CompletableFuture<PutMessageResult>> second = new ArrayList<>();
        List<Integer> lists = new ArrayList<>();
        log.disk.faults().beforeForce(_ -> {
            if (second.isEmpty()) {
                second.addAll(putToWait(3));
                lists.addAll(List.of(groupCommit.requestsReadSize(), groupCommit.requestsWriteSize()));
            }
        });

        // when
        assertThat(groupCommit.doWork()).isEqualTo(1);

        // then
        assertThat(first).allMatch(put -> put.resultNow().isOk());
        assertThat(second).noneMatch(CompletableFuture::isDone);
        assertThat(lists).containsExactly(1, 3);

        // and when
        assertThat(groupCommit.doWork()).isEqualTo(3);

        // then
        assertThat(second).allMatch(put -> put.resultNow().isOk());
        assertThat(log.disk.forces()).hasSize(2);
        assertThat(groupCommit.recentBatches()).containsExactly(1, 3);
    }

    @Test
    void shouldForceForThoseThatDoNotWaitToo() {
        // given
        PutMessageResult put = log.put(message("t", 0).waitStoreMsgOk(false));
        assertThat(put.status()).isEqualTo(PutMessageStatus.PUT_OK);
        assertThat(log.disk.forces()).isEmpty();

        // when the service is woken and nobody waits
        groupCommit.doWork();

        // then
        assertThat(log.log.pointers().flushed().offset()).isEqualTo(log.log.wroteOffset());
        assertThat(groupCommit.recentBatches()).isEmpty();
        assertThat(log.stats.counters(0, 0, 1, 0).batches()).isZero();
        assertThat(groupCommit.doWork()).isZero();
        assertThat(log.disk.forces()).hasSize(1);
    }

    @Test
    void shouldFailAllThatWaitWhenTheForceFailsAndForceNoMore() {
        // given
        List<Path> attempts = new ArrayList<>();
        log.disk.faults().beforeForce(attempts::add);
        log.disk.faults().failNextForce();
        List<CompletableFuture<PutMessageResult>> waiting = putToWait(3);

        // when
        groupCommit.doWork();

        // then they are in the log and not known to be on disk
        assertThat(waiting).allSatisfy(put -> {
            assertThat(put.resultNow().status()).isEqualTo(PutMessageStatus.FLUSH_DISK_TIMEOUT);
            assertThat(put.resultNow().isStored()).isTrue();
        });
        assertThat(log.scan()).hasSize(3);
        assertThat(acknowledged()).isZero();
        assertThat(log.flags.notWriteableReason()).startsWith("force failed at offset 0: ");
        assertThat(log.put(message("t", 0)).status()).isEqualTo(PutMessageStatus.SERVICE_NOT_AVAILABLE);
        assertThat(log.stats.counters(0, 0, 1, 0).puts(PutMessageStatus.FLUSH_DISK_TIMEOUT)).isEqualTo(3);
        assertThat(attempts).hasSize(1);
        groupCommit.onStop();
        assertThat(attempts).hasSize(1);
    }

    @Test
    void shouldFailThoseWhoCameWhileTheFailingForceWasUnderWay() {
        // given
        List<CompletableFuture<PutMessageResult>> waiting = putToWait(1);
        log.disk.faults().beforeForce(_ -> waiting.addAll(putToWait(2)));
        log.disk.faults().failNextForce();

        // when
        groupCommit.doWork();
        groupCommit.doWork();

        // then
        assertThat(waiting).hasSize(3)
                .allMatch(put -> put.resultNow().status() == PutMessageStatus.FLUSH_DISK_TIMEOUT);
        assertThat(log.environment.probe().events(ProbePoint.FORCE_BEGIN)).hasSize(1);
    }

    @Test
    void shouldAnswerTheOverdueWhileTheDiskIsStalled() {
        // given
        FlushDiskWatcher watcher = new FlushDiskWatcher(groupCommit);
        CompletableFuture<PutMessageResult> overdue = log.putToWait(message("t", 0));
        log.environment.clock().advance(Duration.ofMillis(1));
        CompletableFuture<PutMessageResult> inTheBatch = log.putToWait(message("t", 0));
        List<CompletableFuture<PutMessageResult>> inTheOtherList = new ArrayList<>();
        log.disk.faults().beforeForce(_ -> {
            inTheOtherList.addAll(putToWait(1));
            log.environment.clock().advance(Duration.ofMillis(4_998));
            assertThat(watcher.doWork()).isZero();
            log.environment.clock().advance(Duration.ofMillis(1));
            assertThat(watcher.doWork()).isEqualTo(1);
            assertThat(overdue.isDone()).isTrue();
            assertThat(inTheBatch.isDone()).isFalse();
            log.environment.clock().advance(Duration.ofMillis(1));
            assertThat(watcher.doWork()).isEqualTo(2);
            assertThat(inTheOtherList).allMatch(CompletableFuture::isDone);
            assertThat(watcher.doWork()).isZero();
        });

        // when
        groupCommit.doWork();
        log.disk.faults().beforeForce(_ -> {
        });
        groupCommit.doWork();

        // then each was answered once; the message is in the log, and on disk after all
        List<CompletableFuture<PutMessageResult>> all = List.of(overdue, inTheBatch, inTheOtherList.getFirst());
        assertThat(all).allMatch(put -> put.resultNow().status() == PutMessageStatus.FLUSH_DISK_TIMEOUT);
        assertThat(log.stats.counters(0, 0, 1, 0).puts(PutMessageStatus.FLUSH_DISK_TIMEOUT)).isEqualTo(3);
        assertThat(log.stats.counters(0, 0, 1, 0).puts(PutMessageStatus.PUT_OK)).isZero();
        assertThat(log.scan()).hasSize(3);
        assertThat(log.flags.isWriteable()).isTrue();
        assertThat(log.log.pointers().flushed().offset()).isEqualTo(log.log.wroteOffset());
        assertThat(watcher.waitNs(0)).isLessThanOrEqualTo(100_000_000);
    }

    @Test
    void shouldLetABlockingPutWaitNoLongerThanItsTimeOutByTheClock() {
        // given nobody who forces
        long before = log.environment.nanoTime();

        // when
        PutMessageResult result = log.put(message("t", 0));

        // then
        assertThat(result.status()).isEqualTo(PutMessageStatus.FLUSH_DISK_TIMEOUT);
        assertThat(result.append().nextOffset()).isEqualTo(log.log.wroteOffset());
        assertThat(log.environment.nanoTime() - before).isEqualTo(5_000_000_000L);
        assertThat(log.stats.counters(0, 0, 1, 0).puts(PutMessageStatus.FLUSH_DISK_TIMEOUT)).isEqualTo(1);
    }

    @Test
    void shouldServeEverybodyAndForceEverythingWhenItStops() {
        // given
        List<CompletableFuture<PutMessageResult>> waiting = putToWait(3);
        log.disk.faults().beforeForce(_ -> {
            if (waiting.size() < 5) {
                waiting.addAll(putToWait(2));
            }
        });
        log.put(message("t", 0).waitStoreMsgOk(false));

        // when
        groupCommit.onStop();

        // then
        assertThat(waiting).hasSize(5).allMatch(put -> put.resultNow().isOk());
        assertThat(log.log.pointers().flushed().offset()).isEqualTo(log.log.wroteOffset());
    }

    @Test
    void shouldAnswerWhoComesWhenNobodyForcesAnyMore() {
        // given puts that were appended before the stop and line up after it
        CompletableFuture<PutMessageResult> early = log.putToWait(message("t", 0));
        groupCommit.close();

        // when
        CompletableFuture<PutMessageResult> late = log.putToWait(message("t", 0));

        // then
        assertThat(early.resultNow().status()).isEqualTo(PutMessageStatus.FLUSH_DISK_TIMEOUT);
        assertThat(late).isDone();
        assertThat(late.resultNow().status()).isEqualTo(PutMessageStatus.FLUSH_DISK_TIMEOUT);
    }

    @Test
    void shouldAnswerWithOkWhoseMessageTheLastForceCovered() {
        // given a put that was appended before the last force and lines up after it
        PutMessageResult appended = log.append(message("t", 0));
        GroupCommitRequest late = new GroupCommitRequest(appended, new PutEnds(log.environment, log.stats),
                Long.MAX_VALUE);
        groupCommit.onStop();
        groupCommit.close();

        // when
        groupCommit.put(late);

        // then
        assertThat(late.resultNow().status()).isEqualTo(PutMessageStatus.PUT_OK);
        assertThat(acknowledged()).isEqualTo(log.log.wroteOffset());
    }

    private List<CompletableFuture<PutMessageResult>> putToWait(int count) {
        List<CompletableFuture<PutMessageResult>> waiting = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            waiting.add(log.putToWait(message("t", i)));
        }
        return waiting;
    }

    private long acknowledged() {
        return log.flushManager.positions(0).acknowledged().offset();
    }
}
