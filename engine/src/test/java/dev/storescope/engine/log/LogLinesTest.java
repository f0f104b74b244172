package dev.storescope.engine.log;

import static dev.storescope.engine.log.ManualLog.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.BrokerRole;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.file.AllocateMappedFileService;
import dev.storescope.engine.testing.LogLines;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What is said in the log, and how often.
class LogLinesTest {
    @Test
    void shouldSayOnceIn50000RefusalsThatThisIsASlave() throws IOException {
        // given
        ManualLog log = ManualLog.open(ManualLog.config().set(StoreSetting.BROKER_ROLE, BrokerRole.SLAVE));
        try (LogLines said = LogLines.of(PutPath.class)) {
            // when
            for (int i = 0; i < 100_001; i++) {
                log.put(message("t", 0));
            }

            // then
            assertThat(said.lines()).hasSize(3).containsOnly("WARNING puts are refused: this store is a slave");
            assertThat(log.stats.counters(0, 0, 1, 0).puts(PutMessageStatus.SERVICE_NOT_AVAILABLE))
                    .isEqualTo(100_001);
        }
    }

    @Test
    void shouldSayOnceIn50000RefusalsWhyItMayNotBeWritten() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        log.flags.turnUnwriteable("the disk is gone");
        try (LogLines said = LogLines.of(PutPath.class)) {
            // when
            for (int i = 0; i < 50_000; i++) {
                log.put(message("t", 0));
            }

            // then
            assertThat(said.lines()).containsExactly("WARNING puts are refused: the disk is gone");
        }
    }

    @Test
    void shouldSayOnceThatTheStoreTurnsUnwriteableAndWhy() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        log.put(message("t", 0));
        log.disk.faults().failAllForces();
        try (LogLines said = LogLines.of(LogFlusher.class)) {
            // when
            log.flusher.flush(0, 0);
            log.flusher.flush(0, 0);

            // then
            assertThat(said.lines()).singleElement()
                    .asString()
                    .startsWith("SEVERE store turns unwriteable: force failed at offset 0: cannot force /store/");
        }
    }

    @Test
    void shouldSayWhenAnAppendHeldTheLockForLong() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        int[] waitMs = {500};
        log.allocator.onRequest(() -> {
            log.environment.clock().advance(Duration.ofMillis(waitMs[0]));
            log.allocate();
        });
        try (LogLines said = LogLines.of(CommitLog.class)) {
            // when
            log.put(ManualLog.messageOfRecordBytes(60_000));
            assertThat(said.lines()).isEmpty();
            waitMs[0] = 501;
            log.put(ManualLog.messageOfRecordBytes(60_000));

            // then
            assertThat(said.lines()).containsExactly("WARNING an append held the put lock for 501 ms");
        }
    }

    @Test
    void shouldSayOnceThatWarmedFilesAreNotLocked() throws IOException {
        // given
        ManualLog log = ManualLog.open(ManualLog.config().set(StoreSetting.WARM_MAPED_FILE_ENABLE, true));
        log.environment.memory().refuseLocks("operation not permitted");
        try (LogLines said = LogLines.of(AllocateMappedFileService.class)) {
            // when
            for (int i = 0; i < 5; i++) {
                log.put(ManualLog.messageOfRecordBytes(60_000));
            }

            // then
            assertThat(said.lines())
                    .containsExactly("WARNING warmed files are not locked in memory: operation not permitted");
        }
    }

    @Test
    void shouldSayOnceThatNoFileCouldBeMadeHoweverOftenItIsTried() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        log.disk.fullAt(1);
        try (LogLines said = LogLines.of(AllocateMappedFileService.class)) {
            // when
            for (int i = 0; i < 5; i++) {
                assertThat(log.put(message("t", 0)).status()).isEqualTo(PutMessageStatus.CREATE_MAPPED_FILE_FAILED);
            }

            // then
            assertThat(said.lines()).singleElement().asString().startsWith("SEVERE allocator: could not make /store/");
        }
    }
}
