package dev.storescope.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.bench.compare.CaseResult.Pair;
import dev.storescope.bench.compare.CompareCase.Segments;
import dev.storescope.bench.drive.Figure;
import dev.storescope.bench.drive.Figures;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    @Test
    void shouldTellTheMedianOfTheRatiosOfPairsAndHowFarTheyLieApart() {
        // given: the medians of the engines would give 20 / 10
        CaseResult result = new CaseResult(CompareCase.SYNC_1, Segments.FRESH,
                List.of(pair(10, 10), pair(20, 5), pair(30, 20)));

        // when
        String text = new Report(List.of("today"), List.of(result), List.of()).markdown();

        // then
        assertThat(text).contains("- today")
                .contains("| sync, 1 producer | put | 20.0/s | 10.0/s | 1.50× | 1.00×–4.00×");
        assertThat(result.ratio(Figure.PUT_RATE)).hasValue(new Spread(1.5, 1, 4));
    }

    @Test
    void shouldSayWhichGoalsAreReached() {
        // given
        Goal ratio = Goal.ratioAtLeast(Figure.PUT_RATE, 1.5);
        Goal least = Goal.oursAtMost(Figure.BYTES_PER_MESSAGE, 200);

        // when, then
        assertThat(ratio.isReached(1, 1.5)).isTrue();
        assertThat(ratio.isReached(1_000, 1.49)).isFalse();
        assertThat(least.isReached(200, 7)).isTrue();
        assertThat(least.isReached(201, 0.1)).isFalse();
        assertThat(Goal.ratioAtMost(Figure.LOAD_SECONDS, 0.2).isReached(9, 0.21)).isFalse();
        assertThat(Goal.oursAtLeast(Figure.GROWTH, 0.95).isReached(0.96, 0.1)).isTrue();
    }

    @Test
    void shouldGiveARowForEachFigureOfEachRound() {
        // given
        CaseResult result = new CaseResult(CompareCase.SYNC_1, Segments.WARM, List.of(pair(10, 5)));

        // when
        String rows = new Report(List.of(), List.of(result), List.of()).csv();

        // then
        assertThat(rows.lines()).containsExactly("case,segments,engine,pair,figure,value",
                "sync-1,warm,ours,1,put_rate,10.0", "sync-1,warm,rocketmq,1,put_rate,5.0");
    }

    private static Pair pair(double first, double second) {
        return new Pair(new Figures().set(Figure.PUT_RATE, first), new Figures().set(Figure.PUT_RATE, second));
    }
}
