package dev.storescope.engine.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessagePropertiesTest {
    private static final String NAME_END = "\u0001";
    private static final String PAIR_END = "\u0002";
    /// What hostile texts are made of: mostly separators, and few letters, so that names meet.
    private static final String ALPHABET = "aab" + NAME_END + NAME_END + PAIR_END + PAIR_END;

    @Test
    void shouldEndEachPairTheLastToo() {
        // given
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("TAGS", "red");
        properties.put("KEYS", "a b");

        // then
        assertThat(MessageProperties.encode(properties)).isEqualTo("TAGS\u0001red\u0002KEYS\u0001a b\u0002");
        assertThat(MessageProperties.encode(Map.of())).isEmpty();
    }

    @Test
    void shouldDropPairsWithoutNameOrValueAndNeedNoLastSeparator() {
        // given
        String text = "\u0001no name\u0002no value\u0001\u0002neither\u0002\u0002a\u00011\u0001and more\u0002b\u00012";

        // then
        assertThat(MessageProperties.decode(text)).containsExactly(entry("a", "1\u0001and more"), entry("b", "2"));
        assertThat(MessageProperties.decode("")).isEmpty();
        assertThat(MessageProperties.decode("no separator at all")).isEmpty();
    }

    @Test
    void shouldFindOneByItsWholeName() {
        // given
        String text = "KEYS_OLD\u0001old\u0002KEY\u0001short\u0002KEYS\u0001a b\u0002";

        // then
        assertThat(MessageProperties.find(text, "KEYS")).isEqualTo("a b");
        assertThat(MessageProperties.find(text, "KEY")).isEqualTo("short");
        assertThat(MessageProperties.find(text, "KEYS_")).isEmpty();
        assertThat(MessageProperties.find(text, "short")).isEmpty();
        assertThat(MessageProperties.find(text, "")).isEmpty();
    }

    @Test
    void shouldFindTheLastOfPairsWithOneNameAsDecodingDoes() {
        // given
        String text = "TAGS\u0001first\u0002TAGS\u0001last\u0002TAGS\u0001\u0002";

        // then
        assertThat(MessageProperties.decode(text)).containsExactly(entry("TAGS", "last"));
        assertThat(MessageProperties.find(text, "TAGS")).isEqualTo("last");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldReadBackWhatItWrote(long seed) {
        // given
        Random random = new Random(seed);
        Map<String, String> properties = new LinkedHashMap<>();
        IntStream.range(0, random.nextInt(20)).forEach(_ -> properties.put(text(random), text(random)));

        // when
        String text = MessageProperties.encode(properties);

        // then
        assertThat(MessageProperties.decode(text)).as("seed %d", seed).containsExactlyEntriesOf(properties);
        properties.forEach((name, value) -> assertThat(MessageProperties.find(text, name)).as("seed %d, %s", seed, name)
                .isEqualTo(value));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldFindWhatItDecodesInAnyText(long seed) {
        // given
        Random random = new Random(seed);
        StringBuilder hostile = new StringBuilder();
        IntStream.range(0, random.nextInt(60))
                .forEach(_ -> hostile.append(ALPHABET.charAt(random.nextInt(ALPHABET.length()))));
        String text = hostile.toString();

        // when
        Map<String, String> decoded = MessageProperties.decode(text);

        // then
        assertThat(decoded).as("seed %d", seed).doesNotContainKey("").doesNotContainValue("");
        for (String name : new String[] {"a", "b", "aa", "ab", "ba", "aab", ""}) {
            assertThat(MessageProperties.find(text, name)).as("seed %d, name %s", seed, name)
                    .isEqualTo(decoded.getOrDefault(name, ""));
        }
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    /// At least one character, none a separator; some outside the basic plane.
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        IntStream.rangeClosed(0, random.nextInt(12))
                .forEach(_ -> text.appendCodePoint(random.nextInt(8) == 0
                        ? 0x1F600 + random.nextInt(64)
                        : 3 + random.nextInt(0xD7FF - 3)));
        return text.toString();
    }
}
