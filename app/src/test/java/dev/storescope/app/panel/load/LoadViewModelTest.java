package dev.storescope.app.panel.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.Readings;
import dev.storescope.app.panel.load.LoadViewModel.Loop;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.LoadEnd;
import dev.storescope.engine.load.LoadLimits;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.LoadState;
import dev.storescope.engine.load.Pacing;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LoadViewModelTest {
    private static final LoadSpec SPEC = LoadSpec.builder().producers(16).pacing(new Pacing.Constant(4_000)).build();

    private final Texts texts = new Texts(Language.ENGLISH);
    private final LoadViewModel model = new LoadViewModel(texts);
    private final Readings readings = new Readings().loadSpec(SPEC).after(1);

    @BeforeEach
    void seeTheFirstFrame() {
        model.update(readings.frame());
    }

    private LoadSpec shown() {
        return model.specProperty().get();
    }

    private void nextFrame() {
        model.update(readings.after(0.25).frame());
    }

    @Test
    void shouldShowAChangeAtOnceAndHandItOut() {
        // when
        Optional<String> problem = model.enter(LoadField.PRODUCERS, "64");
        // then
        assertThat(problem).isEmpty();
        assertThat(shown().producers()).isEqualTo(64);
        assertThat(model.takeChange()).hasValue(SPEC.toBuilder().producers(64).build());
        assertThat(model.takeChange()).as("only once").isEmpty();
    }

    @Test
    void shouldKeepShowingAChangeUntilTheSessionHasIt() {
        // given
        model.enter(LoadField.PRODUCERS, "64");
        model.takeChange();
        // when frames still bring the spec of before
        nextFrame();
        assertThat(shown().producers()).isEqualTo(64);
        // when the session has it, with its own limits, and then someone else changes it
        readings.loadSpec(SPEC.toBuilder().producers(64).limits(LoadLimits.DEFAULT.withLogBytes(1 << 20)).build());
        nextFrame();
        readings.loadSpec(SPEC.toBuilder().producers(8).build());
        nextFrame();
        // then
        assertThat(shown().producers()).isEqualTo(8);
    }

    @Test
    void shouldGiveUpAChangeThatTheSessionRefused() {
        // given
        model.enter(LoadField.PRODUCERS, "64");
        model.takeChange();
        // when
        readings.after(3);
        nextFrame();
        // then
        assertThat(shown().producers()).isEqualTo(16);
    }

    @Test
    void shouldNotHandOutEachPixelOfADrag() {
        // given
        model.slide(LoadField.RATE, 5_000);
        assertThat(model.takeChange()).isPresent();
        // when
        model.slide(LoadField.RATE, 6_000);
        model.update(readings.after(0.016).frame());
        Optional<LoadSpec> tooSoon = model.takeChange();
        model.slide(LoadField.RATE, 7_000);
        model.update(readings.after(0.2).frame());
        // then
        assertThat(tooSoon).isEmpty();
        assertThat(model.takeChange()).map(LoadSpec::pacing).hasValue(new Pacing.Constant(7_000));
    }

    @Test
    void shouldHandOutAtOnceWhatAStartDependsOn() {
        // given
        model.slide(LoadField.RATE, 5_000);
        model.takeChange();
        // when
        model.slide(LoadField.RATE, 6_000);
        // then
        assertThat(model.takeChangeNow()).map(LoadSpec::pacing).hasValue(new Pacing.Constant(6_000));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"PRODUCERS|300|Expected 1 to 256, found 300", //
        "PRODUCERS|many|Expected 1 to 256, found many", //
        "RATE|-5|Expected 0 /s to 50 000 000 /s, found -5", //
        "RATE|''|Expected 0 /s to 50 000 000 /s, found nothing"})
    void shouldSayWhatWasExpectedAndFoundAndNotApplyIt(LoadField field, String text, String problem) {
        assertThat(model.enter(field, text)).map(found -> found.replace('\u00a0', ' ')).hasValue(problem);
        assertThat(shown()).isEqualTo(SPEC);
        assertThat(model.takeChange()).isEmpty();
    }

    @Test
    void shouldRefuseWhatDoesNotGoWithTheOtherValues() {
        // given
        model.enter(LoadField.PRODUCERS, "256");
        // when
        Optional<String> problem = model.enterBody("64 MiB");
        // then
        assertThat(problem).hasValueSatisfying(
                text -> assertThat(text).startsWith("Does not go with the other values:").contains("expected"));
        assertThat(shown().body()).isEqualTo(new BodySize.Fixed(1024));
    }

    @Test
    void shouldGoBackToTheSameOpenLoop() {
        // given
        model.choose(LoadShape.RAMP);
        LoadSpec ramp = shown();
        // when
        model.choose(Loop.CLOSED);
        assertThat(shown().pacing()).isEqualTo(new Pacing.ClosedLoop());
        assertThat(model.loop()).isEqualTo(Loop.CLOSED);
        model.choose(Loop.OPEN);
        // then
        assertThat(shown()).isEqualTo(ramp);
    }

    @Test
    void shouldEnterARange() {
        // when
        assertThat(model.enterBody("256 B – 16 KiB")).isEmpty();
        assertThat(shown().body()).isEqualTo(new BodySize.Uniform(256, 16_384));
        model.choose(BodyRange.Spread.LOG_UNIFORM);
        model.slideBody(512, 8_192);
        // then
        assertThat(shown().body()).isEqualTo(new BodySize.LogUniform(512, 8_192));
        assertThat(model.isRange()).isTrue();
        model.slideBody(512, 512);
        assertThat(shown().body()).isEqualTo(new BodySize.Fixed(512));
        assertThat(model.isRange()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"16, 1, 17", "16, -1, 15", "1, -1, 1", "256, 1, 256", "100, 1, 110"})
    void shouldStepUpAndDown(int from, int direction, int to) {
        // given
        model.enter(LoadField.PRODUCERS, Integer.toString(from));
        // when
        model.step(LoadField.PRODUCERS, direction);
        // then
        assertThat(shown().producers()).isEqualTo(to);
    }

    @Test
    void shouldWarnOfBodiesThatTheStoreRefuses() {
        // given
        readings.with(StoreSetting.MAX_MESSAGE_SIZE, 4096);
        model.enterBody("8 KiB");
        // when
        nextFrame();
        // then
        assertThat(model.bodyNoteProperty().get().replace('\u00a0', ' '))
                .isEqualTo("over maxMessageSize (4 KiB): refused as MESSAGE_ILLEGAL");
    }

    // --- how it is doing ---

    @Test
    void shouldAlwaysShowMissedSends() {
        // given 4 000 a second, of which 6 were missed
        for (int i = 0; i <= 20; i++) {
            readings.after(0.1).load(running(i * 100_000_000L, i * 400, 0, 6, 0));
            model.update(readings.frame());
        }
        // then
        LoadStatus.Shown status = model.statusProperty().get();
        assertThat(status.accepted().replace('\u00a0', ' ')).isEqualTo("4 000 /s");
        assertThat(status.refused()).isEqualTo(new LoadStatus.Count("0", false));
        assertThat(status.missed()).isEqualTo(new LoadStatus.Count("6", true));
        assertThat(model.runningProperty().get()).isTrue();
    }

    @Test
    void shouldSayHowFarItIsBehind() {
        // when
        readings.load(running(3_000_000_000L, 4_000, 0, 0, 8_000));
        nextFrame();
        // then
        assertThat(model.statusProperty().get().line().replace('\u00a0', ' '))
                .isEqualTo("3 s · 4 000 accepted · 8 000 due and waiting");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"STOPPED|Stopped.", //
        "LOG_LENGTH_REACHED|Ended: the log has reached the limit of 4 GiB.", //
        "DISK_NEARLY_FULL|Ended: less than 10 % of the disk is free.", //
        "STORE_REFUSES|Ended: the store takes nothing more. because", //
        "FAILED|Ended by a failure: because"})
    void shouldSayWhyItEnded(LoadEnd.Cause cause, String line) {
        // when
        readings.load(ended(cause));
        nextFrame();
        // then
        assertThat(model.statusProperty().get().line().replace('\u00a0', ' ')).isEqualTo(line);
        assertThat(model.statusProperty().get().accepted()).isEqualTo("900");
        assertThat(model.runningProperty().get()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(LoadEnd.Cause.class)
    void shouldHaveWordsForEveryEndInBothLanguages(LoadEnd.Cause cause) {
        for (Language language : Language.values()) {
            texts.use(language);
            readings.load(ended(cause));
            nextFrame();
            assertThat(model.statusProperty().get().line()).isNotEmpty().doesNotContain("⟨", "{");
        }
    }

    @Test
    void shouldNotOfferAStartWithoutAStore() {
        // when
        readings.without(new SessionState.NoStore());
        nextFrame();
        // then
        assertThat(model.storeOpenProperty().get()).isFalse();
        assertThat(model.statusProperty().get().accepted()).isEqualTo(Formats.UNKNOWN);
        assertThat(model.statusProperty().get().missed().text()).isEqualTo(Formats.UNKNOWN);
    }

    private static LoadSnapshot running(long elapsedNs, long accepted, long refused, long missed, long waiting) {
        return new LoadSnapshot(LoadState.RUNNING, SPEC, elapsedNs, 16, accepted + refused + missed + waiting,
                accepted + refused,
                Map.of(PutMessageStatus.PUT_OK, accepted, PutMessageStatus.OS_PAGECACHE_BUSY, refused), missed, 0,
                accepted + refused, 0, 0, OptionalDouble.of(4_000), Optional.empty());
    }

    private static LoadSnapshot ended(LoadEnd.Cause cause) {
        return new LoadSnapshot(LoadState.ENDED, SPEC, 1_000_000_000, 0, 900, 900,
                Map.of(PutMessageStatus.PUT_OK, 900L), 0, 0, 900, 0, 0, OptionalDouble.empty(),
                Optional.of(new LoadEnd(cause, "because")));
    }
}
