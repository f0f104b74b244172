package dev.storescope.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QueueOffsetsTest {
    private final QueueOffsets offsets = new QueueOffsets();

    @Test
    void shouldBeginAtZero() {
        assertThat(offsets.next("t", 0)).isZero();
        assertThat(offsets.next("t", Integer.MAX_VALUE)).isZero();
        assertThat(offsets.next("t", -1)).isZero();
    }

    @Test
    void shouldGoOnBehindTheHighestOffsetThatWasSeen() {
        // when
        offsets.observe("t", 2, 41);
        offsets.observe("t", 2, 17);

        // then
        assertThat(offsets.next("t", 2)).isEqualTo(42);
        assertThat(offsets.next("t", 1)).isZero();
        assertThat(offsets.next("u", 2)).isZero();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldKeepEachQueueForItself(long seed) {
        // given
        Random random = new Random(seed);
        Map<String, Long> expected = new HashMap<>();
        int[] queueIds = {0, 1, 7, 8, 9, 100, 1_023, 1_024, 1_025, 1_000_000, -1, Integer.MIN_VALUE,
            Integer.MAX_VALUE};

        // when
        for (int i = 0; i < 2_000; i++) {
            String topic = "t" + random.nextInt(3);
            int queueId = queueIds[random.nextInt(queueIds.length)];
            long next = random.nextLong(1L << 40);
            if (random.nextBoolean()) {
                offsets.setLocked(topic, queueId, next);
                expected.put(topic + " " + queueId, next);
            } else {
                offsets.observe(topic, queueId, next);
                expected.merge(topic + " " + queueId, next + 1, Math::max);
            }
        }

        // then
        for (int topic = 0; topic < 3; topic++) {
            for (int queueId : queueIds) {
                assertThat(offsets.next("t" + topic, queueId)).as("seed %d, t%d queue %d", seed, topic, queueId)
                        .isEqualTo(expected.getOrDefault("t" + topic + " " + queueId, 0L));
            }
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 10);
    }
}
