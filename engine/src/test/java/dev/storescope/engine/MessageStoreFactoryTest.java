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
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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

    @ParameterizedTest
    @MethodSource("operations")
    void shouldHandOnEveryOperationAndItsAnswer(Method operation) throws ReflectiveOperationException {
        // given
        Object answer = example(operation.getReturnType());
        List<Object> handedOn = new ArrayList<>();
        MessageStore next = (MessageStore) Proxy.newProxyInstance(MessageStore.class.getClassLoader(),
                new Class<?>[] {MessageStore.class}, (_, method, arguments) -> {
                    handedOn.add(method);
                    handedOn.addAll(arguments == null ? List.of() : Arrays.asList(arguments));
                    return answer;
                });
        Object[] arguments = Arrays.stream(operation.getParameterTypes())
                .map(MessageStoreFactoryTest::example)
                .toArray();
        // when
        Object answered = operation.invoke(new AbstractPluginMessageStore(next) {}, arguments);
        // then
        assertThat(answered).isEqualTo(answer);
        assertThat(handedOn.getFirst()).isEqualTo(operation);
        assertThat(handedOn.subList(1, handedOn.size())).containsExactly(arguments);
    }

    static List<Method> operations() {
        return Arrays.stream(MessageStore.class.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .toList();
    }

    /// Something of a type that is not what a method gives that does nothing.
    private static Object example(Class<?> type) {
        return switch (type.getName()) {
            case "int" -> 7;
            case "long" -> 77L;
            case "boolean" -> true;
            case "java.lang.String" -> "text";
            default -> null;
        };
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
