package dev.storescope.engine.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropertyBytesTest {
    private static final int ROUNDS = 5_000;
    private static final int MOST_BYTES = 40;

    /// The bytes next to the wanted one and those with the high bit are where a search word by word may go wrong.
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldFindTheFirstAsALoopOverTheBytesDoes(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            // given
            byte wanted = (byte) (1 + random.nextInt(3));
            byte[] bytes = new byte[MOST_BYTES + PropertyBytes.PADDING_BYTES];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (random.nextInt(4) == 0 ? wanted : wanted + random.nextInt(-3, 4) * 127);
            }
            int from = random.nextInt(MOST_BYTES);
            int end = from + random.nextInt(MOST_BYTES - from + 1);
            int expected = from;
            while (expected < end && bytes[expected] != wanted) {
                expected++;
            }

            // when, then
            assertThat(PropertyBytes.indexOf(bytes, wanted, from, end))
                    .as("seed %d, round %d: %d in %s from %d to %d", seed, round, wanted, Arrays.toString(bytes), from,
                            end)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldHashAsTextsDo(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            // given
            int length = random.nextInt(MOST_BYTES);
            byte[] bytes = new byte[length + PropertyBytes.PADDING_BYTES];
            random.nextBytes(bytes);
            for (int i = 0; i < length; i++) {
                bytes[i] &= 0x7F;
            }
            int from = random.nextInt(length + 1);
            String text = new String(bytes, from, length - from, StandardCharsets.US_ASCII);

            // when, then
            assertThat(PropertyBytes.asciiHash(0, bytes, from, length)).as("seed %d, round %d", seed, round)
                    .isEqualTo(Integer.toUnsignedLong(text.hashCode()));
            assertThat(PropertyBytes.asciiHash("topic#".hashCode(), bytes, from, length))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(Integer.toUnsignedLong(("topic#" + text).hashCode()));
            if (from < length) {
                bytes[random.nextInt(from, length)] |= (byte) 0x80;
                assertThat(PropertyBytes.asciiHash(0, bytes, from, length)).as("seed %d, round %d", seed, round)
                        .isEqualTo(PropertyBytes.NOT_ASCII);
            }
        }
    }

    @Test
    void shouldReadNoMoreThanTheTextAsAWord() {
        byte[] bytes = "KEYS\0TAGS-and-more".getBytes(StandardCharsets.US_ASCII);

        assertThat(PropertyBytes.word(bytes, 0, 4)).isEqualTo(0x5359454BL);
        assertThat(PropertyBytes.word(bytes, 0, 0)).isZero();
        assertThat(PropertyBytes.word(bytes, 0, 8)).isEqualTo(PropertyBytes.word(bytes, 0, 9))
                .isEqualTo(0x474154005359454BL);
    }
}
