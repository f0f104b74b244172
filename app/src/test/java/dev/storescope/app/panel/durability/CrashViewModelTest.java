package dev.storescope.app.panel.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.Readings;
import dev.storescope.app.panel.durability.CrashViewModel.Shown;
import dev.storescope.app.panel.durability.CrashViewModel.Stage;
import dev.storescope.app.panel.durability.CrashViewModel.Verdict;
import dev.storescope.app.session.ledger.LedgerReport;
import dev.storescope.app.session.ledger.LedgerReport.BeyondReach;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.sim.Ledger;
import dev.storescope.engine.sim.LedgerEntry.Cause;
import dev.storescope.engine.sim.LedgerEntry.Fate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CrashViewModelTest {
    private final CrashViewModel model = new CrashViewModel(new Texts(Language.ENGLISH));

    private Shown shown(LedgerReport ledger) {
        model.update(new Readings().frame(), Optional.empty(), Optional.of(ledger));
        return model.shownProperty().get();
    }

    private static LedgerReport ledger(Map<Fate, Map<Cause, Long>> counts, BeyondReach beyond,
            List<Ledger.Stranger> strangers) {
        return new LedgerReport(List.of(), counts, beyond, List.of(), strangers);
    }

    @Test
    void shouldShowNothingBeforeACrash() {
        model.update(new Readings().frame(), Optional.empty(), Optional.empty());

        assertThat(model.shownProperty().get().stage()).isEqualTo(Stage.NONE);
    }

    @Test
    void shouldSayWhyAcknowledgedMessagesAreLost() {
        Shown shown = shown(ledger(Map.of(Fate.ACKNOWLEDGED_KEPT, Map.of(Cause.FORCED, 40L), Fate.ACKNOWLEDGED_LOST,
                Map.of(Cause.IN_WRITE_BUFFER, 7L)), BeyondReach.NOTHING, List.of()));

        assertThat(shown.headline()).isEqualTo("Lost 7 of 47 acknowledged");
        assertThat(shown.detail()).isEqualTo("only in the write buffer of the process: 7");
        assertThat(shown.verdict()).isEqualTo(Verdict.LOSS);
    }

    @Test
    void shouldCountWhatTheLedgerNoLongerKnowsOneByOneAsKeptWhereTheLogIsWhole() {
        Shown shown = shown(ledger(Map.of(Fate.ACKNOWLEDGED_KEPT, Map.of(Cause.FORCED, 40L), Fate.UNACKNOWLEDGED_KEPT,
                Map.of(Cause.IN_PAGE_CACHE, 2L)), new BeyondReach(60, 0), List.of()));

        assertThat(shown.headline()).isEqualTo("None of 100 acknowledged is lost");
        assertThat(shown.detail()).isEqualTo("Unacknowledged but kept: 2");
        assertThat(shown.verdict()).isEqualTo(Verdict.NOTHING_LOST);
    }

    @Test
    void shouldNotCallKeptWhatNobodyKnows() {
        Shown shown = shown(ledger(Map.of(Fate.ACKNOWLEDGED_KEPT, Map.of(Cause.FORCED, 40L)), new BeyondReach(0, 60),
                List.of()));

        assertThat(shown.headline()).startsWith("Of 60 of the 100 acknowledged nobody can say");
        assertThat(shown.verdict()).isEqualTo(Verdict.LOSS);
    }

    @Test
    void shouldShoutABrokenPromiseAndAMessageThatNobodyPut() {
        Shown shown = shown(ledger(Map.of(Fate.ACKNOWLEDGED_LOST, Map.of(Cause.PROMISE_BROKEN, 1L)),
                BeyondReach.NOTHING, List.of(new Ledger.Stranger(0, "T", 0, "nobody put it"))));

        assertThat(shown.headline()).isEqualTo("The store broke its promise: 1 lost, 1 that nobody put");
        assertThat(shown.verdict()).isEqualTo(Verdict.LOSS);
    }
}
