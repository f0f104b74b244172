package dev.storescope.bench.jmh;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.LiveEnvironment;

/// A store with small files that lives for one iteration.
final class BenchStore {
    private static final long SEGMENT_BYTES = 64L << 20;
    static final String TOPIC = "bench-topic-0";
    private static final int QUEUES = 4;

    private final Scratch scratch = new Scratch();
    private final DefaultMessageStore store;

    BenchStore(LiveEnvironment environment) {
        store = new DefaultMessageStore(MessageStoreConfig.builder(scratch.directory())
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, SEGMENT_BYTES)
                .build(), environment);
        store.load();
        store.start();
    }

    DefaultMessageStore store() {
        return store;
    }

    static MessageExtBrokerInner message(long thread, int bodyBytes) {
        return new MessageExtBrokerInner().topic(TOPIC)
                .queueId((int) (thread % QUEUES))
                .body(new byte[bodyBytes])
                .propertiesString(
                        "UNIQ_KEY\1" + "%032X".formatted(thread) + "\2KEYS\1order-0123456789abcdef0123\2WAIT\1true\2");
    }

    void close() {
        store.shutdown();
        scratch.delete();
    }
}
