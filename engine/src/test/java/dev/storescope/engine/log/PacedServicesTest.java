package dev.storescope.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot.FlushSnapshot;
import dev.storescope.engine.api.StoreSnapshot.Pacing;
import dev.storescope.engine.file.StoreCheckpoint;
import dev.storescope.engine.probe.ProbeEvent;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.testing.ManualEnvironment.ManualThread;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacedServicesTest {
    private static final int PAGE = 4096;

    private ManualLog log;
    private long startedNanos;

    @Test
    void shouldFlushWhenFourPagesAreDirtyAndNotBefore() throws IOException {
        // given
        open(ManualLog.config());
        FlushRealTimeService service = new FlushRealTimeService(log.environment, log.flusher, log.config);

        // when, then
        put(4 * PAGE - 1);
        assertThat(service.doWork()).isZero();
        put(96);
        assertThat(service.doWork()).isEqualTo(4 * PAGE + 95);
        assertThat(flushed()).isEqualTo(log.log.wroteOffset());
        assertThat(service.waitNs(0)).isEqualTo(500_000_000);
        assertThat(service.waitNs(1)).isEqualTo(500_000_000);
    }

    @Test
    void shouldGoOnAtOnceAfterATurnThatMovedVeryMuch() throws IOException {
        // given
        open(ManualLog.config());
        FlushRealTimeService service = new FlushRealTimeService(log.environment, log.flusher, log.config);

        // when, then
        assertThat(service.waitNs(PacedService.MUCH_BYTES)).isZero();
        assertThat(service.waitNs(PacedService.MUCH_BYTES - 1)).isEqualTo(500_000_000);
    }

    @Test
    void shouldFlushWhateverThereIsOnceInTenSeconds() throws IOException {
        // given
        open(ManualLog.config());
        FlushRealTimeService service = new FlushRealTimeService(log.environment, log.flusher, log.config);
        put(100);

        // when, then
        advance(9_999);
        assertThat(service.doWork()).isZero();
        advance(1);
        assertThat(service.doWork()).isEqualTo(100);

        // and the next time ten seconds later, however much was flushed meanwhile
        put(5 * PAGE);
        advance(4_000);
        assertThat(service.doWork()).isPositive();
        put(100);
        advance(5_999);
        assertThat(service.doWork()).isZero();
        advance(1);
        assertThat(service.doWork()).isEqualTo(100);
    }

    @Test
    void shouldFlushAtEachLookWhenNoPagesAreRequired() throws IOException {
        // given
        open(ManualLog.config().set(StoreSetting.FLUSH_COMMIT_LOG_LEAST_PAGES, 0));
        FlushRealTimeService service = new FlushRealTimeService(log.environment, log.flusher, log.config);
        put(100);

        // when, then
        assertThat(service.doWork()).isEqualTo(100);
        assertThat(service.doWork()).isZero();
    }

    @Test
    void shouldFlushEverythingWhenItStops() throws IOException {
        // given
        open(ManualLog.config());
        FlushRealTimeService service = new FlushRealTimeService(log.environment, log.flusher, log.config);
        put(100);

        // when
        service.onStop();

        // then
        assertThat(flushed()).isEqualTo(100);
    }

    @Test
    void shouldCommitWhenFourPagesWaitOrTwoHundredMillisecondsHavePassed() throws IOException {
        // given
        open(ManualLog.configWithPool());
        List<String> woken = new ArrayList<>();
        CommitRealTimeService service = new CommitRealTimeService(log.environment, log.flusher, log.config,
                () -> woken.add("flush"));

        // when, then
        put(100);
        advance(199);
        assertThat(service.doWork()).isZero();
        assertThat(woken).isEmpty();
        advance(1);
        assertThat(service.doWork()).isEqualTo(100);
        assertThat(woken).hasSize(1);
        put(4 * PAGE);
        assertThat(service.doWork()).isEqualTo(4 * PAGE);
        assertThat(woken).hasSize(2);
        assertThat(service.doWork()).isZero();
        assertThat(woken).hasSize(2);
        assertThat(service.waitNs(0)).isEqualTo(200_000_000);
        put(100);
        service.onStop();
        assertThat(log.log.maxOffset()).isEqualTo(log.log.wroteOffset());
    }

    @Test
    void shouldShowWhatItsNextTurnDependsOn() throws IOException {
        // given
        open(ManualLog.configWithPool());
        put(3 * PAGE);

        // when
        FlushSnapshot snapshot = log.flushManager.snapshot(log.flushManager.positions(0));

        // then
        assertThat(snapshot.commit()).isEqualTo(
                new Pacing(true, 3, 4, startedNanos + 200_000_000, startedNanos + 200_000_000));
        assertThat(snapshot.realTime()).isEqualTo(
                new Pacing(true, 0, 4, startedNanos + 500_000_000, startedNanos + 10_000_000_000L));

        // and when
        log.commitAll();
        snapshot = log.flushManager.snapshot(log.flushManager.positions(0));

        // then
        assertThat(snapshot.commit().pagesBehind()).isZero();
        assertThat(snapshot.realTime().pagesBehind()).isEqualTo(3);
    }

    /// RocketMQ threads 3099 and 2563: bytes were compared with pages.
    @Test
    void shouldNotTakeBytesForPages() throws IOException {
        open(ManualLog.config());
        FlushRealTimeService service = new FlushRealTimeService(log.environment, log.flusher, log.config);
        put(100);
        assertThat(service.doWork()).isZero();
        assertThat(log.flushManager.snapshot(log.flushManager.positions(0)).realTime().pagesBehind()).isZero();
    }

    @Test
    void shouldSleepTheWholeIntervalByDefaultWhoeverPuts() throws IOException {
        // given
        open(ManualLog.config().set(StoreSetting.WAKE_FLUSH_WHEN_PUT_MESSAGE, true));
        putAfter(100, 5 * PAGE);
        putAfter(600, 5 * PAGE);

        // when
        runUntil("FlushRealTimeService", 1_700);

        // then
        assertThat(millisOf(ProbePoint.FORCE_BEGIN)).containsExactly(500L, 1_000L);
    }

    @Test
    void shouldFlushAtOnceWhenAPutMayWakeIt() throws IOException {
        // given
        open(ManualLog.config()
                .set(StoreSetting.WAKE_FLUSH_WHEN_PUT_MESSAGE, true)
                .set(StoreSetting.FLUSH_COMMIT_LOG_TIMED, false));
        putAfter(100, 5 * PAGE);
        putAfter(150, 100);
        putAfter(160, 5 * PAGE);

        // when
        runUntil("FlushRealTimeService", 700);

        // then
        assertThat(millisOf(ProbePoint.FORCE_BEGIN)).containsExactly(100L, 160L);
    }

    @Test
    void shouldNotBeWokenByAPutThatMayNot() throws IOException {
        // given
        open(ManualLog.config().set(StoreSetting.FLUSH_COMMIT_LOG_TIMED, false));
        putAfter(100, 5 * PAGE);

        // when
        runUntil("FlushRealTimeService", 700);

        // then
        assertThat(millisOf(ProbePoint.FORCE_BEGIN)).containsExactly(500L);
    }

    @Test
    void shouldCommitAtOnceWhenAPutMayWakeIt() throws IOException {
        // given
        open(ManualLog.configWithPool().set(StoreSetting.WAKE_COMMIT_WHEN_PUT_MESSAGE, true));
        putAfter(70, 5 * PAGE);

        // when
        runUntil("CommitRealTimeService", 350);

        // then
        assertThat(millisOf(ProbePoint.COMMIT_BEGIN)).containsExactly(70L);
    }

    @Test
    void shouldCommitEveryTwoHundredMillisecondsByDefault() throws IOException {
        // given
        open(ManualLog.configWithPool());
        putAfter(70, 100);
        putAfter(210, 100);

        // when
        runUntil("CommitRealTimeService", 550);

        // then
        assertThat(millisOf(ProbePoint.COMMIT_BEGIN)).containsExactly(200L, 400L);
    }

    @Test
    void shouldHaveTheServicesOfItsMode() throws IOException {
        // then
        assertThat(services(ManualLog.config())).containsExactly("FlushRealTimeService");
        assertThat(services(ManualLog.configWithPool())).containsExactly("CommitRealTimeService",
                "FlushRealTimeService");
        assertThat(services(ManualLog.config().set("flushDiskType", "SYNC_FLUSH")))
                .containsExactly("GroupCommitService", "FlushDiskWatcher");
        assertThat(services(ManualLog.configWithPool().set("flushDiskType", "SYNC_FLUSH")))
                .containsExactly("GroupCommitService", "FlushDiskWatcher");
    }

    private List<String> services(MessageStoreConfig.Builder config) throws IOException {
        open(config);
        return log.flushManager.statuses().map(status -> status.name()).toList();
    }

    private void open(MessageStoreConfig.Builder config) throws IOException {
        log = ManualLog.open(config);
        startedNanos = log.environment.nanoTime();
    }

    /// A record of so many bytes in one or more messages.
    private void put(int bytes) {
        log.put(ManualLog.messageOfRecordBytes(bytes));
    }

    private void putAfter(long delayMs, int bytes) {
        log.environment.clock().after(Duration.ofMillis(delayMs), () -> put(bytes));
    }

    private void advance(long ms) {
        log.environment.clock().advance(Duration.ofMillis(ms));
    }

    private long flushed() {
        return log.flushManager.flushedOffset();
    }

    /// Lets a service's own thread run for a while; then all stop without another turn.
    private void runUntil(String service, long ms) throws IOException {
        log.flushManager.start(StoreCheckpoint.openOrCreate(log.disk, Path.of("/store/checkpoint")));
        log.environment.clock().after(Duration.ofMillis(ms), log.flushManager::abandon);
        log.environment.threads()
                .stream()
                .filter(thread -> thread.name().equals(service))
                .forEach(ManualThread::run);
    }

    private List<Long> millisOf(ProbePoint point) {
        return log.environment.probe()
                .events(point)
                .stream()
                .map(ProbeEvent::nanoTime)
                .map(nanos -> (nanos - startedNanos) / 1_000_000)
                .toList();
    }
}
