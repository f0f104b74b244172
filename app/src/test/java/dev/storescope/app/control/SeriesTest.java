package dev.storescope.app.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SeriesTest {

    @Test
    void shouldForgetTheOldestWhenFull() {
        // given
        var series = new Series(3);
        // when
        for (int i = 1; i <= 5; i++) {
            series.add(i, i * 10);
        }
        // then
        assertThat(series.size()).isEqualTo(3);
        assertThat(series.timeNanos(0)).isEqualTo(3);
        assertThat(series.high(2)).isEqualTo(50);
        assertThat(series.indexFrom(4)).isEqualTo(1);
        assertThat(series.indexFrom(6)).isEqualTo(3);
    }

    @Test
    void shouldKnowNothingInAGap() {
        // given
        var series = new Series(10);
        series.add(100, 7);
        series.addGap(200);
        series.addGap(250);
        series.add(300, 9);
        // then
        assertThat(series.size()).as("one gap is enough").isEqualTo(3);
        assertThat(series.at(100, 10)).isEqualTo(OptionalDouble.of(7));
        assertThat(series.at(240, 10)).isEmpty();
        assertThat(series.at(300, 10)).isEqualTo(OptionalDouble.of(9));
    }

    @Test
    void shouldKnowNothingBeforeTheFirstAndLongAfterTheLast() {
        // given
        var series = new Series(10);
        series.add(100, 7);
        series.add(200, 8);
        // then
        assertThat(series.at(99, 50)).isEmpty();
        assertThat(series.at(150, 50)).isEqualTo(OptionalDouble.of(8));
        assertThat(series.at(240, 50)).isEqualTo(OptionalDouble.of(8));
        assertThat(series.at(251, 50)).isEmpty();
        assertThat(new Series(2).at(0, 50)).isEmpty();
    }

    @Test
    void shouldFindTheHighestOfTheTimeThatIsShown() {
        // given
        var series = new Series(10);
        series.add(100, 90);
        series.add(200, 3, 5);
        series.addGap(300);
        // then
        assertThat(series.highestFrom(150)).isEqualTo(OptionalDouble.of(5));
        assertThat(series.highestFrom(0)).isEqualTo(OptionalDouble.of(90));
        assertThat(series.highestFrom(301)).isEmpty();
    }

    @Test
    void shouldNotBeginWithAGap() {
        // given
        var series = new Series(10);
        // when
        series.addGap(5);
        // then
        assertThat(series.size()).isZero();
    }
}
