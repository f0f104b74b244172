package dev.storescope.app.panel.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.inspect.BrowsedRow;
import dev.storescope.engine.inspect.LogStep;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RowPagesTest {
    private static final long KNOWN = 100_000;

    private final RowPages pages = new RowPages();

    @Test
    void shouldAskForThePageOfARowThatIsMissingAndGiveItThen() {
        // given
        assertThat(pages.row(300, KNOWN)).isEmpty();
        assertThat(pages.nextQuestions()).containsExactly(1L);
        // when
        pages.answer(1, rows(256, 256), KNOWN);
        // then
        assertThat(pages.row(300, KNOWN)).hasValueSatisfying(row -> assertThat(row.row()).isEqualTo(300));
        assertThat(pages.nextQuestions()).isEmpty();
    }

    @Test
    void shouldNotAskTwiceWhileTheAnswerIsOnItsWay() {
        pages.row(0, KNOWN);
        assertThat(pages.nextQuestions()).containsExactly(0L);

        pages.row(0, KNOWN);
        assertThat(pages.nextQuestions()).isEmpty();
    }

    @Test
    void shouldAskForWhatWasWantedLastWhenOneScrollsFast() {
        for (long page = 0; page < 50; page++) {
            pages.row(page * RowPages.ROWS, KNOWN);
        }

        assertThat(pages.nextQuestions()).containsExactly(48L, 49L);
    }

    @Test
    void shouldAskAgainForAPageThatHasBecomeLonger() {
        // given
        pages.row(5, 10);
        pages.nextQuestions();
        pages.answer(0, rows(0, 10), 10);
        // when
        assertThat(pages.row(15, 20)).isEmpty();
        // then
        assertThat(pages.nextQuestions()).containsExactly(0L);
    }

    @Test
    void shouldNotAskForEverForRowsWhoseFileIsGone() {
        pages.row(5, 10);
        pages.nextQuestions();
        pages.answer(0, List.of(), 10);

        assertThat(pages.row(5, 10)).isEmpty();
        assertThat(pages.nextQuestions()).isEmpty();
    }

    private static List<BrowsedRow> rows(long from, int count) {
        return LongStream.range(from, from + count)
                .mapToObj(row -> new BrowsedRow(row, "00000000000000000000",
                        new LogStep.Fault("00000000000000000000", row * 100, row * 100, "size"), "", "", 0))
                .toList();
    }
}
