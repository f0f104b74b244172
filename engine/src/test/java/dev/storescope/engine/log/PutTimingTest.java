package dev.storescope.engine.log;

import static dev.storescope.engine.log.ManualLog.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.PutStage;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.probe.ProbeEvent;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/// What is told of a put under sync flush that its producer does not wait for.
class PutTimingTest {
    @Test
    void shouldEndWhenItIsAnswered() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        PutMessageResult appended = putSampledAndGo(log);
        log.environment.clock().advance(Duration.ofMillis(3));
        log.disk.faults().beforeForce(_ -> log.environment.clock().advance(Duration.ofMillis(2)));

        // when
        log.groupCommit.doWork();

        // then
        assertThat(log.environment.probe().events(ProbePoint.PUT_END))
                .extracting(ProbeEvent::a, ProbeEvent::b, ProbeEvent::c)
                .containsExactly(tuple(appended.append().nextOffset(), (long) PutMessageStatus.PUT_OK.ordinal(),
                        5_000_000L));
        assertOne(log, PutStage.FLUSH, 5_000_000);
        assertOne(log, PutStage.TOTAL, 5_000_000);
        assertThat(log.stats.takeInterval(PutStage.WAKE_UP).getTotalCount()).isZero();
    }

    @Test
    void shouldEndWithoutAForceWhenThatComesTooLate() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        putSampledAndGo(log);
        log.environment.clock().advance(Duration.ofSeconds(6));

        // when
        assertThat(log.groupCommit.failOverdue()).isEqualTo(1);
        log.groupCommit.doWork();

        // then
        assertThat(log.environment.probe().events(ProbePoint.PUT_END)).extracting(ProbeEvent::b)
                .containsExactly((long) PutMessageStatus.FLUSH_DISK_TIMEOUT.ordinal());
        assertOne(log, PutStage.TOTAL, 6_000_000_000L);
        assertThat(log.stats.takeInterval(PutStage.FLUSH).getTotalCount()).isZero();
    }

    @Test
    void shouldTimeWhatAStoreIsAskedToPutAsynchronously() {
        // given
        LiveEnvironment environment = LiveEnvironment.builder()
                .disk(new UnforcedDisk())
                .putSamplingInterval(1)
                .build();
        try (DefaultMessageStore store = Stores.start(
                Stores.config().set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH), environment)) {
            // when
            store.asyncPutMessage(Stores.message("t", 0));

            // then
            Stores.await(() -> store.stats().takeInterval(PutStage.TOTAL).getTotalCount() == 1);
            assertThat(store.stats().takeInterval(PutStage.FLUSH).getTotalCount()).isEqualTo(1);
        }
    }

    private static PutMessageResult putSampledAndGo(ManualLog log) {
        MessageEncoder encoder = log.newEncoder();
        encoder.timing().begin(true, 10);
        assertThat(encoder.prepare(message("t", 0))).isEqualTo(PutMessageStatus.PUT_OK);
        PutMessageResult appended = log.log.append(encoder, 0);
        GroupCommitRequest request = new GroupCommitRequest(appended, new PutEnds(log.environment, log.stats),
                log.environment.nanoTime() + log.config.nanos(StoreSetting.SYNC_FLUSH_TIMEOUT));
        encoder.timing().endsWith(request);
        log.groupCommit.put(request);
        return appended;
    }

    private static void assertOne(ManualLog log, PutStage stage, long durationNs) {
        Histogram interval = log.stats.takeInterval(stage);
        assertThat(interval.getTotalCount()).isEqualTo(1);
        assertThat(interval.getMaxValue()).as("%s, to two digits", stage)
                .isBetween(durationNs, durationNs + durationNs / 50);
    }
}
