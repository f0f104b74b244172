package dev.storescope.engine.testing;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.env.StoreEnvironment;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// Whole stores in the live world, with small files.
public final class Stores {
    public static final Path ROOT = Path.of("/stores/one");
    public static final long FILE_BYTES = 16 * 4096;
    /// 50 entries.
    public static final long QUEUE_FILE_BYTES = 1_000;

    private Stores() {
    }

    public static MessageStoreConfig.Builder config() {
        return config(ROOT);
    }

    public static MessageStoreConfig.Builder config(Path root) {
        return withSmallIndex(MessageStoreConfig.builder(root)
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, FILE_BYTES)
                .set(StoreSetting.MAPPED_FILE_SIZE_CONSUME_QUEUE, QUEUE_FILE_BYTES));
    }

    /// With index files of a few pages, since those of a disk in memory are not sparse; of 40 entries, so that they fill up.
    public static MessageStoreConfig.Builder withSmallIndex(MessageStoreConfig.Builder config) {
        return config.set(StoreSetting.MAX_HASH_SLOT_NUM, 16L).set(StoreSetting.MAX_INDEX_NUM, 41L);
    }

    public static DefaultMessageStore start(MessageStoreConfig.Builder config, Disk disk) {
        return start(config, LiveEnvironment.builder().disk(disk).build());
    }

    public static DefaultMessageStore start(MessageStoreConfig.Builder config, StoreEnvironment environment) {
        DefaultMessageStore store = new DefaultMessageStore(config.build(), environment);
        store.load();
        store.start();
        return store;
    }

    public static MessageExtBrokerInner message(String topic, int queueId) {
        return new MessageExtBrokerInner().topic(topic).queueId(queueId).body(new byte[10]);
    }

    /// Waits, without sleeping, for what another thread is about to do; the time limit of the test is the limit.
    public static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new AssertionError("it did not happen before the test's time was over");
            }
            Thread.onSpinWait();
        }
    }

    /// The first snapshot that shows it.
    public static StoreSnapshot awaitSnapshot(MessageStore store, Predicate<StoreSnapshot> condition) {
        StoreSnapshot[] last = {store.snapshot()};
        await(() -> {
            last[0] = store.snapshot();
            return condition.test(last[0]);
        });
        return last[0];
    }
}
