package dev.storescope.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.GetMessageResult;
import dev.storescope.engine.api.MessageArrivingListener;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageFilter;
import dev.storescope.engine.api.RunningFlag;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.SysFlag;
import dev.storescope.engine.dispatch.LogReplay;
import dev.storescope.engine.dispatch.ReputMessageService;
import dev.storescope.engine.log.LogHoles;
import dev.storescope.engine.log.ManualLog;
import dev.storescope.engine.probe.ProbeEvent;
import dev.storescope.engine.probe.ProbePoint;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsumeQueueStoreTest {
    private ManualLog log;
    private ConsumeQueueStore queues;
    private ReputMessageService reput;

    @BeforeEach
    void setUp() throws IOException {
        log = ManualLog.open(ManualLog.config().set(StoreSetting.MAPPED_FILE_SIZE_CONSUME_QUEUE, 1_000));
        queues = new ConsumeQueueStore(log.environment, log.config, log.log, log.flags);
        reput = new ReputMessageService(log.environment, log.config, log.log, List.of(queues),
                MessageArrivingListener.NONE);
    }

    @Test
    void shouldPutEachMessageIntoItsQueueAndTellTheProbe() {
        // given
        log.put(ManualLog.message("b", 1));
        log.put(ManualLog.message("a", 5_000));
        log.put(ManualLog.message("b", 1).sysFlag(SysFlag.TRANSACTION_PREPARED));
        log.put(ManualLog.message("b", 0));
        log.put(ManualLog.message("b", 1));
        List<MessageExt> all = log.scan();
        // when
        reput.doWork();
        // then
        assertThat(queues.all()).extracting(queue -> queue.topic() + "/" + queue.queueId())
                .containsExactly("a/5000", "b/0", "b/1");
        assertThat(queues.find("b", 1).orElseThrow().entry(1)).contains(
                new ConsumeQueueEntry(all.get(4).commitLogOffset(), all.get(4).storeSizeBytes(), 0));
        assertThat(log.environment.probe().events(ProbePoint.QUEUE_ENTRY)).extracting(ProbeEvent::a)
                .containsExactly(all.get(0).commitLogOffset(), all.get(1).commitLogOffset(),
                        all.get(3).commitLogOffset(), all.get(4).commitLogOffset());
        assertThat(queues.topics()).containsExactly("a", "b");
    }

    @Test
    void shouldFillAGapFromTheLogAtOnce() {
        // given three messages that never came to the queue
        for (int i = 0; i < 5; i++) {
            log.put(ManualLog.message("t", 0));
            log.put(ManualLog.message("other", 0));
        }
        List<Long> offsets = log.scan()
                .stream()
                .filter(message -> message.topic().equals("t"))
                .map(MessageExt::commitLogOffset)
                .toList();
        LogReplay replay = new LogReplay(log.environment, log.files, new LogHoles());
        replay.feed(offsets.get(0), offsets.get(0) + 1, queues);
        // when
        replay.feed(offsets.get(4), offsets.get(4) + 1, queues);
        // then
        ConsumeQueue queue = queues.find("t", 0).orElseThrow();
        for (int i = 0; i < 5; i++) {
            assertThat(queue.entry(i).orElseThrow().commitLogOffset()).isEqualTo(offsets.get(i));
        }
        assertThat(queue.maxQueueOffset()).isEqualTo(5);
        assertThat(queues.gaps()).isZero();
    }

    @Test
    void shouldHoldThePlacesOfMessagesInAHoleWithBlanks() {
        // given
        for (int i = 0; i < 5; i++) {
            log.put(ManualLog.message("t", 0));
        }
        List<Long> offsets = log.scan().stream().map(MessageExt::commitLogOffset).toList();
        log.log.holes().add(offsets.get(1), offsets.get(3), "bad records");
        // when
        reput.doWork();
        reput.doWork();
        reput.doWork();
        // then
        ConsumeQueue queue = queues.find("t", 0).orElseThrow();
        assertThat(queue.maxQueueOffset()).isEqualTo(5);
        for (int i = 0; i < 5; i++) {
            assertThat(queue.entry(i).map(ConsumeQueueEntry::commitLogOffset)).as("entry %d", i)
                    .isEqualTo(i == 1 || i == 2 ? Optional.empty() : Optional.of(offsets.get(i)));
        }
        assertThat(queues.gaps()).isZero();
    }

    @Test
    void shouldReadAroundAHoleThatIsFoundWhenTheQueueHasItsEntries() {
        // given
        for (int i = 0; i < 6; i++) {
            log.put(ManualLog.message("t", 0));
        }
        List<Long> offsets = log.scan().stream().map(MessageExt::commitLogOffset).toList();
        reput.doWork();
        QueueReader reader = new QueueReader(log.environment, log.config, log.log, queues);
        // when
        log.log.holes().add(offsets.get(2) + 10, offsets.get(4), "found by a later check");
        // then what only touches the hole is not given out either
        assertThat(read(reader, 0)).isEqualTo("FOUND 0..1, next 2");
        assertThat(read(reader, 1)).isEqualTo("FOUND 1..1, next 2");
        assertThat(read(reader, 2)).isEqualTo("MESSAGE_WAS_REMOVING, next 4");
        assertThat(read(reader, 3)).isEqualTo("MESSAGE_WAS_REMOVING, next 4");
        assertThat(read(reader, 4)).isEqualTo("FOUND 4..5, next 6");
        assertThat(reader.record(offsets.get(3))).isEmpty();
        assertThat(reader.offsetByTime("t", 0, 0)).isZero();
    }

    private static String read(QueueReader reader, long queueOffset) {
        try (GetMessageResult result = reader.getMessage("t", 0, queueOffset, 32, MessageFilter.ALL)) {
            List<Long> offsets = result.messages().stream().map(MessageExt::queueOffset).toList();
            String range = offsets.isEmpty() ? "" : " %d..%d".formatted(offsets.getFirst(), offsets.getLast());
            return "%s%s, next %d".formatted(result.status(), range, result.nextBeginOffset());
        }
    }

    @Test
    void shouldRefusePutsWhileTheDiskTakesNoEntryAndGoOnWhenItDoes() {
        // given
        log.put(ManualLog.message("t", 0));
        log.put(ManualLog.message("t", 0));
        log.disk.faults().beforeCreate(path -> {
            throw new InternalError("no room for " + path.getFileName());
        });
        // when, then
        assertThatThrownBy(reput::doWork).isInstanceOf(StoreException.class)
                .hasMessageContaining("the message at offset 0 has no entry")
                .hasMessageContaining("no room");
        assertThat(log.flags.reasons()).containsKey(RunningFlag.LOGIC_QUEUE_ERROR);
        assertThat(reput.reputFromOffset()).isZero();

        // and when there is room again
        log.disk.faults().beforeCreate(path -> {
        });
        assertThat(reput.doWork()).isEqualTo(2);
        assertThat(log.flags.reasons()).isEmpty();
        assertThat(queues.find("t", 0).orElseThrow().maxQueueOffset()).isEqualTo(2);
    }
}
