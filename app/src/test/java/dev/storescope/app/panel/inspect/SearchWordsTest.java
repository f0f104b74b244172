package dev.storescope.app.panel.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.inspect.SearchWords.Meaning;
import dev.storescope.app.panel.inspect.SearchWords.Place;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.inspect.MessageQuery;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchWordsTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final Texts texts = new Texts(Language.ENGLISH);

    @Test
    void shouldNotRestrictByWhatIsBlank() {
        var words = new SearchWords(" ", "", "", "", "", "", SHANGHAI);

        assertThat(words.isEmpty()).isTrue();
        assertThat(query(words)).isEqualTo(MessageQuery.ALL);
    }

    @Test
    void shouldTakeEachWord() {
        var words = new SearchWords(" orders ", "3", "k1", "tagA", "", "", SHANGHAI);

        assertThat(query(words)).isEqualTo(
                MessageQuery.ALL.ofTopic("orders").ofQueue(3).withKey("k1").withTags("tagA"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21, 2026-11-20T16:00:00Z, 2026-11-21T15:59:59.999Z",
        "2026-11-21 07:47, 2026-11-20T23:47:00Z, 2026-11-20T23:47:59.999Z",
        "2026-11-21T07:47:08, 2026-11-20T23:47:08Z, 2026-11-20T23:47:08.999Z",
        "2026-11-21 07:47:08.250, 2026-11-20T23:47:08.250Z, 2026-11-20T23:47:08.250Z",
        "1795247228293, 2026-11-21T07:47:08.293Z, 2026-11-21T07:47:08.293Z"})
    void shouldTakeAllOfTheTimeThatIsWritten(String written, String from, String to) {
        var words = new SearchWords("", "", "", "", written, written, SHANGHAI);

        assertThat(Instant.ofEpochMilli(query(words).fromTimestamp())).isEqualTo(from);
        assertThat(Instant.ofEpochMilli(query(words).toTimestamp())).isEqualTo(to);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-13-01", "7:47", "2026-11-21 25:00"})
    void shouldSayWhatItExpectedOfATime(String written) {
        var words = new SearchWords("", "", "", "", written, "", SHANGHAI);

        assertThat(words.meaning(texts)).isInstanceOfSatisfying(Meaning.Wrong.class,
                wrong -> assertThat(wrong.problem()).contains("expected", "found “"));
    }

    @Test
    void shouldSayWhatItExpectedOfAQueue() {
        var words = new SearchWords("", "one", "", "", "", "", SHANGHAI);

        assertThat(words.meaning(texts)).isEqualTo(new Meaning.Wrong("queue: expected a number, found “one”"));
    }

    @Test
    void shouldTakeAPlaceFromAnOffsetOrAnId() {
        assertThat(SearchWords.place("4 979")).isEqualTo(new Place(4979, ""));
        assertThat(SearchWords.place("c0a8070900002a9f0000000000000290"))
                .isEqualTo(new Place(656, "C0A8070900002A9F0000000000000290"));
        assertThat(SearchWords.place("orders").isOffset()).isFalse();
        assertThat(SearchWords.place("99999999999999999999").isOffset()).isFalse();
    }

    private MessageQuery query(SearchWords words) {
        return ((Meaning.Query) words.meaning(texts)).query();
    }
}
