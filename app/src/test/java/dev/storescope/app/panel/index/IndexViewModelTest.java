package dev.storescope.app.panel.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.Readings;
import dev.storescope.app.panel.index.IndexViewModel.Shown;
import dev.storescope.app.session.KeyLookup;
import dev.storescope.app.session.KeyLookup.Found;
import dev.storescope.app.session.RecordPlace;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.IndexSnapshot;
import dev.storescope.engine.api.IndexSnapshot.IndexFileSnapshot;
import dev.storescope.engine.api.QueryMessageResult.Coverage;
import dev.storescope.engine.api.QueryMessageResult.IndexWalk;
import dev.storescope.engine.api.StoreSnapshot.DispatchSnapshot;
import dev.storescope.engine.api.StoreSnapshot.QueuesShown;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndexViewModelTest {
    private static final IndexWalk WALK = new IndexWalk(2, 1_234, 17, 3);

    private final Readings readings = new Readings();
    private final IndexViewModel model = new IndexViewModel(new Texts(Language.ENGLISH));

    @Test
    void shouldShowNothingAsZeroWhileThereIsNoFile() {
        // when
        model.update(readings.without(new SessionState.NoStore()).frame());
        // then
        assertThat(shown().files()).isEqualTo(Formats.UNKNOWN);
        assertThat(shown().entriesUsed()).isNaN();
        assertThat(shown().state()).isEmpty();
        // when
        model.update(readings.reopened().dispatch(with(new IndexSnapshot(true, "", 0, List.of()))).frame());
        // then
        assertThat(shown().entries()).isEqualTo(Formats.UNKNOWN);
        assertThat(shown().state()).startsWith("No file yet");
    }

    @Test
    void shouldShowHowFullTheNewestFileIsAndWhatItsLastKeyIs() {
        // when
        model.update(readings.dispatch(with(new IndexSnapshot(true, "", 0,
                List.of(file(400, 399, 100, 1, 500, 0), file(400, 150, 60, 501, 900, Readings.NOW_MILLIS - 5_000)))))
                .frame());
        // then
        assertThat(shown().files()).isEqualTo("2");
        assertThat(shown().entries()).isEqualTo("150 of 400");
        assertThat(shown().entriesUsed()).isEqualTo(0.375);
        assertThat(shown().slots()).isEqualTo("60 of 100");
        assertThat(shown().chains()).isEqualTo("2.50");
        assertThat(shown().last()).isEqualTo("5\u00a0s ago · at 900");
    }

    @Test
    void shouldSayWhyTheIndexIsNotKeptUp() {
        // when
        model.update(readings.dispatch(with(new IndexSnapshot(false, "", 0, List.of()))).frame());
        // then
        assertThat(shown().state()).contains("messageIndexEnable");
        // when
        model.update(readings.dispatch(with(new IndexSnapshot(true, "no room", 1, List.of()))).frame());
        // then
        assertThat(shown().state()).isEqualTo("Cannot be written: no room");
        // when
        model.update(readings.dispatch(with(new IndexSnapshot(true, "", 1, List.of()))).frame());
        // then
        assertThat(shown().state()).isEqualTo("Files of unknown geometry, left alone: 1");
    }

    @Test
    void shouldSayWhatWasFoundAndHowFarTheLookUpWent() {
        // given
        int question = model.ask("topic-0", "p0-17").orElseThrow();
        assertThat(answer()).isEqualTo("Looking it up …");
        // when
        model.answer(question, lookup(1));
        // then
        assertThat(model.found()).hasSize(1);
        assertThat(answer()).isEqualTo("Found: 1, in 1.5\u00a0ms. Chain entries looked at: 1\u00a0234, in files 2;"
                + " longest chain 17; same hash 3.");
        // when
        model.answer(model.ask("topic-0", "none").orElseThrow(), lookup(0));
        // then
        assertThat(model.found()).isEmpty();
        assertThat(answer()).startsWith("Nothing found, in 1.5\u00a0ms. Chain entries looked at: 1\u00a0234");
        // when
        model.answer(model.ask("topic-0", "many").orElseThrow(), lookup(IndexViewModel.MOST_FOUND));
        // then
        assertThat(answer()).contains("there may be more");
    }

    @Test
    void shouldNotAskWithoutTopicOrKey() {
        assertThat(model.ask("", "p0-17")).isEmpty();
        assertThat(model.ask("topic-0", " ")).isEmpty();
        assertThat(answer()).isEqualTo("Choose a topic and write a key.");
    }

    @Test
    void shouldNotShowTheAnswerToAnotherQuestion() {
        // given
        int first = model.ask("topic-0", "a").orElseThrow();
        int second = model.ask("topic-0", "b").orElseThrow();
        // when
        model.answer(first, lookup(1));
        model.failed(first, "store closed");
        // then
        assertThat(model.found()).isEmpty();
        assertThat(answer()).isEqualTo("Looking it up …");
        // when
        model.failed(second, "store closed");
        // then
        assertThat(answer()).isEqualTo("Could not be looked up: store closed");
    }

    @Test
    void shouldSayThatTheIndexIsStillBeingBuilt() {
        // when
        model.answer(model.ask("topic-0", "a").orElseThrow(),
                new KeyLookup(List.of(), 1_500_000, 900, new Coverage(2_000, 9_000), WALK));
        // then
        assertThat(answer()).contains("still being built")
                .contains(Formats.count(2_000))
                .contains(Formats.count(9_000));
    }

    @Test
    void shouldForgetWhatWasFoundInAnotherStore() {
        // given
        model.update(readings.frame());
        model.answer(model.ask("topic-0", "a").orElseThrow(), lookup(1));
        // when
        model.update(readings.reopened().frame());
        // then
        assertThat(model.found()).isEmpty();
        assertThat(answer()).isEmpty();
    }

    private Shown shown() {
        return model.shownProperty().get();
    }

    private String answer() {
        return model.answerProperty().get();
    }

    private static KeyLookup lookup(int found) {
        return new KeyLookup(
                Collections.nCopies(found, new Found(new RecordPlace(100, 50), "topic-0", 1, 2, "tag", "p0-17")),
                1_500_000, 900, new Coverage(1_000, 1_000), WALK);
    }

    private static IndexFileSnapshot file(int capacity, int entries, int usedSlots, long beginOffset, long endOffset,
            long endTimestamp) {
        return new IndexFileSnapshot("20261121074708317", 8_440, 100, usedSlots, capacity, entries, beginOffset,
                endOffset, 0, endTimestamp);
    }

    private static DispatchSnapshot with(IndexSnapshot index) {
        return new DispatchSnapshot(0, 0, 0, 0, 0, 0, 0, List.of(), QueuesShown.ALL, index);
    }
}
