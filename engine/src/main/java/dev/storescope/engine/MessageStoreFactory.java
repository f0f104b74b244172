package dev.storescope.engine;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.StoreEnvironment;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;

/// Makes a store and wraps the plug-ins of the settings around it, the outermost first in their list (RocketMQ
/// `MessageStoreFactory`).
public final class MessageStoreFactory {
    private MessageStoreFactory() {
    }

    /// Throws [StoreException] that names a plug-in which cannot be made.
    public static MessageStore create(MessageStoreConfig config, StoreEnvironment environment) {
        return builder(config).environment(environment).build();
    }

    /// For a store that tells of what arrives, or feeds more than queues and index.
    public static MessageStoreBuilder builder(MessageStoreConfig config) {
        return new MessageStoreBuilder(config);
    }

    /// Likewise, around a store that is there.
    static MessageStore wrap(MessageStore innermost, MessageStoreConfig config) {
        String setting = (String) config.value(StoreSetting.MESSAGE_STORE_PLUG_IN);
        List<String> plugins = Arrays.stream(setting.split(","))
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .toList();
        MessageStore store = innermost;
        for (String plugin : plugins.reversed()) {
            store = wrap(store, plugin);
        }
        return store;
    }

    /// @param plugin a class, and behind a colon what it is told
    private static MessageStore wrap(MessageStore next, String plugin) {
        int colon = plugin.indexOf(':');
        String name = colon < 0 ? plugin : plugin.substring(0, colon).strip();
        String argument = colon < 0 ? "" : plugin.substring(colon + 1).strip();
        try {
            return Class.forName(name)
                    .asSubclass(AbstractPluginMessageStore.class)
                    .getConstructor(MessageStore.class, String.class)
                    .newInstance(next, argument);
        } catch (InvocationTargetException e) {
            throw new StoreException("setting %s: %s cannot be made: %s".formatted(
                    StoreSetting.MESSAGE_STORE_PLUG_IN.rocketMqName(), plugin, e.getCause().getMessage()),
                    e.getCause());
        } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
            throw new StoreException(
                    ("setting %s: expected a class that extends AbstractPluginMessageStore and has a public"
                            + " constructor with a MessageStore and a String, found %s (%s)").formatted(
                                    StoreSetting.MESSAGE_STORE_PLUG_IN.rocketMqName(), name, e),
                    e);
        }
    }
}
