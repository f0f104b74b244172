package dev.storescope.app.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogScaleTest {

    private final LogScale scale = new LogScale(1, 1_000_000);

    @Test
    void shouldGiveEachOrderOfMagnitudeTheSameRoom() {
        assertThat(scale.position(1)).isZero();
        assertThat(scale.position(1_000)).isEqualTo(0.5, within(1e-9));
        assertThat(scale.position(1_000_000)).isEqualTo(1);
        assertThat(scale.position(0)).isZero();
        assertThat(scale.position(5_000_000)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1000000", "0.5, 1000", "0.73, 24000", "0.05, 2"})
    void shouldRoundToTwoDigitsThatAHandCanMean(double position, double value) {
        assertThat(scale.value(position)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "9, 10", "99, 100", "100, 110", "24000, 25000", "24300, 25000", "1000000, 1000000"})
    void shouldStepToTheNextLargerOne(double from, double to) {
        assertThat(scale.after(from)).isEqualTo(to);
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "1, 1", "10, 9", "100, 99", "110, 100", "24000, 23000", "24300, 24000"})
    void shouldStepToTheNextSmallerOne(double from, double to) {
        assertThat(scale.before(from)).isEqualTo(to);
    }

    @Test
    void shouldNotBeginAtZero() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LogScale(0, 10))
                .withMessage("log scale: expected 0 < least < greatest, found 0.0 and 10.0");
    }
}
