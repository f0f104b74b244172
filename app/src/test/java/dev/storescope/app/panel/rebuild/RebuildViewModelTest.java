package dev.storescope.app.panel.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.Readings;
import dev.storescope.app.panel.rebuild.RebuildViewModel.Shown;
import dev.storescope.app.session.Rebuilt;
import dev.storescope.app.session.Rebuilt.Derived;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.IndexSnapshot;
import dev.storescope.engine.api.StoreSnapshot.DispatchSnapshot;
import dev.storescope.engine.api.StoreSnapshot.QueuesShown;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RebuildViewModelTest {
    private final Readings readings = new Readings();
    private final RebuildViewModel model = new RebuildViewModel(new Texts(Language.ENGLISH));

    @Test
    void shouldBeReadyOnlyWhileAStoreIsOpen() {
        // when
        model.update(readings.without(new SessionState.NoStore()).frame());
        // then
        assertThat(model.readyProperty().get()).isFalse();
        assertThat(model.whatGoes()).isEmpty();
        // when
        model.update(readings.reopened().frame());
        // then
        assertThat(model.readyProperty().get()).isTrue();
        assertThat(shown()).isEqualTo(Shown.NOTHING);
    }

    @Test
    void shouldNameWhatGoes() {
        model.update(readings.dispatch(new DispatchSnapshot(0, 0, 0, 0, 0, 8, 1_234, List.of(), QueuesShown.ALL,
                IndexSnapshot.NONE)).frame());

        assertThat(model.whatGoes()).containsExactly(Path.of("/store"), "8", "1\u00a0234", "0");
    }

    @Test
    void shouldSayThatNothingIsLostWhenAllIsBack() {
        // given
        model.update(readings.frame());
        // when
        model.done(new Rebuilt(2, new Derived(8, 600, 1_200), new Derived(8, 600, 1_200), 9, 1_500_000_000, 0));
        // then
        assertThat(shown().isDone()).isTrue();
        assertThat(shown().isNothingLost()).isTrue();
        assertThat(shown().entries()).isEqualTo("600 → 600");
        assertThat(shown().index()).isEqualTo("1\u00a0200 → 1\u00a0200");
        assertThat(shown().verdict()).isEqualTo("Nothing is lost. Files deleted: 9; back after 1.5\u00a0s.");
    }

    @Test
    void shouldNotTakeAnIndexThatIsStillBeingBuiltForLost() {
        // given
        model.update(readings.frame());
        // when
        model.done(new Rebuilt(2, new Derived(8, 600, 1_200), new Derived(8, 600, 0), 9, 1_500_000_000, 3 << 20));
        // then
        assertThat(shown().isNothingLost()).isTrue();
        assertThat(shown().verdict()).isEqualTo(
                "The queues are as before; the index is still being built, 3\u00a0MiB of the log are left. "
                        + "Files deleted: 9; back after 1.5\u00a0s.");
    }

    @Test
    void shouldSayThatItIsNotTheSameWhenSomethingIsMissing() {
        // given
        model.update(readings.frame());
        // when
        model.done(new Rebuilt(2, new Derived(8, 600, 1_200), new Derived(8, 599, 1_200), 9, 1_500_000_000, 0));
        // then
        assertThat(shown().isNothingLost()).isFalse();
        assertThat(shown().verdict()).startsWith("Not the same as before.");
    }

    @Test
    void shouldKeepTheResultWhileTheStoreIsTheSame() {
        // given
        model.update(readings.frame());
        model.done(new Rebuilt(2, new Derived(1, 2, 3), new Derived(1, 2, 3), 4, 5, 0));
        // when
        model.update(readings.after(1).frame());
        // then
        assertThat(shown().isDone()).isTrue();
        // when the store goes for a moment, as when it starts again, the result stays as well
        model.update(readings.without(new SessionState.NoStore()).frame());
        model.update(readings.reopened().frame());
        // then
        assertThat(shown().isDone()).isTrue();
    }

    private Shown shown() {
        return model.shownProperty().get();
    }
}
