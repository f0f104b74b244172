package dev.storescope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A put allocates what its caller gets, and nothing else: the result with its place in the log, and the future around
/// it. It does not grow with the body.
class PutAllocationTest {
    private static final int WARM_UP_PUTS = 20_000;
    private static final int PUTS = 60_000;
    /// The three objects take 104 bytes; the rest is room for another JVM's layout of objects.
    private static final long MOST_BYTES_A_PUT = 200;

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 500})
    void shouldAllocateOnlyTheResultOfAPut(int bodyBytes) {
        // given
        MessageStoreConfig.Builder config = Stores.config()
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, 64 << 20)
                .set(StoreSetting.FLUSH_INTERVAL_COMMIT_LOG, 3_600_000);
        DefaultMessageStore store = Stores.start(config,
                LiveEnvironment.builder().disk(new UnforcedDisk()).build());
        MessageExtBrokerInner message = new MessageExtBrokerInner().topic("topic")
                .queueId(3)
                .body(new byte[bodyBytes])
                .propertiesString("TAGS\u0001red\u0002");
        put(store, message, WARM_UP_PUTS);

        // when
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        put(store, message, PUTS);
        long bytesAPut = (threads.getCurrentThreadAllocatedBytes() - before) / PUTS;

        // then
        store.kill();
        assertThat(bytesAPut).as("bytes allocated a put of %d bytes", bodyBytes)
                .isPositive()
                .isLessThanOrEqualTo(MOST_BYTES_A_PUT);
    }

    private static void put(MessageStore store, MessageExtBrokerInner message, int count) {
        for (int i = 0; i < count; i++) {
            if (!store.asyncPutMessage(message).resultNow().isOk()) {
                throw new AssertionError("put " + i + " was refused");
            }
        }
    }
}
