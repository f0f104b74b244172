package dev.storescope.engine.log.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Utf8Test {
    @ParameterizedTest
    @MethodSource("seeds")
    void shouldEncodeAndMeasureAsTheJdkDoes(long seed) {
        // given any chars, halves of pairs too
        Random random = new Random(seed);
        StringBuilder chars = new StringBuilder();
        for (int i = random.nextInt(50); i > 0; i--) {
            switch (random.nextInt(5)) {
                case 0, 1 -> chars.append((char) random.nextInt(0x80));
                case 2 -> chars.append((char) random.nextInt(0x10000));
                case 3 -> chars.append((char) (0xD800 + random.nextInt(0x800)));
                default -> chars.appendCodePoint(0x10000 + random.nextInt(0x1000));
            }
        }
        String text = chars.toString();
        byte[] expected = text.getBytes(StandardCharsets.UTF_8);

        // when
        byte[] target = new byte[5 + text.length() * Utf8.MAX_BYTES_PER_CHAR];
        int bytes = Utf8.encode(text, target, 5);

        // then
        assertThat(Arrays.copyOfRange(target, 5, 5 + bytes)).as("seed %d", seed).isEqualTo(expected);
        assertThat(Utf8.sizeBytes(text)).as("seed %d", seed).isEqualTo(expected.length);
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }
}
