package dev.storescope.app.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.session.scenario.Bound;
import dev.storescope.app.session.scenario.Condition;
import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.scenario.Quantity;
import dev.storescope.app.session.simulated.Speed;
import dev.storescope.app.session.simulated.WorldReading;
import dev.storescope.app.session.simulated.WorldReading.Standing;
import dev.storescope.app.session.simulated.WorldReading.Why;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.app.transport.TransportViewModel.Shown;
import dev.storescope.app.transport.TransportViewModel.Tone;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.sim.Phase;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportViewModelTest {
    private static final Moment BEHIND = new Moment.When(
            new Condition.StateIs(Quantity.FLUSH_BEHIND, new Bound(Bound.Kind.MORE_THAN, 64 << 10)), 0);

    private final TransportViewModel model = new TransportViewModel(new Texts(Language.ENGLISH));

    private static WorldReading world(Standing standing, Optional<Why> why, long nanos, long steps, long latestNanos,
            Optional<Double> reached, List<Moment> breakpoints) {
        return new WorldReading(standing, why, nanos, steps, latestNanos, new Speed(1_000), reached, 42, "nvme",
                Phase.RUNNING, Optional.empty(), breakpoints, 1, "");
    }

    private static WorldReading standing(Why why) {
        return world(Standing.STANDS, Optional.of(why), 5_000_000, 700, 5_000_000, Optional.empty(), List.of());
    }

    private Shown shown(WorldReading reading) {
        model.update(Optional.of(reading));
        return model.shownProperty().get().orElseThrow();
    }

    @Test
    void shouldShowNothingInLive() {
        model.update(Optional.of(standing(new Why.Asked())));
        model.update(Optional.empty());

        assertThat(model.shownProperty().get()).isEmpty();
    }

    @Test
    void shouldWriteTheClockToTheNanosecond() {
        var reading = world(Standing.RUNS, Optional.empty(), 3_723_004_005_006L, 1_234_567, 3_723_004_005_006L,
                Optional.of(0.00101), List.of());

        Shown shown = shown(reading);

        assertThat(shown.clock()).isEqualTo("01:02:03.004\u00a0005\u00a0006");
        assertThat(shown.steps()).isEqualTo("step 1\u00a0234\u00a0567");
        assertThat(shown.speed()).isEqualTo("1 / 1\u00a0000");
        assertThat(shown.seed()).isEqualTo("42");
        assertThat(shown.isRunning()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0.00101, runs at 1 / 990", "1, runs at 1 : 1", "12.4, runs at 12 : 1", "0, runs at –"})
    void shouldSayHowFastItRunsInTruth(double ratio, String words) {
        var reading = world(Standing.RUNS, Optional.empty(), 5, 7, 5, Optional.of(ratio), List.of());

        assertThat(shown(reading).standing()).isEqualTo(words);
    }

    @Test
    void shouldSayWhyItStands() {
        assertThat(shown(standing(new Why.AtBreakpoint(BEHIND))).standing())
                .isEqualTo("stopped at flushBehind > 64\u00a0KiB");
        assertThat(shown(standing(new Why.AtBreakpoint(BEHIND))).tone()).isEqualTo(Tone.NOTICE);
        assertThat(shown(standing(new Why.Failed("a deadlock"))).standing()).isEqualTo("broke down: a deadlock");
        assertThat(shown(standing(new Why.Failed("a deadlock"))).tone()).isEqualTo(Tone.DANGER);
        assertThat(shown(standing(new Why.Asked())).standing()).isEqualTo("stands still");
        assertThat(shown(standing(new Why.Asked())).tone()).isEqualTo(Tone.PLAIN);
    }

    @Test
    void shouldSayHowFarInThePastItIs() {
        var reading = world(Standing.STANDS, Optional.of(new Why.Asked()), 1_000_000, 700, 5_000_000, Optional.empty(),
                List.of());

        assertThat(shown(reading).standing()).startsWith("in its past, 4\u00a0ms before the latest moment");
    }

    @Test
    void shouldNotGoBackBehindTheBeginning() {
        var beginning = world(Standing.STANDS, Optional.of(new Why.Asked()), 0, 0, 0, Optional.empty(), List.of());

        assertThat(shown(beginning).canGoBack()).isFalse();
        assertThat(shown(standing(new Why.Asked())).canGoBack()).isTrue();
    }

    @Test
    void shouldNameEachBreakpoint() {
        List<Moment> moments = List.of(BreakpointEntry.event(ProbePoint.LISTS_SWAPPED), BEHIND,
                new Moment.AtTime(12_000_000),
                new Moment.When(new Condition.EventIs(ProbePoint.FORCE_END, Optional.of("GroupCommitService"), 3), 0));

        var reading = world(Standing.STANDS, Optional.of(new Why.Asked()), 1, 1, 1, Optional.empty(), moments);

        assertThat(shown(reading).breakpoints()).extracting(TransportViewModel.Breakpoint::words)
                .containsExactly("LISTS_SWAPPED", "flushBehind > 64\u00a0KiB", "t = 12\u00a0ms",
                        "FORCE_END · GroupCommitService no. 3");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1000000, 1000000", "1000, 1000", "1, 1", "3, 5", "900000, 1000000"})
    void shouldHaveAStopForEachSpeedOrTheNextSlowerOne(long slowdown, long stop) {
        assertThat(Speeds.at(Speeds.stopOf(new Speed(slowdown)))).isEqualTo(new Speed(stop));
    }
}
