package dev.storescope.engine.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.GetMessageStatus;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot.DispatchSnapshot;
import dev.storescope.engine.load.ConsumeDriver.Reset;
import dev.storescope.engine.load.ConsumeSnapshot.Position;
import dev.storescope.engine.load.ConsumeSnapshot.Received;
import dev.storescope.engine.sim.CostModel;
import dev.storescope.engine.sim.SteppedEnvironment;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A consumer in a world whose time passes only when the test says so.
class ConsumeDriverTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int QUEUES = 3;

    private final SteppedEnvironment environment = new SteppedEnvironment(CostModel.NVME);
    private final DefaultMessageStore store = new DefaultMessageStore(MessageStoreConfig.builder(Path.of("/store"))
            .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, 1L << 20)
            .set(StoreSetting.MAPPED_FILE_SIZE_CONSUME_QUEUE, 20_000L)
            .build(), environment);
    private final ConsumeSpec spec = ConsumeSpec.NOTHING.withTopic("orders").withMessagesPerSecond(10_000);

    @BeforeEach
    void open() {
        store.load();
        store.start();
    }

    @AfterEach
    void close() {
        store.shutdown();
    }

    @Test
    void shouldPullAllMessagesOfAllQueuesOnceAndInTheOrderOfEach() {
        // given
        put(30);
        var driver = new ConsumeDriver(store, environment, spec);
        // when
        driver.start();
        environment.run(SECOND);
        // then
        ConsumeSnapshot now = driver.snapshot();
        assertThat(now.received()).isEqualTo(30);
        assertThat(now.lag()).isZero();
        assertThat(now.queues()).extracting(Position::queueId).containsExactly(0, 1, 2);
        assertThat(now.queues()).extracting(Position::nextOffset).containsOnly(10L);
        assertThat(now.lastMessages().reversed()).filteredOn(message -> message.queueId() == 1)
                .extracting(Received::queueOffset)
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(now.lastPull().orElseThrow().status()).isEqualTo(GetMessageStatus.OFFSET_OVERFLOW_ONE);
        driver.stop();
    }

    @Test
    void shouldPullFromMoreQueuesThanASnapshotHas() {
        // given
        int queues = DispatchSnapshot.MOST_QUEUES + 100;
        for (int queueId = 0; queueId < queues; queueId++) {
            store.putMessage(message(queueId));
        }
        environment.run(SECOND);
        var driver = new ConsumeDriver(store, environment, spec);
        // when
        driver.start();
        environment.run(5 * SECOND);
        // then
        assertThat(driver.snapshot().received()).isEqualTo(queues);
        assertThat(driver.snapshot().queues()).hasSize(queues);
        assertThat(store.snapshot().dispatch().queueCount()).isEqualTo(queues);
        driver.stop();
    }

    @Test
    void shouldKeepItsPace() {
        // given
        put(300);
        var driver = new ConsumeDriver(store, environment, spec.withMessagesPerSecond(100));
        // when
        driver.start();
        environment.run(2 * SECOND);
        // then
        assertThat(driver.snapshot().received()).isBetween(190L, 200L);
        assertThat(driver.snapshot().lag()).isEqualTo(300 - driver.snapshot().received());
        driver.stop();
    }

    @Test
    void shouldGiveOnlyMessagesWithTheTags() {
        // given
        put(30);
        var driver = new ConsumeDriver(store, environment, spec.withTags("tag-1 || other"));
        // when
        driver.start();
        environment.run(SECOND);
        // then
        ConsumeSnapshot now = driver.snapshot();
        assertThat(now.received()).isEqualTo(15);
        assertThat(now.lastMessages()).extracting(Received::tags).containsOnly("tag-1");
        assertThat(now.lag()).isZero();
        driver.stop();
    }

    @Test
    void shouldNotTakeTagsWithTheSameHashForTheSame() {
        // given
        store.putMessage(message(0).propertiesString("TAGS\u0001BB\u0002"));
        environment.run(SECOND);
        var driver = new ConsumeDriver(store, environment, spec.withTags("Aa"));
        // when
        driver.start();
        environment.run(SECOND);
        // then
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        assertThat(driver.snapshot().received()).isZero();
        assertThat(driver.snapshot().lag()).isZero();
        driver.stop();
    }

    @Test
    void shouldGoOnWhereItWasStoppedAndWhereItIsSet() {
        // given
        put(30);
        var driver = new ConsumeDriver(store, environment, spec.withQueueId(OptionalInt.of(2)));
        driver.start();
        environment.run(SECOND);
        driver.stop();
        assertThat(driver.isRunning()).isFalse();
        // when
        put(30);
        environment.run(SECOND);
        // then
        assertThat(driver.snapshot().received()).as("stopped").isEqualTo(10);
        assertThat(driver.snapshot().lag()).isEqualTo(10);
        // when
        driver.start();
        environment.run(SECOND);
        // then
        assertThat(driver.snapshot().received()).isEqualTo(20);
        // when
        driver.reset(Reset.MIN);
        environment.run(SECOND);
        // then
        assertThat(driver.snapshot().received()).as("all of the queue again").isEqualTo(40);
        // when
        driver.stop();
        put(30);
        environment.run(SECOND);
        driver.reset(Reset.MAX);
        // then
        assertThat(driver.snapshot().lag()).isZero();
    }

    @Test
    void shouldGoOnFromAnotherOneOfTheSameFiles() {
        // given
        put(30);
        var first = new ConsumeDriver(store, environment, spec);
        first.start();
        environment.run(SECOND);
        first.stop();
        // when
        var second = new ConsumeDriver(store, environment, spec);
        second.goOnFrom(first);
        put(3);
        second.start();
        environment.run(SECOND);
        // then
        assertThat(second.snapshot().received()).isEqualTo(33);
        second.stop();
    }

    @Test
    void shouldStopAndSayWhyWhenTheStoreIsClosed() {
        // given
        put(3);
        var driver = new ConsumeDriver(store, environment, spec);
        driver.start();
        environment.run(SECOND);
        // when
        store.shutdown();
        put(1);
        environment.run(SECOND);
        // then
        assertThat(driver.isRunning()).isFalse();
        assertThat(driver.snapshot().failure()).contains("expected a store that may be read, found it CLOS");
    }

    private void put(int messages) {
        for (int i = 0; i < messages; i++) {
            store.putMessage(message(i % QUEUES).propertiesString("TAGS\u0001tag-" + i / QUEUES % 2 + "\u0002"));
        }
        environment.run(SECOND);
    }

    private static MessageExtBrokerInner message(int queueId) {
        return new MessageExtBrokerInner().topic("orders").queueId(queueId).body(new byte[100]);
    }
}
