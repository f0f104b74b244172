package dev.storescope.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessAgeTest {
    @Test
    void shouldCountFromWhereTheSystemStartedTheProcess() {
        // given a name that looks like the fields behind it
        String stat = "4711 (a) S 1 (b) S 1 2 3 0 -1 4194560 9 0 0 0 1 2 0 0 20 0 1 0 12345 1000 2000\n";
        // when
        Duration age = ProcessAge.age(stat, "125.70 240.11\n");
        // then
        assertThat(age).isEqualTo(Duration.ofMillis(2_250));
    }

    @Test
    void shouldSayWhatItExpectedWhenTheSystemTellsSomethingElse() {
        assertThatThrownBy(() -> ProcessAge.age("4711 (java) S 1", "125.70 240.11"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 2 fields");
    }

    @Test
    void shouldGrowWhileTheProcessRuns() {
        // given
        Duration before = ProcessAge.now().orElseThrow();
        // when
        Duration after = ProcessAge.now().orElseThrow();
        // then
        assertThat(before).isPositive();
        assertThat(after).isGreaterThanOrEqualTo(before);
    }
}
