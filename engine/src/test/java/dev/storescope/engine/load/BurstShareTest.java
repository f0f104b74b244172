package dev.storescope.engine.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.load.LoadRun.Burst;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class BurstShareTest {
    @Test
    void shouldTakeTheMomentOfEachBurst() {
        // given
        BurstShare share = new BurstShare(0, 1, 10);
        Burst[] bursts = {new Burst(100, 15), new Burst(200, 1)};
        // then
        assertThat(share.take(bursts)).isTrue();
        assertThat(share.askedNanos()).isEqualTo(100);
        assertThat(share.takenMessages()).isEqualTo(10);
        assertThat(share.take(bursts)).isTrue();
        assertThat(share.takenMessages()).isEqualTo(5);
        assertThat(share.take(bursts)).isTrue();
        assertThat(share.askedNanos()).isEqualTo(200);
        assertThat(share.take(bursts)).isFalse();
    }

    @RepeatedTest(20)
    void shouldSendEachMessageOfABurstOnce() {
        // given
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int producers = random.nextInt(1, 40);
        int batchSize = random.nextInt(1, 10);
        Burst[] bursts = IntStream.range(0, random.nextInt(1, 4))
                .mapToObj(i -> new Burst(i, random.nextInt(1, 200)))
                .toArray(Burst[]::new);
        // when
        long sent = IntStream.range(0, producers)
                .mapToLong(producer -> new BurstShare(producer, producers, batchSize).messagesLeft(bursts))
                .sum();
        // then
        assertThat(sent).as("seed %d", seed)
                .isEqualTo(IntStream.range(0, bursts.length)
                        .mapToLong(i -> bursts[i].messages())
                        .sum());
    }
}
