package dev.storescope.app.panel.putlatency;

import static dev.storescope.app.panel.Readings.histogram;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.storescope.app.control.HistogramChart.Content;
import dev.storescope.app.control.HistogramChart.Mark;
import java.util.List;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyBarsTest {

    @Test
    void shouldMakeTheTallestBarAsTallAsTheChart() {
        // given 90 puts of 100 us, 10 of 1 ms
        Histogram histogram = histogram(LongStream.range(0, 100).map(i -> i < 90 ? 100_000 : 1_000_000).toArray());
        // when
        Content content = LatencyBars.of(histogram);
        // then
        assertThat(content.bars()).hasSize(LatencyBars.BARS).filteredOn(bar -> bar > 0).hasSize(2);
        assertThat(content.bars()).anyMatch(bar -> bar == 1).anyMatch(bar -> Math.abs(bar - 1.0 / 9) < 1e-9);
    }

    @Test
    void shouldGiveEachOrderOfMagnitudeTheSameRoom() {
        // when
        Content content = LatencyBars.of(histogram(1_000, 10_000, 100_000, 1_000_000));
        // then
        assertThat(content.ticks()).map(tick -> tick.text().replace('\u00a0', ' '))
                .startsWith("1 µs", "10 µs",
                        "100 µs");
        double first = content.ticks().get(1).position() - content.ticks().get(0).position();
        double second = content.ticks().get(2).position() - content.ticks().get(1).position();
        assertThat(second).isEqualTo(first, within(1e-9));
    }

    @Test
    void shouldStandInTheMiddleWhenAllTakeAboutTheSame() {
        // when
        Content content = LatencyBars.of(histogram(2_200, 2_300, 2_500));
        // then
        assertThat(content.marks()).allMatch(mark -> mark.position() > 0.2 && mark.position() < 0.8);
    }

    @Test
    void shouldEndAtPowersOfTenWhenAllTakeAboutTheSame() {
        assertThat(LatencyBars.of(histogram(150_000, 180_000)).ticks())
                .extracting(tick -> tick.text().replace('\u00a0', ' '))
                .containsExactly("10 µs", "100 µs", "1 ms");
    }

    @Test
    void shouldLabelFewTicksEquallyFarApartWhenTheAxisIsLong() {
        // when from 100 ns to 10 s
        List<Mark> ticks = LatencyBars.of(histogram(150, 9_000_000_000L)).ticks();
        // then
        assertThat(ticks).extracting(tick -> tick.text().replace('\u00a0', ' '))
                .containsExactly("100 ns", "10 µs", "1 ms", "100 ms", "10 s");
        for (int i = 1; i < ticks.size(); i++) {
            assertThat(ticks.get(i).position() - ticks.get(i - 1).position()).isEqualTo(0.25, within(1e-9));
        }
    }

    @Test
    void shouldMarkThePercentilesWhereTheirBarsAre() {
        // given
        Histogram histogram = histogram(LongStream.rangeClosed(1, 10_000).map(i -> i * 1_000).toArray());
        // when
        Content content = LatencyBars.of(histogram);
        // then
        assertThat(content.marks()).extracting(Mark::text).containsExactly("p50", "p99", "p99.9", "max");
        assertThat(content.marks()).extracting(Mark::position).isSorted();
        assertThat(content.marks().getLast().position()).isBetween(0.9, 1.0);
    }

    @Test
    void shouldDrawASingleFastPut() {
        // when
        Content content = LatencyBars.of(histogram(0));
        // then
        assertThat(content.bars()).filteredOn(bar -> bar > 0).hasSize(1);
        assertThat(content.marks()).allMatch(mark -> mark.position() >= 0 && mark.position() <= 1);
    }
}
