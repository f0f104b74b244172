package dev.storescope.app.panel.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimeTicksTest {
    @Test
    void shouldStandAtRoundTimesBeforeNow() {
        assertThat(TimeTicks.of(new TimeWindow(10_000, 1_000), 11_000, 5)).containsExactly(10_000L, 10_200L, 10_400L,
                10_600L, 10_800L, 11_000L);
    }

    @Test
    void shouldCountFromNowWhereverOneLooks() {
        assertThat(TimeTicks.of(new TimeWindow(3_333, 1_000), 10_007, 2)).containsExactly(3_507L, 4_007L);
        assertThat(TimeTicks.of(new TimeWindow(20_000, 1_000), 10_007, 2)).containsExactly(20_007L, 20_507L);
    }

    @Test
    void shouldNeverBeMoreThanThereIsRoomFor() {
        for (long span = 200; span < 1_000_000_000_000L; span = span * 3 / 2) {
            assertThat(TimeTicks.of(new TimeWindow(-span / 2, span), 17, 7).size()).as("span %d", span)
                    .isBetween(2, 8);
        }
    }
}
