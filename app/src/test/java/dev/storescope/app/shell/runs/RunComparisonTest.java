package dev.storescope.app.shell.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.simulated.Branch;
import dev.storescope.app.session.simulated.FirstWorld;
import dev.storescope.app.session.simulated.Speed;
import dev.storescope.app.session.simulated.WorldDriver;
import dev.storescope.app.session.simulated.WorldListener;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.sim.Action;
import dev.storescope.engine.sim.disk.Fault;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunComparisonTest {
    private static final long MILLI = 1_000_000;
    private static final String NBSP = "\u00a0";

    private final Texts texts = new Texts(Language.ENGLISH);
    private final WorldDriver driver = new WorldDriver(FirstWorld.scenario(), Speed.AS_FAST_AS_IT_GOES,
            new WorldListener() {
                @Override
                public void done(String textKey, Object... values) {
                    // nobody reads it
                }

                @Override
                public void failed(String textKey, String detail) {
                    throw new AssertionError(detail);
                }
            }, System::nanoTime);

    @BeforeEach
    void branchOffWithASlowDisk() {
        driver.runTo(new Moment.AtTime(60 * MILLI)).join();
        driver.travelTo(20 * MILLI).join();
        driver.act(_ -> List.of(new Action.TurnOn(new Fault.SlowForce(5_000_000)))).join();
        driver.runTo(new Moment.AtTime(50 * MILLI)).join();
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private Branch run(int number) {
        return driver.branches().join().get(number - 1);
    }

    private static RunComparison.Line line(List<RunComparison.Line> lines, String name) {
        return lines.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void shouldSetTheFiguresOfBothBesideEachOther() {
        // when
        var lines = RunComparison.of(texts, run(1), run(2));
        // then
        var forces = line(lines, "forces");
        assertThat(forces.differs()).isTrue();
        assertThat(forces.first()).isEqualTo(String.valueOf(run(1).outcome().tally().forces()));
        assertThat(forces.second()).isEqualTo(String.valueOf(run(2).outcome().tally().forces()));
        assertThat(forces.change()).startsWith("−");
        assertThat(line(lines, "mean force").change()).startsWith("+");
        assertThat(line(lines, "trace hash").differs()).isTrue();
        assertThat(line(lines, "broken promises").differs()).isFalse();
        assertThat(line(lines, "broken promises").change()).isEmpty();
    }

    @Test
    void shouldCompareWhatATeacherComparesTimesOfPutsRatesBatchesAndWhatIsAtRisk() {
        // when
        var lines = RunComparison.of(texts, run(1), run(2));
        // then
        var tally = run(1).outcome().tally();
        assertThat(tally.putNsAtPercentile(50)).isPositive().isLessThanOrEqualTo(tally.putNsAtPercentile(99));
        assertThat(tally.putNsAtPercentile(99)).isLessThanOrEqualTo(tally.longestPutNs());
        assertThat(tally.putNsAtPercentile(100)).isEqualTo(tally.longestPutNs());
        assertThat(line(lines, "p50 of a put").change()).startsWith("+");
        assertThat(line(lines, "p99 of a put").differs()).isTrue();
        assertThat(line(lines, "acknowledged a second").change()).startsWith("−");
        assertThat(line(lines, "forces a second").change()).startsWith("−");
        assertThat(line(lines, "mean batch").first()).isEqualTo(
                String.format(java.util.Locale.ROOT, "%.1f", (double) tally.batchedPuts() / tally.batches()));
        assertThat(line(lines, "acknowledged, would die with the power now").first()).isEqualTo("0");
        assertThat(line(lines, "bytes behind flushed now").first())
                .isEqualTo(Formats.exactBytes(run(1).outcome().log().orElseThrow().unflushedBytes()));
    }

    @Test
    void shouldFindNothingThatDiffersFromItself() {
        assertThat(RunComparison.of(texts, run(1), run(1))).noneMatch(RunComparison.Line::differs);
    }

    @Test
    void shouldSayHowMuchLongerOneIs() {
        assertThat(RunComparison.longerByNanos(run(2), run(1))).isEqualTo(10 * MILLI);
        assertThat(RunComparison.longerByNanos(run(1), run(2))).isEqualTo(-10 * MILLI);
    }

    @Test
    void shouldSayWhereARunLeftAnotherAndWhatWasChanged() {
        assertThat(RunComparison.words(texts, run(1))).isEqualTo("1 · from the beginning · up to 60" + NBSP + "ms");
        assertThat(RunComparison.words(texts, run(2)))
                .isEqualTo("2 · left 1 at 20" + NBSP + "ms: turnOn: {slowForce: {extra: 5ms}} · up to 50" + NBSP
                        + "ms");
    }

    @Test
    void shouldHaveAWordForEveryFigureInBothLanguages() {
        for (Language language : Language.values()) {
            var lines = RunComparison.of(new Texts(language), run(1), run(2));

            assertThat(lines).extracting(RunComparison.Line::name).noneMatch(name -> name.contains("runs.figure"));
        }
        assertThat(Optional.of(texts.get("runs.figure.lost.BEYOND_FLUSHED")))
                .contains("lost behind the flushed pointer");
    }
}
