package dev.storescope.engine;

import static dev.storescope.engine.testing.Stores.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.GetMessageResult;
import dev.storescope.engine.api.MessageArrivingListener.Arrival;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageFilter;
import dev.storescope.engine.api.MessageProperties;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MessageStoreBuilderTest {
    private final LiveEnvironment environment = LiveEnvironment.builder().disk(new UnforcedDisk()).build();

    @Test
    void shouldTellTheListenerWhatCanBeReadFromThenOn() {
        // given
        List<Arrival> arrivals = new CopyOnWriteArrayList<>();
        List<Integer> readable = new CopyOnWriteArrayList<>();
        MessageStore[] store = new MessageStore[1];
        store[0] = MessageStoreFactory.builder(Stores.config().build())
                .environment(environment)
                .messageArrivingListener(arrival -> {
                    arrivals.add(arrival);
                    readable.add(messages(store[0], arrival).size());
                })
                .build();
        store[0].load();
        store[0].start();
        // when
        for (int i = 0; i < 3; i++) {
            store[0].putMessage(message("topic", 1).propertiesString("TAGS\u0001red\u0002"));
        }
        Stores.await(() -> arrivals.size() == 3);
        // then
        assertThat(readable).containsExactly(1, 1, 1);
        assertThat(arrivals).extracting(Arrival::queueOffset).containsExactly(0L, 1L, 2L);
        assertThat(arrivals.getFirst().topic()).isEqualTo("topic");
        assertThat(arrivals.getFirst().queueId()).isEqualTo(1);
        assertThat(arrivals.getFirst().tagsCode()).isEqualTo("red".hashCode());
        assertThat(MessageProperties.decode(arrivals.getFirst().propertiesString())).containsEntry("TAGS", "red");
        store[0].kill();
    }

    private static List<MessageExt> messages(MessageStore store, Arrival arrival) {
        try (GetMessageResult result = store.getMessage("group", arrival.topic(), arrival.queueId(),
                arrival.queueOffset(), 1, MessageFilter.ALL)) {
            return result.messages();
        }
    }

    @Test
    void shouldFeedFurtherDispatchersInTheirOrderBehindItsOwn() {
        // given
        List<String> fed = new CopyOnWriteArrayList<>();
        MessageStore[] store = new MessageStore[1];
        store[0] = MessageStoreFactory.builder(Stores.config().build())
                .environment(environment)
                .dispatcher(request -> fed.add("first " + request.commitLogOffset() + " "
                        + store[0].getMaxOffsetInQueue(request.topic(), request.queueId())))
                .dispatcher(request -> fed.add("second " + request.commitLogOffset()))
                .build();
        store[0].load();
        store[0].start();
        // when
        long second = store[0].putMessage(message("topic", 0)).append().wroteBytes();
        store[0].putMessage(message("topic", 0));
        Stores.await(() -> fed.size() == 4);
        // then the queue has had each record before them
        assertThat(fed).containsExactly("first 0 1", "second 0", "first " + second + " 2", "second " + second);
        assertThat(store[0].getDispatcherList()).hasSizeGreaterThan(3);
        store[0].kill();
    }

    @Test
    void shouldGiveADispatcherThatFailedTheRecordAgain() {
        // given
        AtomicInteger calls = new AtomicInteger();
        MessageStore store = MessageStoreFactory.builder(Stores.config().build())
                .environment(environment)
                .dispatcher(request -> {
                    if (calls.incrementAndGet() == 1) {
                        throw new IllegalStateException("not now");
                    }
                })
                .build();
        store.load();
        store.start();
        // when
        store.putMessage(message("topic", 0));
        Stores.await(() -> calls.get() == 2 && store.dispatchBehindBytes() == 0);
        // then
        assertThat(store.getMaxOffsetInQueue("topic", 0)).isEqualTo(1);
        store.kill();
    }

    @Test
    void shouldWrapThePluginsOfTheSettingsAndLiveInTheRealWorldUnlessToldOtherwise(@TempDir Path folder) {
        // given
        MessageStore store = MessageStoreFactory.builder(Stores.config(folder)
                .set(StoreSetting.MESSAGE_STORE_PLUG_IN, BodyLimitPlugin.class.getName() + ":100")
                .build()).build();
        // when
        store.load();
        // then
        assertThat(store).isInstanceOf(BodyLimitPlugin.class);
        assertThat(folder.resolve("lock")).exists();
        store.shutdown();
    }

    @Test
    void shouldRefuseASecondListenerAndAPluginThatIsNone() {
        MessageStoreBuilder builder = MessageStoreFactory.builder(Stores.config()
                .set(StoreSetting.MESSAGE_STORE_PLUG_IN, "no.such.Plugin")
                .build()).messageArrivingListener(_ -> {
                });
        assertThatThrownBy(() -> builder.messageArrivingListener(_ -> {
        })).hasMessageContaining("a second one");
        assertThatThrownBy(builder::build).isInstanceOf(StoreException.class).hasMessageContaining("no.such.Plugin");
    }
}
