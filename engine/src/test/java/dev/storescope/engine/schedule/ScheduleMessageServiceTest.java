package dev.storescope.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.BrokerRole;
import dev.storescope.engine.api.GetMessageResult;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageFilter;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.ServiceStatus;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.log.DelayedMessages;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import dev.storescope.engine.testing.WallClockEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A real store whose clock the test moves; the service does its turns when the test says so.
class ScheduleMessageServiceTest {
    private static final long START = 1_700_000_000_000L;
    private static final Path PROGRESS = Stores.ROOT.resolve("config/delayOffset.json");

    private final UnforcedDisk disk = new UnforcedDisk();
    private final WallClockEnvironment environment = new WallClockEnvironment(disk, START);
    private DefaultMessageStore store;
    private ScheduleMessageService service;

    @BeforeEach
    void setUp() {
        store = Stores.start(Stores.config(), environment);
        service = newService(store::putMessage);
    }

    @AfterEach
    void tearDown() {
        store.kill();
    }

    @Test
    void shouldPutAMessageUnderItsRealTopicWhenItIsDue() throws IOException {
        // given level 3: 10 s
        store.putMessage(Stores.message("real", 5)
                .delayTimeLevel(3)
                .propertiesString("TAGS\u0001red\u0002KEYS\u0001k\u0002")
                .body(new byte[] {1, 2, 3})
                .bornTimestamp(77)
                .flag(9));
        dispatched();
        // when, then
        environment.set(START + 9_999);
        assertThat(service.doWork()).isZero();
        environment.set(START + 10_000);
        assertThat(service.doWork()).isEqualTo(1);
        dispatched();
        MessageExt message = only("real", 5);
        assertThat(message.body()).containsExactly(1, 2, 3);
        assertThat(message.bornTimestamp()).isEqualTo(77);
        assertThat(message.flag()).isEqualTo(9);
        assertThat(message.tags()).isEqualTo("red");
        assertThat(message.keys()).isEqualTo("k");
        assertThat(message.property("DELAY")).isEmpty();
        assertThat(message.storeTimestamp()).isEqualTo(START + 10_000);
        assertThat(service.delivered()).isEqualTo(1);

        // and not again
        assertThat(service.doWork()).isZero();
    }

    @ParameterizedTest(name = "level {0}")
    @ValueSource(ints = {1, 2, 9, 18})
    void shouldKeepEachOfTheLevelsApart(int level) throws IOException {
        // given
        long delayMs = store.config().delayLevelsMs().get(level - 1);
        for (int each = 1; each <= 18; each++) {
            store.putMessage(Stores.message("level-" + each, 0).delayTimeLevel(each));
        }
        dispatched();
        // when
        environment.set(START + delayMs);
        while (service.doWork() > 0) {
            // until nothing is due
        }
        dispatched();
        // then
        for (int each = 1; each <= 18; each++) {
            assertThat(store.getMaxOffsetInQueue("level-" + each, 0)).as("level %d", each)
                    .isEqualTo(each <= level ? 1 : 0);
        }
    }

    @Test
    void shouldDeliverManyInTheirOrder() throws IOException {
        // given
        for (int i = 0; i < 100; i++) {
            store.putMessage(Stores.message("real", 0).delayTimeLevel(1).body(new byte[i]));
        }
        dispatched();
        environment.set(START + 1_000);
        // when
        int turns = 0;
        while (service.doWork() > 0) {
            turns++;
        }
        dispatched();
        // then
        assertThat(turns).isEqualTo(4);
        List<Integer> lengths = new ArrayList<>();
        for (int from = 0; from < 100; from += 25) {
            try (GetMessageResult result = store.getMessage("g", "real", 0, from, 25, MessageFilter.ALL)) {
                result.messages().forEach(message -> lengths.add(message.body().length));
            }
        }
        assertThat(lengths).isSorted().hasSize(100);
    }

    @Test
    void shouldGoOnWhereItWasAfterACleanStop() throws IOException {
        // given
        store.putMessage(Stores.message("real", 0).delayTimeLevel(2));
        store.putMessage(Stores.message("real", 0).delayTimeLevel(2));
        dispatched();
        environment.set(START + 5_000);
        service.doWork();
        // when
        service.onStop();
        service = newService(store::putMessage);
        // then
        assertThat(new String(disk.readAll(PROGRESS), StandardCharsets.US_ASCII))
                .isEqualTo("{\"offsetTable\":{\"2\":2}}");
        assertThat(service.doWork()).isZero();
    }

    @Test
    void shouldReadWhatABrokerWrote() throws IOException {
        // given
        for (int i = 0; i < 3; i++) {
            store.putMessage(Stores.message("real", 0).delayTimeLevel(3));
        }
        dispatched();
        progress("""
                {
                \t"dataVersion":{
                \t\t"counter":1,
                \t\t"stateVersion":0,
                \t\t"timestamp":1700000000000
                \t},
                \t"offsetTable":{1:0,3:2
                \t}
                }""");
        environment.set(START + 10_000);
        // when, then
        assertThat(service.doWork()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "{}", "{\"offsetTable\"", "{\"offsetTable\":{3:}}", "{\"offsetTable\":{\"3:1}}", "{\"offsetTable\":[1]}",
        "{\"offsetTable\":{3:1", "{\"offsetTable\":{3:99999999999999999999}}"
    })
    void shouldNotBeginAnewWhenItsProgressCannotBeRead(String text) throws IOException {
        // given
        progress(text);
        // when, then
        assertThatThrownBy(service::doWork).isInstanceOf(StoreException.class)
                .hasMessageContaining("delayOffset.json: expected");
    }

    @Test
    void shouldTryAgainWhenThePutIsRefusedAndLoseNothing() throws IOException {
        // given
        PutMessageStatus[] answer = {PutMessageStatus.OS_PAGECACHE_BUSY};
        service = newService(message -> answer[0] == PutMessageStatus.PUT_OK
                ? store.putMessage(message)
                : PutMessageResult.rejected(answer[0]));
        store.putMessage(Stores.message("real", 0).delayTimeLevel(1));
        dispatched();
        environment.set(START + 1_000);
        // when, then
        assertThat(service.doWork()).isZero();
        answer[0] = PutMessageStatus.PUT_OK;
        assertThat(service.doWork()).isEqualTo(1);
        dispatched();
        only("real", 0);
    }

    @Test
    void shouldGoOverWhatCanNeverBeDelivered() throws IOException {
        // given a message of the schedule topic that has no real topic
        store.putMessage(Stores.message(DelayedMessages.SCHEDULE_TOPIC, 0));
        store.putMessage(Stores.message("real", 0).delayTimeLevel(1));
        dispatched();
        environment.set(START + 1_000);
        // when
        service.doWork();
        dispatched();
        // then
        only("real", 0);
        assertThat(service.delivered()).isEqualTo(1);
    }

    @Test
    void shouldRunInTheStoreWhenItIsAMasterAndStopWhenItIsASlave() {
        // given
        store.putMessage(Stores.message("real", 0).delayTimeLevel(1));
        dispatched();
        environment.set(START + 1_000);
        // when
        store.handleScheduleMessageService(BrokerRole.ASYNC_MASTER);
        // then
        Stores.await(() -> store.getMaxOffsetInQueue("real", 0) == 1);
        assertThat(store.snapshot().services()).extracting(ServiceStatus::name).contains("ScheduleMessageService");
        store.handleScheduleMessageService(BrokerRole.SLAVE);
        assertThat(store.snapshot().services()).extracting(ServiceStatus::name)
                .doesNotContain("ScheduleMessageService");
        assertThat(disk.exists(PROGRESS)).isTrue();
        store.shutdown();
        assertThatThrownBy(() -> store.handleScheduleMessageService(BrokerRole.ASYNC_MASTER))
                .isInstanceOf(StoreException.class);
    }

    private ScheduleMessageService newService(Function<MessageExtBrokerInner, PutMessageResult> target) {
        MessageStoreConfig config = Stores.config().build();
        return new ScheduleMessageService(environment, config,
                (queueId, queueOffset, max) -> store.getMessage("schedule", DelayedMessages.SCHEDULE_TOPIC, queueId,
                        queueOffset, max, MessageFilter.ALL),
                target);
    }

    private void progress(String text) throws IOException {
        disk.createDirectories(PROGRESS.getParent());
        disk.writeAll(PROGRESS, text.getBytes(StandardCharsets.US_ASCII));
    }

    private MessageExt only(String topic, int queueId) {
        try (GetMessageResult result = store.getMessage("g", topic, queueId, 0, 32, MessageFilter.ALL)) {
            assertThat(result.messages()).hasSize(1);
            return result.messages().getFirst();
        }
    }

    private void dispatched() {
        Stores.await(() -> store.dispatchBehindBytes() == 0);
    }
}
