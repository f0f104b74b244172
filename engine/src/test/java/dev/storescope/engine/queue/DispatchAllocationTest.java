package dev.storescope.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.storescope.engine.api.MessageArrivingListener;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.dispatch.ReputMessageService;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.log.ManualLog;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispatchAllocationTest {
    private static final int MESSAGES = 60_000;
    /// Each of the small files costs a scanner, each turn a little.
    private static final double MOST_BYTES_A_MESSAGE = 16;

    @Test
    void shouldAllocateNothingForAMessageThatGoesIntoAQueue() throws IOException {
        // given
        ManualLog log = ManualLog.open(ManualLog.config()
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, 4 << 20)
                .set(StoreSetting.MAPPED_FILE_SIZE_CONSUME_QUEUE, 200_000));
        LiveEnvironment live = LiveEnvironment.builder().disk(log.disk).withoutProbe().build();
        ConsumeQueueStore queues = new ConsumeQueueStore(live, log.config, log.log, log.flags);
        ReputMessageService reput = new ReputMessageService(live, log.config, log.log, List.of(queues),
                MessageArrivingListener.NONE);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // when
        put(log);
        reput.onStop();
        put(log);
        long before = threads.getCurrentThreadAllocatedBytes();
        reput.onStop();
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        // then
        assertThat(reput.dispatched()).isEqualTo(2L * MESSAGES);
        assertThat((double) bytes / MESSAGES).as("bytes allocated a message").isLessThan(MOST_BYTES_A_MESSAGE);
    }

    private static void put(ManualLog log) {
        for (int i = 0; i < MESSAGES; i++) {
            log.put(ManualLog.message("topic-" + i % 5, i % 8)
                    .propertiesString("KEYS\u0001k\u0002TAGS\u0001red\u0002"));
            if (i % 1_000 == 0) {
                log.environment.probe().clear();
            }
        }
    }
}
