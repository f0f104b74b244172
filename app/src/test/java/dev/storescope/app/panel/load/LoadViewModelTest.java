package dev.storescope.app.panel.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.storescope.app.panel.Readings;
import dev.storescope.app.panel.load.LoadViewModel.Loop;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreState;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.LoadEnd;
import dev.storescope.engine.load.LoadLimits;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.LoadState;
import dev.storescope.engine.load.Pacing;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

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
    @CsvSource(delimiter = '|',
            value = {"PRODUCERS|300|Expected a whole number from 1 to 256, found 300. Still in force: 16", //
                "PRODUCERS|many|Expected a whole number from 1 to 256, found many. Still in force: 16", //
                "RATE|-5|Expected 0 /s to 50 000 000 /s, found -5. Still in force: 4 000 /s", //
                "RATE|' '|Expected 0 /s to 50 000 000 /s, found nothing. Still in force: 4 000 /s"})
    void shouldSayWhatWasExpectedAndFoundAndNotApplyIt(LoadField field, String text, String problem) {
        assertThat(model.enter(field, text)).map(found -> found.replace('\u00a0', ' ')).hasValue(problem);
        assertThat(shown()).isEqualTo(SPEC);
        assertThat(model.takeChange()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(LoadField.class)
    void shouldRefuseEveryWrongValueOfEveryFieldWithItsRange(LoadField field) {
        for (Language language : Language.values()) {
            // given the shape that has the field
            texts.use(language);
            Stream.of(LoadShape.values()).filter(_ -> !field.isPartOf(shown())).forEach(model::choose);
            model.takeChangeNow();
            LoadSpec before = shown();
            assertThat(field.isPartOf(before)).isTrue();
            String tooSmall = field.write(field.least() - 1);
            String tooLarge = field.write(field.greatest() + 1);
            for (String wrong : List.of("", "  ", "abc", tooSmall, tooLarge, "1 2", "99999999999999999999", "--1",
                    "0x10", "1e2")) {
                // when
                Optional<String> problem = model.enter(field, wrong);
                // then
                assertThat(problem).as("%s: '%s'", field, wrong).isPresent();
                assertThat(problem.orElseThrow()).contains(field.write(field.least()), field.write(field.greatest()),
                        wrong.isBlank() ? texts.get("load.nothing") : wrong.strip(),
                        field.write(field.valueIn(before)));
                assertThat(shown()).isEqualTo(before);
                assertThat(model.takeChangeNow()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"16 KiB – 1 KiB|Expected the shorter size first, found 16 KiB – 1 KiB. Still in force: 1 KiB", //
                "65 MiB|Expected a size or a range up to 64 MiB, such as 1 KiB or 256 B – 16 KiB, found 65 MiB."
                        + " Still in force: 1 KiB", //
                "-1|Expected a size or a range up to 64 MiB, such as 1 KiB or 256 B – 16 KiB, found -1."
                        + " Still in force: 1 KiB"})
    void shouldSayWhatIsWrongWithABodySize(String text, String problem) {
        assertThat(model.enterBody(text)).map(found -> found.replace('\u00a0', ' ')).hasValue(problem);
        assertThat(shown()).isEqualTo(SPEC);
    }

    @Test
    void shouldRefuseWhatDoesNotGoWithTheOtherValues() {
        // given
        model.enter(LoadField.PRODUCERS, "256");
        // when
        Optional<String> problem = model.enterBody("64 MiB");
        // then
        assertThat(problem).hasValueSatisfying(
                text -> assertThat(text).startsWith("Producers × batch × longest body: expected"));
        assertThat(shown().body()).isEqualTo(new BodySize.Fixed(1024));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void shouldSayInTheLanguageOfTheWindowWhichValuesDoNotGoTogether(Language language) {
        // given
        texts.use(language);
        model.choose(LoadShape.STEPS);
        // when each step takes away more than there is
        String step = model.enter(LoadField.STEPS_ADD, "-4000").orElse("").replace('\u00a0', ' ');
        model.enterBody("32 MiB");
        String bodies = model.enter(LoadField.BATCH, "64").orElse("").replace('\u00a0', ' ');
        // then
        boolean english = language == Language.ENGLISH;
        assertThat(step).isEqualTo(english
                ? "Rate of the last step: expected 0 /s to 50 000 000 /s, would be −11 000 /s. Still in force: 1 000 /s"
                : "最后一级的速率：应为 0 /s 到 50 000 000 /s；现将为 −11 000 /s。仍用 1 000 /s");
        assertThat(bodies).isEqualTo(english
                ? "Producers × batch × longest body: expected 0 B to 1 GiB, would be 32 GiB. Still in force: 1"
                : "生产者 × 批量 × 最长消息体：应为 0 B 到 1 GiB；现将为 32 GiB。仍用 1");
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
        assertThat(status.missed()).hasValue(new LoadStatus.Count("6", true));
        assertThat(model.runningProperty().get()).isTrue();
    }

    @Test
    void shouldNotCountAsMissedWhatCannotBeMissedInAClosedLoop() {
        // given an open loop that has missed some
        readings.load(running(2_000_000_000L, 8_000, 0, 6, 0));
        nextFrame();
        // when
        model.choose(Loop.CLOSED);
        nextFrame();
        // then they are a thing of before
        assertThat(model.statusProperty().get().missed()).isEmpty();
        assertThat(model.statusProperty().get().line().replace('\u00a0', ' '))
                .isEqualTo("2 s · 8 000 accepted · 6 missed before, in the open loop");
        // when
        model.choose(Loop.OPEN);
        nextFrame();
        // then
        assertThat(model.statusProperty().get().missed()).hasValue(new LoadStatus.Count("6", true));
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

    static Stream<Arguments> ends() {
        return Stream.of(arguments(new LoadEnd.Stopped(), "Stopped."),
                arguments(new LoadEnd.MessagesSent(1_000), "Ended: all 1 000 messages are sent."),
                arguments(new LoadEnd.TimeOver(60_000_000_000L), "Ended: the time of 60 s is over."),
                arguments(new LoadEnd.LogLengthReached(4L << 30), "Ended: the log has reached the limit of 4 GiB."),
                arguments(new LoadEnd.DiskNearlyFull(Path.of("/store"), 0.05, 3L << 30, 0.1),
                        "Ended: only 3 GiB of the disk are free, less than 10 %."),
                arguments(new LoadEnd.StoreNotOpen(StoreState.CLOSED), "Ended: the store is no longer open."),
                arguments(new LoadEnd.StoreBroken("because"), "Ended: the store takes nothing more: because"),
                arguments(new LoadEnd.ThreadFailed("producer-0", "because"),
                        "Ended by a failure in producer-0: because"),
                arguments(new LoadEnd.DiskSpaceUnknown(Path.of("/store"), "because"),
                        "Ended: the system does not say how much of the disk is free: because"));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void shouldSayWhyItEnded(LoadEnd end, String line) {
        // when
        readings.load(ended(end));
        nextFrame();
        // then
        assertThat(model.statusProperty().get().line().replace('\u00a0', ' ')).isEqualTo(line);
        assertThat(model.statusProperty().get().accepted()).isEqualTo("900");
        assertThat(model.runningProperty().get()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("ends")
    void shouldSayNothingInEnglishOfAnEndInAChineseWindow(LoadEnd end, String english) {
        // given
        texts.use(Language.CHINESE);
        // when
        readings.load(ended(end));
        nextFrame();
        // then what is left are figures with their units and the words of whoever failed
        String line = model.statusProperty().get().line().replaceAll("because|producer-0|GiB|\\d\u00a0s", "");
        assertThat(line).as("instead of: %s", english)
                .isNotEmpty()
                .doesNotContain("⟨", "{")
                .doesNotContainPattern(
                        "[A-Za-z]");
    }

    @Test
    void shouldNotOfferAStartWithoutAStore() {
        // when
        readings.without(new SessionState.NoStore());
        nextFrame();
        // then
        assertThat(model.storeOpenProperty().get()).isFalse();
        assertThat(model.statusProperty().get().accepted()).isEqualTo(Formats.UNKNOWN);
        assertThat(model.statusProperty().get().missed()).map(LoadStatus.Count::text).hasValue(Formats.UNKNOWN);
    }

    private static LoadSnapshot running(long elapsedNs, long accepted, long refused, long missed, long waiting) {
        return new LoadSnapshot(LoadState.RUNNING, SPEC, elapsedNs, 16, accepted + refused + missed + waiting,
                accepted + refused,
                Map.of(PutMessageStatus.PUT_OK, accepted, PutMessageStatus.OS_PAGECACHE_BUSY, refused), missed, 0,
                accepted + refused, 0, 0, OptionalDouble.of(4_000), Optional.empty());
    }

    private static LoadSnapshot ended(LoadEnd end) {
        return new LoadSnapshot(LoadState.ENDED, SPEC, 1_000_000_000, 0, 900, 900,
                Map.of(PutMessageStatus.PUT_OK, 900L), 0, 0, 900, 0, 0, OptionalDouble.empty(),
                Optional.of(end));
    }
}
