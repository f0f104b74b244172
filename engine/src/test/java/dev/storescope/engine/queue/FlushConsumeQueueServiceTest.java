package dev.storescope.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.MessageArrivingListener;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.dispatch.ReputMessageService;
import dev.storescope.engine.file.StoreCheckpoint;
import dev.storescope.engine.log.ManualLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlushConsumeQueueServiceTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private ManualLog log;
    private ConsumeQueueStore queues;
    private ReputMessageService reput;
    private StoreCheckpoint checkpoint;
    private FlushConsumeQueueService service;

    @BeforeEach
    void setUp() throws IOException {
        log = ManualLog.open(ManualLog.config().set(StoreSetting.MAPPED_FILE_SIZE_CONSUME_QUEUE, 20_000));
        queues = new ConsumeQueueStore(log.environment, log.config, log.log, log.flags);
        reput = new ReputMessageService(log.environment, log.config, log.log, List.of(queues),
                MessageArrivingListener.NONE);
        checkpoint = StoreCheckpoint.openOrCreate(log.disk, Path.of("/store/checkpoint"));
        service = new FlushConsumeQueueService(log.environment, log.config, queues, () -> checkpoint);
    }

    @Test
    void shouldFlushWhateverThereIsTheFirstTimeAndThenOnceAMinute() throws IOException {
        // given
        put(5);
        // when, then
        assertThat(service.doWork()).isEqualTo(5 * 20);
        put(5);
        log.environment.clock().advanceNs(59 * SECOND_NS);
        assertThat(service.doWork()).isZero();
        log.environment.clock().advanceNs(SECOND_NS);
        assertThat(service.doWork()).isEqualTo(5 * 20);
        assertThat(queue().flushedQueueOffset()).isEqualTo(10);
    }

    @Test
    void shouldFlushInBetweenWhenTwoPagesAreDirty() throws IOException {
        // given
        service.doWork();
        // when, then
        put(200);
        assertThat(service.doWork()).isZero();
        put(300);
        assertThat(service.doWork()).isEqualTo(500 * 20);
        assertThat(service.waitNs(1)).isEqualTo(SECOND_NS);
    }

    @Test
    void shouldNoteInTheCheckpointHowFarTheQueuesAreOnDiskWhenItWasThorough() throws IOException {
        // given
        put(3);
        long lastOffset = log.scan().getLast().commitLogOffset();
        long lastTimestamp = log.scan().getLast().storeTimestamp();
        // when
        service.doWork();
        // then
        assertThat(checkpoint.logicsPhysicalOffset()).isEqualTo(lastOffset);
        assertThat(checkpoint.logicsMsgTimestamp()).isEqualTo(lastTimestamp);

        // and not when it was not
        put(500);
        service.doWork();
        assertThat(checkpoint.logicsPhysicalOffset()).isEqualTo(lastOffset);

        // but at the stop
        service.onStop();
        assertThat(checkpoint.logicsPhysicalOffset()).isEqualTo(log.scan().getLast().commitLogOffset());
    }

    @Test
    void shouldClaimNothingMoreAfterAForceHasFailed() throws IOException {
        // given
        put(3);
        service.doWork();
        long claimed = checkpoint.logicsPhysicalOffset();
        put(3);
        log.disk.faults().failAllForces();
        // when
        assertThatThrownBy(service::onStop).isInstanceOf(IOException.class);
        log.disk.faults().heal();
        service.onStop();
        // then
        assertThat(checkpoint.logicsPhysicalOffset()).isEqualTo(claimed);
    }

    @Test
    void shouldForceNothingMoreAfterAForceHasFailed() throws IOException {
        // given
        put(3);
        service.doWork();
        put(600);
        log.disk.faults().failNextForce();
        assertThatThrownBy(service::doWork).isInstanceOf(IOException.class);
        int forces = log.disk.forces().size();
        // when the disk works again
        service.doWork();
        log.environment.clock().advanceNs(60 * SECOND_NS);
        service.doWork();
        service.onStop();
        // then no pointer passes what the disk may not have
        assertThat(log.disk.forces()).hasSize(forces);
        assertThat(queue().flushedQueueOffset()).isEqualTo(3);
        assertThat(service.hasFailed()).isTrue();
    }

    @Test
    void shouldHaveTheLogForcedForAPointThatStillWaitsATurnLater() throws IOException {
        // given
        List<Long> forcedAt = new ArrayList<>();
        service.onLogBehind(() -> {
            forcedAt.add(log.log.maxOffset());
            log.flushAll();
        });
        put(3);
        service.doWork();
        assertThat(point()).as("the log may come to the disk by itself").isEmpty();
        assertThat(forcedAt).isEmpty();
        long end = log.log.maxOffset();
        put(1);
        // when
        service.doWork();
        // then
        assertThat(point()).get().extracting(RecoveryPoint::offset).isEqualTo(end);
        assertThat(forcedAt).hasSize(1);

        // and a log that was forced meanwhile is not forced for it
        log.environment.clock().advanceNs(60 * SECOND_NS);
        service.doWork();
        log.flushAll();
        service.doWork();
        assertThat(point()).get().extracting(RecoveryPoint::offset).isEqualTo(log.log.maxOffset());
        assertThat(forcedAt).hasSize(1);
    }

    @Test
    void shouldWriteAPointThatWaitedBeforeTheNextTakesItsPlace() throws IOException {
        // given
        put(3);
        service.doWork();
        long end = log.log.maxOffset();
        log.flushAll();
        put(3);
        log.environment.clock().advanceNs(60 * SECOND_NS);
        // when
        service.doWork();
        // then
        assertThat(point()).get().extracting(RecoveryPoint::offset).isEqualTo(end);
    }

    private Optional<RecoveryPoint> point() throws IOException {
        return RecoveryPoint.read(log.disk, RecoveryPoint.path(log.config.storePathRootDir()));
    }

    private void put(int count) {
        for (int i = 0; i < count; i++) {
            log.put(ManualLog.message("t", 0));
        }
        reput.onStop();
    }

    private ConsumeQueue queue() {
        return queues.find("t", 0).orElseThrow();
    }
}
