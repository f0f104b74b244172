package dev.storescope.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How numbers are written; `_` stands for the no-break space.
class FormatsTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "999, 999", "1000, 1_000", "10097525, 10_097_525", "-1234, −1_234"})
    void shouldGroupDigitsByThree(long number, String text) {
        assertThat(Formats.count(number)).isEqualTo(spaced(text));
    }

    @ParameterizedTest
    @CsvSource({"0, 0_B", "999, 999_B", "1000, 0.98_KiB", "1024, 1_KiB", "1536, 1.5_KiB", "41216, 40.3_KiB",
        "67108864, 64_MiB", "1073741824, 1_GiB", "9223372036854775807, 8_EiB"})
    void shouldWriteBytes(long bytes, String text) {
        assertThat(Formats.bytes(bytes)).isEqualTo(spaced(text));
    }

    @ParameterizedTest
    @CsvSource({"0, 0_ns", "870, 870_ns", "2100, 2.1_µs", "12400, 12.4_µs", "1710000, 1.71_ms", "999600000, 1_s",
        "6200000000, 6.2_s", "240000000000, 4_min", "-2100, −2.1_µs"})
    void shouldWriteDurations(long nanos, String text) {
        assertThat(Formats.duration(nanos)).isEqualTo(spaced(text));
    }

    @ParameterizedTest
    @CsvSource({"-5, <_1_s", "999999999, <_1_s", "1000000000, 1_s", "99999999999, 99_s", "178800000000, 2_min",
        "5999000000000, 99_min", "6000000000000, 1_h", "36000000000000000, 10_000_h"})
    void shouldWriteAgesInWholeNumbers(long nanos, String text) {
        assertThat(Formats.age(nanos)).isEqualTo(spaced(text));
    }

    @ParameterizedTest
    @CsvSource({"0, 0_s", "62900000000, 62_s", "178800000000, 2_min_58_s", "11520000000000, 3_h_12_min"})
    void shouldWriteHowLongSomethingHasBeenGoingOn(long nanos, String text) {
        assertThat(Formats.elapsed(nanos)).isEqualTo(spaced(text));
    }

    @ParameterizedTest
    @CsvSource({"0, 0_/s", "0.5, 0.5_/s", "9.94, 9.9_/s", "23994.4, 23_994_/s"})
    void shouldWriteRates(double rate, String text) {
        assertThat(Formats.perSecond(rate)).isEqualTo(spaced(text));
    }

    @ParameterizedTest
    @CsvSource({"0, 00000000000000000000", "9437184, 00000000000009437184"})
    void shouldNameFilesByTheirFirstOffset(long offset, String name) {
        assertThat(Formats.fileName(offset)).isEqualTo(name);
    }

    private static String spaced(String text) {
        return text.replace('_', '\u00a0');
    }
}
