package dev.storescope.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.MessageExtBatch;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageStoreFactoryTest {
    private static final List<String> ORDER = new ArrayList<>();

    @Test
    void shouldMakeABareStoreWithoutPlugins() {
        assertThat(create("")).isInstanceOf(DefaultMessageStore.class);
        assertThat(create(" , ")).isInstanceOf(DefaultMessageStore.class);
    }

    @Test
    void shouldWrapTheFirstOfTheListOutermost() {
        // given
        ORDER.clear();
        String name = Recording.class.getName();
        MessageStore store = create("%s:first, %s:second".formatted(name, name));
        store.load();
        store.start();

        // when
        PutMessageResult result = store.putMessage(Stores.message("topic", 0));

        // then
        assertThat(ORDER).containsExactly("first", "second");
        assertThat(result.isOk()).isTrue();
        assertThat(store.lookMessageByOffset(result.append().wroteOffset())).isPresent();
        store.kill();
    }

    @Test
    void shouldRefuseBodiesOverTheLimitOfTheExampleAndCountThem() {
        // given
        MessageStore store = create(BodyLimitPlugin.class.getName() + ":100");
        store.load();
        store.start();
        MessageExtBrokerInner fits = Stores.message("topic", 0).body(new byte[100]);
        MessageExtBrokerInner tooLong = Stores.message("topic", 0).body(new byte[101]);

        // when, then
        assertThat(store.putMessage(fits).isOk()).isTrue();
        assertThat(store.putMessage(tooLong)).isEqualTo(PutMessageResult.rejected(PutMessageStatus.MESSAGE_ILLEGAL));
        assertThat(store.asyncPutMessage(fits)).succeedsWithin(Duration.ofSeconds(10))
                .matches(PutMessageResult::isOk);
        assertThat(store.asyncPutMessage(tooLong).resultNow().status()).isEqualTo(PutMessageStatus.MESSAGE_ILLEGAL);
        assertThat(store.putMessages(new MessageExtBatch(List.of(fits, fits))).isOk()).isTrue();
        assertThat(store.putMessages(new MessageExtBatch(List.of(fits, tooLong))).isOk()).isFalse();
        assertThat(store.asyncPutMessages(new MessageExtBatch(List.of(tooLong))).resultNow().isOk()).isFalse();
        assertThat(store.getRuntimeInfo()).containsEntry(BodyLimitPlugin.REFUSED, "4")
                .containsEntry("putMessageTimesTotal", "4");
        store.kill();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no.such.Plugin", "java.lang.String", "dev.storescope.engine.AbstractPluginMessageStore",
        "dev.storescope.engine.BodyLimitPlugin", "dev.storescope.engine.BodyLimitPlugin:many"})
    void shouldNameAPluginThatCannotBeMade(String plugin) {
        assertThatThrownBy(() -> create(plugin)).isInstanceOf(StoreException.class)
                .hasMessageContaining("messageStorePlugIn")
                .hasMessageContaining(plugin);
    }

    @Test
    void shouldHandOnEveryOperation() {
        List<String> notHandedOn = Arrays.stream(MessageStore.class.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .filter(method -> !isDeclaredByPlugin(method))
                .map(Method::getName)
                .toList();
        assertThat(notHandedOn).isEmpty();
    }

    private static boolean isDeclaredByPlugin(Method method) {
        try {
            AbstractPluginMessageStore.class.getDeclaredMethod(method.getName(), method.getParameterTypes());
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static MessageStore create(String plugins) {
        return MessageStoreFactory.create(Stores.config().set(StoreSetting.MESSAGE_STORE_PLUG_IN, plugins).build(),
                LiveEnvironment.builder().disk(new UnforcedDisk()).build());
    }

    /// Notes that a put came by.
    public static final class Recording extends AbstractPluginMessageStore {
        private final String name;

        public Recording(MessageStore next, String name) {
            super(next);
            this.name = name;
        }

        @Override
        public PutMessageResult putMessage(MessageExtBrokerInner message) {
            ORDER.add(name);
            return super.putMessage(message);
        }
    }
}
