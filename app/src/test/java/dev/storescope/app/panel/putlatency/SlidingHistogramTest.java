package dev.storescope.app.panel.putlatency;

import static dev.storescope.app.panel.Readings.histogram;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlidingHistogramTest {
    private static final long SPAN_NS = 10_000;

    @Test
    void shouldHoldWhatWasMeasuredInTheSpan() {
        // given
        var sliding = new SlidingHistogram(SPAN_NS);
        sliding.add(1_000, histogram(100, 200));
        sliding.add(5_000, histogram(300));
        // when
        sliding.expire(11_001);
        // then
        assertThat(sliding.sum().getTotalCount()).isEqualTo(1);
        assertThat(sliding.sum().getMaxValue()).isEqualTo(300);
        sliding.expire(15_001);
        assertThat(sliding.sum().getTotalCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldBeTheSameAsAHistogramOfTheSpanAlone(long seed) {
        // given
        var random = new Random(seed);
        var sliding = new SlidingHistogram(SPAN_NS);
        var values = new long[100][];
        // when intervals of 400 ns with all orders of magnitude
        for (int i = 0; i < values.length; i++) {
            values[i] = LongStream.generate(() -> (long) Math.pow(10, random.nextDouble() * 10))
                    .limit(random.nextInt(50))
                    .toArray();
            sliding.add(i * 400L, histogram(values[i]));
            sliding.expire(i * 400L);
        }
        // then
        Histogram expected = new Histogram(1, 600_000_000_000L, 3);
        for (int i = 0; i < values.length; i++) {
            if (99 * 400L - i * 400L <= SPAN_NS) {
                LongStream.of(values[i]).forEach(expected::recordValue);
            }
        }
        assertThat(sliding.sum().getTotalCount()).as("seed " + seed).isEqualTo(expected.getTotalCount());
        assertThat(sliding.sum().getMaxValue()).as("seed " + seed).isEqualTo(expected.getMaxValue());
        for (double percentile : new double[] {0, 50, 99, 99.9}) {
            assertThat(sliding.sum().getValueAtPercentile(percentile)).as("seed %d, p%s", seed, percentile)
                    .isEqualTo(expected.getValueAtPercentile(percentile));
        }
    }
}
