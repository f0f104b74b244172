package dev.storescope.app.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PanelHeaderTest {

    @ParameterizedTest
    @CsvSource({"Commit log, COMMIT LOG", "CommitLog, CommitLog", "Put latency, PUT LATENCY", "写入延迟, 写入延迟",
        "Flush and commit, FLUSH AND COMMIT"})
    void shouldWriteTitlesInCapitalsButForNamesOfTheField(String title, String shown) {
        assertThat(PanelHeader.capitals(title)).isEqualTo(shown);
    }
}
