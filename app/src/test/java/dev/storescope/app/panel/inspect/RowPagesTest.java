package dev.storescope.app.panel.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.inspect.RowPages.Known;
import dev.storescope.engine.inspect.BrowsedRow;
import dev.storescope.engine.inspect.LogStep;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RowPagesTest {
    private static final Known KNOWN = new Known(100_000, 100_000_000);

    private final RowPages pages = new RowPages();

    @Test
    void shouldAskForThePageOfARowThatIsMissingAndGiveItThen() {
        // given
        assertThat(pages.row(300, KNOWN)).isEmpty();
        assertThat(pages.nextQuestions(KNOWN)).containsExactly(1L);
        // when
        pages.answer(1, rows(256, 256));
        // then
        assertThat(pages.row(300, KNOWN)).hasValueSatisfying(row -> assertThat(row.row()).isEqualTo(300));
        assertThat(pages.nextQuestions(KNOWN)).isEmpty();
    }

    @Test
    void shouldNotAskTwiceWhileTheAnswerIsOnItsWay() {
        pages.row(0, KNOWN);
        assertThat(pages.nextQuestions(KNOWN)).containsExactly(0L);

        pages.row(0, KNOWN);
        assertThat(pages.nextQuestions(KNOWN)).isEmpty();
    }

    @Test
    void shouldAskForWhatWasWantedLastWhenOneScrollsFast() {
        for (long page = 0; page < 50; page++) {
            pages.row(page * RowPages.ROWS, KNOWN);
        }

        assertThat(pages.nextQuestions(KNOWN)).containsExactly(48L, 49L);
    }

    @Test
    void shouldAskAgainForAPageThatHasBecomeLonger() {
        // given
        pages.row(5, known(10));
        pages.nextQuestions(known(10));
        pages.answer(0, rows(0, 10));
        // when
        assertThat(pages.row(15, known(20))).isEmpty();
        // then
        assertThat(pages.nextQuestions(KNOWN)).containsExactly(0L);
    }

    @Test
    void shouldNotAskForEverForRowsWhoseFileIsGone() {
        pages.row(5, known(10));
        pages.nextQuestions(known(10));
        pages.answer(0, List.of());

        assertThat(pages.row(5, known(10))).isEmpty();
        assertThat(pages.nextQuestions(KNOWN)).isEmpty();
    }

    @Test
    void shouldAskAgainForAFaultThatStoodLastWhenTheLogHasGoneOn() {
        // given
        pages.row(5, known(10));
        pages.nextQuestions(known(10));
        pages.answer(0, rows(0, 10));
        assertThat(pages.row(9, known(10))).isPresent();
        assertThat(pages.nextQuestions(known(10))).isEmpty();
        // when
        Known now = new Known(10, 1_700);
        // then
        assertThat(pages.row(9, now)).as("what was seen, until the answer is there").isPresent();
        assertThat(pages.nextQuestions(now)).containsExactly(0L);
    }

    @Test
    void shouldKnowRowsByTheirNumbersWhenTheFirstOfAPageAreGone() {
        // given
        pages.row(5, known(10));
        pages.nextQuestions(known(10));
        pages.answer(0, rows(4, 6));
        // then
        assertThat(pages.row(3, known(10))).isEmpty();
        assertThat(pages.row(4, known(10))).hasValueSatisfying(row -> assertThat(row.row()).isEqualTo(4));
        Known sameEnd = new Known(20, 1_000);
        assertThat(pages.row(3, sameEnd)).isEmpty();
        assertThat(pages.nextQuestions(sameEnd)).isEmpty();
    }

    private static Known known(long rows) {
        return new Known(rows, rows * 100);
    }

    private static List<BrowsedRow> rows(long from, int count) {
        return LongStream.range(from, from + count)
                .mapToObj(row -> new BrowsedRow(row, "00000000000000000000",
                        new LogStep.Fault("00000000000000000000", row * 100, row * 100, "size"), "", "", 0))
                .toList();
    }
}
