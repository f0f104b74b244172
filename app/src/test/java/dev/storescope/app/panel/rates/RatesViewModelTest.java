package dev.storescope.app.panel.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.storescope.app.control.Series;
import dev.storescope.app.panel.Readings;
import dev.storescope.app.panel.rates.RatesViewModel.Line;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.StoreSetting;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RatesViewModelTest {
    private static final String S = "\u00a0";
    private static final double FRAME_SECONDS = 1.0 / 60;

    private final RatesViewModel model = new RatesViewModel(new Texts(Language.ENGLISH));
    private final Readings readings = new Readings();
    private double messages;

    /// Frames for some seconds, in which so many messages of 1 KiB are put each second, with 5 forces and 10 commits.
    private void run(double seconds, double perSecond) {
        for (double passed = 0; passed < seconds; passed += FRAME_SECONDS) {
            messages += perSecond * FRAME_SECONDS;
            long count = (long) messages;
            readings.after(FRAME_SECONDS)
                    .counted(count, count * 1024, (long) (count * 5 / perSecond),
                            (long) (count * 10 / perSecond));
            model.update(readings.frame());
        }
    }

    @Test
    void shouldShowWhatTheLastSecondBrought() {
        // when
        run(3, 24_000);
        // then
        assertThat(model.valueProperty(Line.MESSAGES).get()).matches("2[34].\\d{3}./s");
        assertThat(model.valueProperty(Line.BYTES).get()).isEqualTo("23.4" + S + "MiB/s");
        assertThat(model.valueProperty(Line.FORCES).get()).matches("[45](\\.\\d)?" + S + "/s");
        assertThat(model.movesLine()).isEqualTo(Line.FORCES);
        assertThat(model.movesNameProperty().get()).isEqualTo("forces");
    }

    @Test
    void shouldShowCommitsWithThePool() {
        // given
        readings.with(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true);
        // when
        run(3, 1_000);
        // then
        assertThat(model.movesLine()).isEqualTo(Line.COMMITS);
        assertThat(model.movesNameProperty().get()).isEqualTo("commits");
        assertThat(model.series(Line.COMMITS).at(model.sampledAtProperty().get(), 1).orElseThrow())
                .isEqualTo(10, within(1.1));
    }

    @Test
    void shouldTakeASampleFiveTimesASecond() {
        // when
        run(10, 1_000);
        // then
        assertThat(model.series(Line.BEHIND).size()).isBetween(45, 52);
    }

    @Test
    void shouldKeepTheLowestAndTheHighestBetweenTwoSamples() {
        // given a force between two samples
        var start = Readings.at(0, 0, 0);
        model.update(readings.frame());
        // when
        var far = Readings.at(9_000, 9, 9);
        model.update(readings.after(0.05).positions(start, far, far).frame());
        model.update(readings.after(0.05).positions(far, far, far).frame());
        var behind = Readings.at(9_500, 10, 10);
        model.update(readings.after(0.11).positions(far, behind, behind).frame());
        // then
        Series line = model.series(Line.BEHIND);
        assertThat(line.low(line.size() - 1)).isZero();
        assertThat(line.high(line.size() - 1)).isEqualTo(9_000);
    }

    @Test
    void shouldLeaveAGapWhileNoStoreIsOpenAndGoOnAfterIt() {
        // given
        run(2, 1_000);
        long before = model.sampledAtProperty().get();
        // when
        model.update(readings.after(0.3).without(new SessionState.NoStore()).frame());
        long closed = model.sampledAtProperty().get();
        assertThat(model.valueProperty(Line.MESSAGES).get()).isEqualTo(Formats.UNKNOWN);
        messages = 0;
        readings.reopened();
        run(2, 5_000);
        // then
        Series line = model.series(Line.MESSAGES);
        assertThat(line.at(before, 0)).isPresent();
        assertThat(line.at(closed, 0)).isEmpty();
        assertThat(line.at(model.sampledAtProperty().get(), 0).orElseThrow()).isEqualTo(5_000, within(100.0));
    }

    @Test
    void shouldLeaveAGapWhereNobodyLooked() {
        // given
        run(2, 1_000);
        long before = model.sampledAtProperty().get();
        // when the panel was hidden for 10 s
        readings.after(10);
        run(2, 1_000);
        // then
        assertThat(model.series(Line.MESSAGES).at(before + 5_000_000_000L, 0)).isEmpty();
        assertThat(model.series(Line.BEHIND).at(before + 5_000_000_000L, 0)).isEmpty();
    }

    @Test
    void shouldShowTheMomentThatTheUserPointsAt() {
        // given 1 000 a second, then 4 000
        run(5, 1_000);
        run(5, 4_000);
        // when
        model.point(OptionalLong.of(8_000_000_000L));
        // then
        assertThat(model.valueProperty(Line.MESSAGES).get()).matches("(1.000|999|1.001)./s");
        assertThat(model.hintProperty().get()).isEqualTo("8.0 s ago");
        // when he points at a moment before the first
        model.point(OptionalLong.of(30_000_000_000L));
        assertThat(model.valueProperty(Line.MESSAGES).get()).isEqualTo(Formats.UNKNOWN);
        // when he no longer points
        model.point(OptionalLong.empty());
        assertThat(model.hintProperty().get()).isEqualTo("last 60 s");
        assertThat(model.valueProperty(Line.MESSAGES).get()).matches("(4.00\\d|3.99\\d)./s");
    }
}
