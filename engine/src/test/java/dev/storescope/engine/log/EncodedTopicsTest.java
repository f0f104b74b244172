package dev.storescope.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedTopicsTest {
    private final EncodedTopics topics = new EncodedTopics();

    @Test
    void shouldEncodeEachTopicHoweverManyTakeTurns() {
        for (int i = 0; i < 1_000; i++) {
            String topic = "topic-" + i % 50 + "-\u4e2d";
            assertThat(topics.get(topic)).isEqualTo(topic.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void shouldEncodeATopicThatIsAskedForAgainOnceOnly() {
        byte[] first = topics.get("orders");

        assertThat(topics.get(new StringBuilder("orders").toString())).isSameAs(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a\\b", "tab\t", "\ud800"})
    void shouldHaveNoBytesForWhatNoTopicMayBe(String topic) {
        assertThat(topics.get(topic)).isSameAs(EncodedTopics.ILLEGAL);
        assertThat(topics.get(topic)).isSameAs(EncodedTopics.ILLEGAL);
    }

    @Test
    void shouldHaveNoBytesForWhatIsTooLong() {
        assertThat(topics.get("x".repeat(255))).hasSize(255);
        assertThat(topics.get("x".repeat(256))).isSameAs(EncodedTopics.ILLEGAL);
        assertThat(topics.get("\u4e2d".repeat(86))).isSameAs(EncodedTopics.ILLEGAL);
    }
}
