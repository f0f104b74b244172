package dev.storescope.bench.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.bench.drive.Load.Producers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LoadTest {
    @Test
    void shouldReachTheOtherProcessAsItWas() {
        // given
        Load load = new Load(StoreSetup.Mode.POOL, new Producers(Producers.Kind.WINDOW, 256), 128, 2.5, 1L << 33,
                1 << 28, 4_000, new WarmFiles(Path.of("warm"), 20, 1 << 28));

        // when, then
        assertThat(Load.parse(load.arguments())).isEqualTo(load);
    }

    @Test
    void shouldTakeFiguresFromALineOfText() {
        // given
        Figures figures = new Figures().set(Figure.PUT_RATE, 1_234_567.5).set(Figure.P99, 0.25);

        // when, then
        assertThat(Figures.parse(figures.text()).values()).isEqualTo(figures.values());
    }

    @Test
    void shouldGiveMessagesOfOneLengthWithTwoKeys() {
        // given
        MessageTexts texts = new MessageTexts(3);

        // when, then
        for (long number : new long[] {0, 1, 77, 1L << 40}) {
            assertThat(texts.properties(number)).hasSize(85).contains("UNIQ_KEY\1").contains("KEYS\1");
            assertThat(texts.topic(number)).hasSize(13);
        }
        assertThat(texts.properties(1)).isNotEqualTo(texts.properties(2));
    }
}
