package dev.storescope.app.panel.commitlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.commitlog.VisibleRecords.Question;
import dev.storescope.app.session.RecordHead;
import dev.storescope.app.session.RecordPlace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisibleRecordsTest {
    private static final int SIZE = 100;

    private final VisibleRecords records = new VisibleRecords();

    private static List<RecordHead> heads(long from, long to, int limit) {
        List<RecordHead> heads = new ArrayList<>();
        for (long offset = from / SIZE * SIZE; offset < to && heads.size() < limit; offset += SIZE) {
            heads.add(new RecordHead(new RecordPlace(offset, SIZE), "topic", 0, offset / SIZE, 0));
        }
        return heads;
    }

    /// Asks and answers until nothing is left to ask.
    private int answerAll(long readable) {
        int questions = 0;
        for (var question = records.question(readable); question.isPresent(); question = records.question(readable)) {
            Question asked = question.get();
            records.answer(asked, heads(asked.from(), asked.to(), asked.limit()));
            questions++;
        }
        return questions;
    }

    @Test
    void shouldAskForWhatIsLookedAtAndCanBeRead() {
        // when
        records.look(1_000, 2_000);
        answerAll(1_550);
        // then
        assertThat(records.heads()).first().isEqualTo(heads(1_000, 1_100, 1).getFirst());
        assertThat(records.covering(1_549)).isPresent();
        assertThat(records.covering(1_700)).isEmpty();
        // when more is readable
        answerAll(5_000);
        // then
        assertThat(records.covering(1_999)).isPresent();
        assertThat(records.heads()).doesNotHaveDuplicates();
    }

    @Test
    void shouldAskBitByBitForMany() {
        records.look(0, 500_000);

        assertThat(answerAll(500_000)).isEqualTo(3);
        assertThat(records.heads()).hasSize(5_000);
    }

    @Test
    void shouldKeepWhatCanStillBeSeenWhenScrollingOn() {
        // given
        records.look(0, 10_000);
        answerAll(20_000);
        // when
        records.look(5_000, 15_000);
        // then
        assertThat(records.covering(5_050)).isPresent();
        assertThat(records.covering(4_950)).isEmpty();
        // when
        answerAll(20_000);
        // then
        assertThat(records.covering(14_950)).isPresent();
    }

    @Test
    void shouldPassOverAnAnswerAboutAnotherPlace() {
        // given
        records.look(0, 10_000);
        Question old = records.question(10_000).orElseThrow();
        // when
        records.look(50_000, 60_000);
        records.answer(old, heads(0, 10_000, 100));
        // then
        assertThat(records.heads()).isEmpty();
    }

    @Test
    void shouldAskNoMoreWhereNothingCanBeRead() {
        // given a part with a hole
        records.look(0, 10_000);
        Question question = records.question(10_000).orElseThrow();
        // when
        records.answer(question, List.of());
        // then
        assertThat(records.question(10_000)).isEmpty();
    }
}
