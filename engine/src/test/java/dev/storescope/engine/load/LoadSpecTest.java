package dev.storescope.engine.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.StoreException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LoadSpecTest {
    @ParameterizedTest
    @MethodSource("wrongValues")
    void shouldNameFieldRangeAndWhatWasFound(Runnable wrong, String message) {
        assertThatThrownBy(wrong::run).isInstanceOf(StoreException.class).hasMessage(message);
    }

    static Stream<Arguments> wrongValues() {
        return Stream.of(
                wrong(() -> LoadSpec.builder().producers(257).build(), "load, producers: expected 1 to 256, found 257"),
                wrong(() -> LoadSpec.builder().topics(0).build(), "load, topics: expected 1 to 10,000, found 0"),
                wrong(() -> new Pacing.Constant(-0.5),
                        "load, rate: expected 0 to 50,000,000 messages/s, found -0.5"),
                wrong(() -> new Pacing.Constant(Double.NaN),
                        "load, rate: expected 0 to 50,000,000 messages/s, found NaN"),
                wrong(() -> new Pacing.Steps(100, -30, 1, 4),
                        "load, rate of the last step: expected 0 to 50,000,000 messages/s, found -20"),
                wrong(() -> new BodySize.Uniform(100, 99),
                        "load, longest body: expected 100 to 67,108,864 bytes, found 99"),
                wrong(() -> LoadLimits.DEFAULT.withMinFreeDiskRatio(1.5),
                        "load, free part of the disk: expected 0 to 1, found 1.5"),
                wrong(() -> LoadSpec.builder()
                        .producers(256)
                        .batchSize(1_024)
                        .body(new BodySize.Fixed(1 << 20))
                        .build(),
                        "load, producers x batch x longest body: expected 0 to 1,073,741,824 bytes, found"
                                + " 274,877,906,944"));
    }

    private static Arguments wrong(Runnable code, String message) {
        return Arguments.of(code, message);
    }

    @Test
    void shouldStartABuilderFromASpec() {
        // given
        LoadSpec spec = LoadSpec.builder()
                .producers(3)
                .pacing(new Pacing.Bursts(10, 1))
                .body(new BodySize.LogUniform(1, 9_999))
                .topics(2)
                .queuesPerTopic(7)
                .keys(true)
                .tags(5)
                .extraPropertyBytes(11)
                .batchSize(4)
                .waitStoreMsgOk(false)
                .maxLatenessNs(12)
                .limits(LoadLimits.DEFAULT.withSeconds(2))
                .seed(99)
                .build();
        // then
        assertThat(spec.toBuilder().build()).isEqualTo(spec);
    }

    @ParameterizedTest
    @MethodSource("bodySizes")
    void shouldDrawEverySizeBetweenTheBounds(BodySize size, double expectedMean) {
        // given
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long sum = 0;
        int draws = 20_000;
        // when
        int min = Integer.MAX_VALUE;
        int max = 0;
        for (int i = 0; i < draws; i++) {
            int drawn = size.draw(random.nextLong());
            sum += drawn;
            min = Math.min(min, drawn);
            max = Math.max(max, drawn);
        }
        // then
        assertThat(min).as("seed %d", seed).isEqualTo(size.minBytes());
        assertThat(max).as("seed %d", seed).isEqualTo(size.maxBytes());
        assertThat((double) sum / draws).as("seed %d", seed).isBetween(expectedMean * 0.9, expectedMean * 1.1);
    }

    static Stream<Arguments> bodySizes() {
        return Stream.of(Arguments.of(new BodySize.Fixed(100), 100), Arguments.of(new BodySize.Uniform(10, 110), 60),
                // Of a log-uniform distribution on [a, b) the mean is (b - a) / ln(b / a).
                Arguments.of(new BodySize.LogUniform(0, 63), 63 / Math.log(64) - 1));
    }
}
