package dev.storescope.engine.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class CleanConsumeQueueServiceTest {
    private static final long MS = 1_000_000;

    private final List<String> calls = new ArrayList<>();
    private final Deque<Integer> queueFiles = new ArrayDeque<>();
    private long minLogOffset;
    private boolean indexFails;
    private final CleanConsumeQueueService service = new CleanConsumeQueueService(
            MessageStoreConfig.builder(Path.of("/store"))
                    .set(StoreSetting.CLEAN_RESOURCE_INTERVAL, 7_000)
                    .set(StoreSetting.DELETE_CONSUME_QUEUE_FILES_INTERVAL, 30)
                    .build(),
            () -> minLogOffset, List.of(this::queues, this::index));

    private int queues(long minOffset) {
        calls.add("queues " + minOffset);
        return queueFiles.isEmpty() ? 0 : queueFiles.pop();
    }

    private int index(long minOffset) throws IOException {
        calls.add("index " + minOffset);
        if (indexFails) {
            throw new IOException("in use");
        }
        return 0;
    }

    @Test
    void shouldDoNothingWhileTheLogBeginsWhereItDid() {
        // then
        assertThat(service.doWork()).isZero();
        assertThat(service.waitNs(0)).isEqualTo(7_000 * MS);
        assertThat(calls).isEmpty();
    }

    @Test
    void shouldAskAgainAfterAPauseUntilNothingIsLeft() {
        // given
        minLogOffset = 8_192;
        queueFiles.addAll(List.of(2, 1));

        // when
        assertThat(service.doWork()).isEqualTo(2);
        assertThat(service.waitNs(2)).isEqualTo(30 * MS);
        assertThat(service.doWork()).isEqualTo(1);
        assertThat(service.doWork()).isZero();
        assertThat(service.doWork()).isZero();

        // then the turn that found nothing was the last
        assertThat(calls).containsExactly("queues 8192", "index 8192", "queues 8192", "index 8192", "queues 8192",
                "index 8192");
        // when
        minLogOffset = 16_384;
        service.doWork();
        // then
        assertThat(calls).endsWith("queues 16384", "index 16384");
    }

    @Test
    void shouldTryAgainWhatFailedAndNotLetTheOthersSuffer() {
        // given
        minLogOffset = 100;
        indexFails = true;
        queueFiles.add(1);

        // when
        assertThat(service.doWork()).isEqualTo(1);
        assertThat(service.doWork()).isZero();
        indexFails = false;
        assertThat(service.doWork()).isZero();
        assertThat(service.doWork()).isZero();

        // then
        assertThat(calls).hasSize(6).endsWith("queues 100", "index 100");
    }
}
