package dev.storescope.engine.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageArrivingListener;
import dev.storescope.engine.api.MessageArrivingListener.Arrival;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.SysFlag;
import dev.storescope.engine.dispatch.CommitLogDispatcher.Lacking;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.log.LogHoles;
import dev.storescope.engine.log.ManualLog;
import dev.storescope.engine.probe.ProbeEvent;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.service.ServiceThread;
import dev.storescope.engine.testing.RandomMessages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReputMessageServiceTest {
    private final List<Long> seen = new ArrayList<>();
    private final List<Arrival> arrivals = new ArrayList<>();
    private ManualLog log;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldHandOnEveryRecordOnceInTheOrderOfTheLogAcrossFiles(long seed) throws IOException {
        // given
        log = ManualLog.open();
        ReputMessageService reput = service(MessageArrivingListener.NONE, this::see);
        RandomMessages random = new RandomMessages(seed, 3_000);
        // when
        for (int i = 0; i < 200; i++) {
            log.put(random.next());
            if (i % 7 == 0) {
                reput.doWork();
            }
        }
        reput.onStop();
        // then
        List<MessageExt> all = log.scan();
        assertThat(log.files.files()).hasSizeGreaterThan(2);
        assertThat(seen).as("seed %d", seed).isEqualTo(all.stream().map(MessageExt::commitLogOffset).toList());
        assertThat(reput.dispatched()).isEqualTo(all.size());
        assertThat(reput.reputFromOffset()).isEqualTo(log.log.wroteOffset());
        assertThat(reput.behindBytes()).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {5, 6, 7, 8})
    void shouldGoOverHolesAndSoShouldAReplayFromAnywhere(long seed) throws IOException {
        // given holes: some records, the rest of a file with its blank, a whole file
        log = ManualLog.open();
        ReputMessageService reput = service(MessageArrivingListener.NONE, this::see);
        RandomMessages messages = new RandomMessages(seed, 3_000);
        for (int i = 0; i < 300; i++) {
            log.put(messages.next());
        }
        List<MessageExt> all = log.scan();
        Random random = new Random(seed);
        LogHoles holes = log.log.holes();
        for (int i = 0; i < 5; i++) {
            int first = random.nextInt(all.size() - 4);
            holes.add(all.get(first).commitLogOffset(), all.get(first + 3).commitLogOffset(), "bad records");
        }
        MappedFile whole = log.files.files().get(2);
        holes.add(whole.fromOffset(), whole.endOffset(), "a missing file");
        MappedFile half = log.files.files().get(0);
        all.stream()
                .filter(message -> message.commitLogOffset() > half.fromOffset() + ManualLog.FILE_BYTES / 2)
                .findFirst()
                .ifPresent(message -> holes.add(message.commitLogOffset(), half.endOffset(), "the rest of a file"));
        List<Long> sound = all.stream()
                .map(MessageExt::commitLogOffset)
                .filter(offset -> holes.at(offset).isEmpty())
                .toList();
        // when
        reput.onStop();
        // then
        assertThat(seen).as("seed %d", seed).isEqualTo(sound);
        assertThat(reput.reputFromOffset()).isEqualTo(log.log.wroteOffset());

        // and
        LogReplay replay = new LogReplay(log.environment, log.files, holes);
        for (int i = 0; i < 50; i++) {
            long from = all.get(random.nextInt(all.size())).commitLogOffset() - random.nextInt(2);
            long to = from + random.nextInt((int) (2 * ManualLog.FILE_BYTES));
            List<Long> fed = new ArrayList<>();
            replay.feed(from, to, request -> fed.add(request.commitLogOffset()));
            assertThat(fed).as("seed %d, from %d to %d", seed, from, to)
                    .isEqualTo(sound.stream().filter(offset -> offset >= from && offset < to).toList());
        }
    }

    @Test
    void shouldTellTheProbeOfEachRecord() throws IOException {
        // given
        log = ManualLog.open();
        ReputMessageService reput = service(MessageArrivingListener.NONE, this::see);
        MessageExt message = putAndScan();
        // when
        reput.doWork();
        // then
        ProbeEvent event = log.environment.probe().events(ProbePoint.DISPATCHED).getFirst();
        assertThat(event.a()).isEqualTo(message.commitLogOffset());
        assertThat(event.b()).isEqualTo(message.storeSizeBytes());
    }

    @Test
    void shouldNeverPassFlushedUnderSyncFlush() throws IOException {
        // given
        log = ManualLog.open(ManualLog.config().set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH));
        ReputMessageService reput = service(MessageArrivingListener.NONE, this::see);
        log.put(ManualLog.message("t", 0).waitStoreMsgOk(false));
        // when
        int before = reput.doWork();
        log.flushAll();
        int after = reput.doWork();
        // then
        assertThat(before).isZero();
        assertThat(after).isEqualTo(1);
    }

    @Test
    void shouldNeverPassCommittedWithThePool() throws IOException {
        // given
        log = ManualLog.open(ManualLog.configWithPool());
        ReputMessageService reput = service(MessageArrivingListener.NONE, this::see);
        log.put(ManualLog.message("t", 0));
        // when
        int before = reput.doWork();
        log.commitAll();
        int after = reput.doWork();
        // then
        assertThat(before).isZero();
        assertThat(after).isEqualTo(1);
    }

    @Test
    void shouldStopAtARecordThatADispatcherFailsOnAndGoOnThereLater() throws IOException {
        // given
        log = ManualLog.open();
        List<Long> second = new ArrayList<>();
        int[] failures = {2};
        ReputMessageService reput = service(MessageArrivingListener.NONE, this::see, request -> {
            if (request.queueId() == 7 && failures[0]-- > 0) {
                throw new IllegalStateException("no room");
            }
            second.add(request.commitLogOffset());
        });
        for (int queueId : new int[] {1, 7, 3}) {
            log.put(ManualLog.message("t", queueId));
        }
        List<Long> all = log.scan().stream().map(MessageExt::commitLogOffset).toList();
        // when, then
        assertThatThrownBy(reput::doWork).hasMessage("no room");
        assertThat(reput.reputFromOffset()).isEqualTo(all.get(1));
        assertThatThrownBy(reput::doWork).hasMessage("no room");
        assertThat(reput.doWork()).isEqualTo(2);
        assertThat(second).isEqualTo(all);
        assertThat(seen).containsExactly(all.get(0), all.get(1), all.get(1), all.get(1), all.get(2));
    }

    @Test
    void shouldTakeRecordsByTheBatchWhenFarBehindAndCountThemWhenAllIsDone() throws IOException {
        // given
        log = ManualLog.open();
        Batches batches = new Batches();
        ReputMessageService reput = service(MessageArrivingListener.NONE, this::see, batches);
        batches.reput = reput;
        putMebibytes(5);
        // when
        int done = reput.doWork();
        log.put(ManualLog.message("t", 0));
        reput.doWork();
        // then
        assertThat(done).isGreaterThan(150);
        assertThat(batches.told).containsExactly("begin", "end at 0", "alone");
        assertThat(reput.dispatched()).isEqualTo(seen.size()).isEqualTo(log.scan().size());
        assertThat(reput.behindBytes()).isZero();
    }

    @Test
    void shouldGoBackToTheFirstRecordThatABatchLacksAndTakeThemOneByOneFromThere() throws IOException {
        // given
        log = ManualLog.open();
        Batches batches = new Batches();
        ReputMessageService reput = service(MessageArrivingListener.NONE, this::see, batches);
        batches.reput = reput;
        putMebibytes(10);
        List<Long> all = log.scan().stream().map(MessageExt::commitLogOffset).toList();
        batches.lacking = Optional.of(new Lacking(all.get(100), 100));
        // when
        reput.doWork();
        // then
        assertThat(reput.reputFromOffset()).isEqualTo(all.get(100));
        assertThat(reput.dispatched()).isEqualTo(100);
        // when
        batches.told.clear();
        reput.doWork();
        // then
        assertThat(batches.told).hasSize(all.size() - 100).containsOnly("alone");
        assertThat(reput.dispatched()).isEqualTo(all.size());
    }

    @Test
    void shouldTakeRecordsOneByOneWhileAServiceIsHeld() throws IOException {
        // given
        log = ManualLog.open();
        Batches batches = new Batches();
        ReputMessageService reput = service(MessageArrivingListener.NONE, batches);
        batches.reput = reput;
        putMebibytes(5);
        log.environment.stepGate().hold("FlushRealTimeService");
        // when
        reput.doWork();
        // then
        assertThat(batches.told).isNotEmpty().containsOnly("alone");
    }

    /// Notes how records come.
    private static final class Batches implements CommitLogDispatcher {
        private final List<String> told = new ArrayList<>();
        private Optional<Lacking> lacking = Optional.empty();
        private ReputMessageService reput;
        private boolean batching;

        @Override
        public void dispatch(DispatchRequest request) {
            if (!batching) {
                told.add("alone");
            }
        }

        @Override
        public void beginBatch() {
            batching = true;
            told.add("begin");
        }

        @Override
        public Optional<Lacking> endBatch() {
            batching = false;
            told.add("end at " + reput.reputFromOffset());
            return lacking;
        }
    }

    private void putMebibytes(int count) {
        for (int i = 0; i < count * 40; i++) {
            log.put(ManualLog.messageOfRecordBytes(27_000));
        }
    }

    @Test
    void shouldKeepTheFailureOfADispatcherInItsStatus() throws IOException {
        // given
        log = ManualLog.open();
        ReputMessageService reput = service(MessageArrivingListener.NONE, request -> {
            throw new IllegalStateException("no room");
        });
        ServiceThread thread = new ServiceThread(log.environment, reput);
        log.put(ManualLog.message("t", 0));
        // when
        thread.start();
        thread.stop();
        // then
        assertThat(thread.status().failure()).contains("no room");
        assertThat(reput.behindBytes()).isPositive();
    }

    @Test
    void shouldTellTheListenerOfWhatEntersAQueue() throws IOException {
        // given
        log = ManualLog.open();
        ReputMessageService reput = service(arrivals::add, this::see);
        log.put(ManualLog.message("t", 3));
        log.put(ManualLog.message("t", 3).sysFlag(SysFlag.TRANSACTION_PREPARED));
        log.put(ManualLog.message("t", 3).propertiesString("TAGS\u0001red\u0002"));
        long storeTimestamp = log.scan().getFirst().storeTimestamp();
        // when
        reput.doWork();
        // then
        assertThat(arrivals).containsExactly(new Arrival("t", 3, 0, 0, storeTimestamp, ""),
                new Arrival("t", 3, 1, "red".hashCode(), storeTimestamp, "TAGS\u0001red\u0002"));
    }

    @Test
    void shouldGiveTheDueTimeOfADelayedMessageAsItsTagsCode() throws IOException {
        // given
        log = ManualLog.open();
        ReputMessageService reput = service(arrivals::add, this::see);
        log.put(ManualLog.message("t", 3).delayTimeLevel(3).propertiesString("TAGS\u0001red\u0002"));
        long storeTimestamp = log.scan().getFirst().storeTimestamp();
        // when
        reput.doWork();
        // then
        assertThat(arrivals).extracting(Arrival::tagsCode).containsExactly(storeTimestamp + 10_000);
    }

    @Test
    void shouldGoOnWhenTheListenerFails() throws IOException {
        // given
        log = ManualLog.open();
        ReputMessageService reput = service(arrival -> {
            throw new IllegalStateException("nobody there");
        }, this::see);
        putAndScan();
        // when, then
        assertThat(reput.doWork()).isEqualTo(1);
        assertThat(reput.behindBytes()).isZero();
    }

    @Test
    void shouldLookEveryMillisecondAndSleepAfterAWhileUntilAPutWakesIt() throws IOException {
        // given
        log = ManualLog.open();
        int[] woken = {0};
        ReputMessageService reput = service(MessageArrivingListener.NONE, this::see);
        reput.onWake(() -> woken[0]++);
        log.log.onDispatchLimitMoved(reput::recordsReadable);
        // when it has just begun
        assertThat(reput.waitNs(reput.doWork())).isEqualTo(1_000_000);
        log.put(ManualLog.message("t", 0));
        // then nobody wakes it
        assertThat(woken[0]).isZero();
        assertThat(reput.waitNs(reput.doWork())).isZero();

        // and when nothing comes for long
        long waitNs = 0;
        for (int i = 0; i < 60; i++) {
            waitNs = reput.waitNs(reput.doWork());
        }
        log.put(ManualLog.message("t", 0));
        log.put(ManualLog.message("t", 0));
        // then it sleeps, and the first put wakes it
        assertThat(waitNs).isEqualTo(100_000_000);
        assertThat(woken[0]).isEqualTo(1);
        assertThat(reput.doWork()).isEqualTo(2);
    }

    @Test
    void shouldSayWhereWhenTheLogIsDamagedInFrontOfIt() throws IOException {
        // given
        log = ManualLog.open();
        ReputMessageService reput = service(MessageArrivingListener.NONE, this::see);
        MessageExt message = putAndScan();
        log.files.first().orElseThrow().mapping().set(java.lang.foreign.ValueLayout.JAVA_BYTE, 4, (byte) 1);
        // when, then
        assertThatThrownBy(reput::doWork).hasMessageContaining("expected a record or blank at offset %d",
                message.commitLogOffset());
        assertThat(seen).isEmpty();
    }

    private ReputMessageService service(MessageArrivingListener listener, CommitLogDispatcher... dispatchers) {
        MessageStoreConfig config = log.config;
        return new ReputMessageService(log.environment, config, log.log, List.of(dispatchers), listener);
    }

    private void see(DispatchRequest request) {
        seen.add(request.commitLogOffset());
    }

    private MessageExt putAndScan() {
        log.put(ManualLog.message("t", 0));
        return log.scan().getFirst();
    }
}
