package dev.storescope.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageExtBatch;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreSetting;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// What must hold at the edges of a run: late requests, unforeseen faults, clocks and languages.
class StopAndFailureTest {

    @Test
    void shouldAnswerARequestThatComesAfterTheLastTurn() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        log.groupCommit.close();
        // when
        CompletableFuture<PutMessageResult> late = log.putToWait(ManualLog.message("T", 0));
        // then
        assertThat(late).isCompletedWithValueMatching(
                result -> result.status() == PutMessageStatus.FLUSH_DISK_TIMEOUT);
    }

    @Test
    void shouldAcknowledgeALateRequestThatTheLastForceCovered() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        PutMessageResult appended = log.append(ManualLog.message("T", 0));
        log.flusher.flush(0, 0);
        log.groupCommit.close();
        var request = new GroupCommitRequest(appended, new PutEnds(log.environment, log.stats),
                log.environment.nanoTime() + 1_000_000_000L);
        // when
        log.groupCommit.put(request);
        // then
        assertThat(request).isCompletedWithValueMatching(PutMessageResult::isOk);
    }

    @Test
    void shouldTurnUnwriteableAndAnswerTheBatchWhenAForceFailsInAnUnforeseenWay() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        CompletableFuture<PutMessageResult> waiting = log.putToWait(ManualLog.message("T", 0));
        log.disk.faults().beforeForce(_ -> {
            throw new InternalError("a fault occurred in mapped memory");
        });
        // when
        log.groupCommit.doWork();
        // then
        assertThat(waiting).isCompletedWithValueMatching(
                result -> result.status() == PutMessageStatus.FLUSH_DISK_TIMEOUT);
        assertThat(log.flags.notWriteableReason()).contains("force failed", "fault occurred in mapped memory");
        assertThat(log.flusher.forceStartedNanos()).isZero();
        assertThat(log.log.pointers().flushed().offset()).isZero();
        assertThat(log.put(ManualLog.message("T", 0)).status()).isEqualTo(PutMessageStatus.SERVICE_NOT_AVAILABLE);
    }

    @Test
    void shouldTurnUnwriteableAndPublishNothingWhenAPutCannotBeWritten() throws IOException {
        // given
        ManualLog log = ManualLog
                .open(ManualLog.config().set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH));
        log.put(ManualLog.message("T", 0));
        long wrote = log.log.wroteOffset();
        log.disk.faults().failNextWrite();
        // when
        PutMessageResult result = log.put(ManualLog.message("T", 0));
        // then
        assertThat(result.status()).isEqualTo(PutMessageStatus.UNKNOWN_ERROR);
        assertThat(log.log.wroteOffset()).isEqualTo(wrote);
        assertThat(log.log.queueOffsets().next("T", 0)).isEqualTo(1);
        assertThat(log.flags.notWriteableReason()).contains("append failed at offset " + wrote);
        assertThat(log.put(ManualLog.message("T", 0)).status()).isEqualTo(PutMessageStatus.SERVICE_NOT_AVAILABLE);
    }

    @Test
    void shouldTellThatWhatSomebodyElseForcedIsAcknowledged() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        CompletableFuture<PutMessageResult> waiting = log.putToWait(ManualLog.message("T", 0));
        log.flusher.flush(0, 0);
        // when
        log.groupCommit.doWork();
        // then
        assertThat(waiting).isCompletedWithValueMatching(PutMessageResult::isOk);
        assertThat(log.log.pointers().snapshot(0, LogPointers.PoolUse.DIRECT).acknowledged().offset())
                .isEqualTo(log.log.wroteOffset());
    }

    @Test
    void shouldKeepTheLogInTimeOrderWhenTheClockIsSetBack() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        long first = log.put(ManualLog.message("T", 0)).append().storeTimestamp();
        // when
        log.environment.clock().jumpWallClock(Duration.ofHours(-1));
        long second = log.put(ManualLog.message("T", 0)).append().storeTimestamp();
        // then
        assertThat(second).isGreaterThanOrEqualTo(first);
    }

    @Test
    void shouldNameFilesInTheSameDigitsInEveryLanguage() throws IOException {
        // given
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.of("ar", "EG"));
        try {
            ManualLog log = ManualLog.open();
            // when
            log.put(ManualLog.message("T", 0));
            // then
            assertThat(log.files.first().orElseThrow().name()).isEqualTo("0".repeat(20));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void shouldStoreNoPreparedTransactionOffsetInABatch() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        MessageExtBrokerInner message = ManualLog.message("T", 0).preparedTransactionOffset(77);
        // when
        PutMessageResult batch = log.put(new MessageExtBatch(List.of(message, message)));
        // then
        assertThat(batch.isOk()).isTrue();
        assertThat(log.scan()).hasSize(2).allMatch(stored -> stored.preparedTransactionOffset() == 0);
    }
}
