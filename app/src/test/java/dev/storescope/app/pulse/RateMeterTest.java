package dev.storescope.app.pulse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RateMeterTest {
    private static final long MILLI = 1_000_000;

    private final RateMeter meter = new RateMeter();

    @Test
    void shouldSayNothingAsLongAsThereWasTooLittleToSee() {
        meter.add(0, 0);
        assertThat(meter.perSecond()).isEmpty();

        meter.add(100 * MILLI, 1000);
        assertThat(meter.perSecond()).isEmpty();
    }

    @Test
    void shouldMeasureOverTheLastSecond() {
        // given 100 a second for 3 s, then 1000 a second for 2 s
        double total = 0;
        for (int ms = 0; ms <= 5_000; ms += 16) {
            meter.add(ms * MILLI, total);
            total += ms < 3_000 ? 1.6 : 16;
        }
        // then
        assertThat(meter.perSecond().orElseThrow()).isEqualTo(1000, within(1.0));
    }

    @Test
    void shouldFallToZeroWhenNothingComes() {
        // given
        for (int ms = 0; ms <= 3_000; ms += 50) {
            meter.add(ms * MILLI, Math.min(ms, 1_000));
        }
        // then
        assertThat(meter.perSecond()).hasValue(0);
    }

    @Test
    void shouldBeginAnewWhenTheTotalFalls() {
        // given
        meter.add(0, 5_000);
        meter.add(500 * MILLI, 6_000);
        // when
        meter.add(1_000 * MILLI, 10);
        // then
        assertThat(meter.perSecond()).isEmpty();
        meter.add(1_500 * MILLI, 20);
        assertThat(meter.perSecond()).hasValue(20);
    }

    @Test
    void shouldNotSpreadOverATimeInWhichNobodyLooked() {
        // given
        meter.add(0, 0);
        meter.add(500 * MILLI, 500);
        // when
        meter.add(60_000 * MILLI, 600);
        // then
        assertThat(meter.perSecond()).isEmpty();
    }
}
