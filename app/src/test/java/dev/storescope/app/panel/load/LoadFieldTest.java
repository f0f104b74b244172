package dev.storescope.app.panel.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.Pacing;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadFieldTest {

    private static LoadSpec specWith(LoadField field) {
        return java.util.stream.Stream.of(LoadShape.values())
                .map(shape -> shape.at(new Pacing.Constant(100)))
                .map(pacing -> LoadSpec.builder().pacing(pacing).build())
                .filter(field::isPartOf)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(LoadField.class)
    void shouldStandInTheSpecWhereItSays(LoadField field) {
        LoadSpec changed = field.in(specWith(field), 7);

        assertThat(field.valueIn(changed)).isEqualTo(7);
        assertThat(field.parse(field.write(7))).hasValue(7);
    }

    @ParameterizedTest
    @EnumSource(value = LoadField.class, mode = EnumSource.Mode.EXCLUDE, names = {"STEPS_ADD", "STEPS_FROM"})
    void shouldHaveTheRangeThatTheLoadAllows(LoadField field) {
        // given small enough that nothing else is in the way
        LoadSpec spec = specWith(field).toBuilder().body(new BodySize.Fixed(16)).build();
        double beyond = Math.max(1e-3, Math.ulp(field.greatest()) * 4);
        double step = field.write(1).contains(".") || field.least() < 1 && field.least() > 0 ? beyond : 1;
        // then
        assertThatNoException().isThrownBy(() -> field.in(spec, field.least()));
        assertThatNoException().isThrownBy(() -> field.in(spec, field.greatest()));
        assertThatThrownBy(() -> field.in(spec, field.greatest() + step)).isInstanceOf(StoreException.class);
    }

    @ParameterizedTest
    @CsvSource({"24000, 24000", "24 000 /s, 24000", "24k, 24000", "1.5k/s, 1500", "2M, 2000000", "0, 0", "0.5, 0.5",
        "'24,000', 24000", "'1,234,567', 1234567", "１２ ０００, 12000"})
    void shouldReadARateAsPeopleWriteIt(String text, double rate) {
        assertThat(LoadField.RATE.parse(text)).hasValue(rate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fast", "-1", "50000001", "1e3", "1.2.3", "/s", "k", "NaN", "1,5", "1 5",
        "12 0000", "1,000,00"})
    void shouldNotReadWhatIsNoRate(String text) {
        assertThat(LoadField.RATE.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"20 s, 20", "20, 20", "500ms, 0.5", "1.5s, 1.5"})
    void shouldReadSeconds(String text, double seconds) {
        assertThat(LoadField.RAMP_SECONDS.parse(text)).hasValue(seconds);
    }

    @ParameterizedTest
    @CsvSource({"16, 16", "256, 256"})
    void shouldReadProducers(String text, double producers) {
        assertThat(LoadField.PRODUCERS.parse(text)).hasValue(producers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "257", "1.5", "many"})
    void shouldNotReadOtherNumbersOfProducers(String text) {
        assertThat(LoadField.PRODUCERS.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1 KiB, 1024, 1024", "1024, 1024, 1024", "0, 0, 0", "256 B – 16 KiB, 256, 16384", "1k-4k, 1024, 4096",
        "512..1M, 512, 1048576", "100 B to 200 B, 100, 200", "1.5 KiB, 1536, 1536"})
    void shouldReadABodySizeOrARange(String text, int least, int greatest) {
        Optional<BodySize> body = BodyRange.parse(text, BodyRange.Spread.LOG_UNIFORM);

        assertThat(body).map(BodySize::minBytes).hasValue(least);
        assertThat(body).map(BodySize::maxBytes).hasValue(greatest);
        assertThat(BodyRange.parse(BodyRange.write(body.orElseThrow()), BodyRange.Spread.LOG_UNIFORM)).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4k-1k", "1-2-3", "-5", "65 MiB", "big", "1.0001 KiB"})
    void shouldNotReadOtherBodySizes(String text) {
        assertThat(BodyRange.parse(text, BodyRange.Spread.UNIFORM)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(LoadShape.class)
    void shouldKeepTheRateWhenTheShapeChanges(LoadShape shape) {
        Pacing shaped = shape.at(new Pacing.Constant(4_000));

        assertThat(LoadShape.of(shaped)).isEqualTo(shape);
        assertThat(LoadShape.rateOf(shaped)).isEqualTo(4_000);
    }

    @ParameterizedTest
    @EnumSource(LoadShape.class)
    void shouldMakeEveryShapeOfNoRateAtAll(LoadShape shape) {
        assertThatNoException().isThrownBy(() -> shape.at(new Pacing.Constant(0)));
        assertThatNoException().isThrownBy(() -> shape.at(new Pacing.Constant(Pacing.MAX_PER_SECOND)));
    }

    @Test
    void shouldWriteBytesShortlyOnlyWhenThatSaysAllOfThem() {
        assertThat(plain(LoadNumber.BYTES.write(1024))).isEqualTo("1 KiB");
        assertThat(plain(LoadNumber.BYTES.write(1500))).isEqualTo("1 500 B");
        assertThat(plain(LoadNumber.BYTES.write(4 << 20))).isEqualTo("4 MiB");
        assertThat(plain(LoadNumber.BYTES.write(1000 * 1024))).isEqualTo("1 024 000 B");
    }

    private static String plain(String text) {
        return text.replace('\u00a0', ' ');
    }
}
