package dev.storescope.app.panel.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.Readings;
import dev.storescope.app.panel.faults.FaultsViewModel.Room;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.sim.disk.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsViewModelTest {
    private static final long SEGMENT_BYTES = 1 << 20;

    private final Readings readings = new Readings().with(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, SEGMENT_BYTES);
    private final FaultsViewModel model = new FaultsViewModel(new Texts(Language.ENGLISH));

    @Test
    void shouldShowWhatIsOn() {
        model.update(readings.frame(), List.of(new Fault.SlowForce(100_000_000), new Fault.HeldService("A"),
                new Fault.HeldService("B"), FaultsViewModel.NEXT_FORCE_FAILS), () -> 0);

        var shown = model.shownProperty().get();
        assertThat(shown.slowNs()).isEqualTo(100_000_000);
        assertThat(shown.held()).containsExactlyInAnyOrder("A", "B");
        assertThat(shown.isFailing()).isTrue();
        assertThat(shown.room()).isEqualTo(Room.ANY);
        assertThat(shown.hint()).isEqualTo("on: 4");
        assertThat(model.on(Fault.HeldService.class)).hasSize(2);
    }

    @Test
    void shouldShowThatNoneIsOn() {
        model.update(readings.frame(), List.of(), () -> {
            throw new AssertionError("nobody needs it");
        });

        assertThat(model.shownProperty().get().hint()).isEqualTo("none on");
        assertThat(model.shownProperty().get().note()).isEmpty();
    }

    @Test
    void shouldLeaveRoomForAnotherFileOrForNone() {
        model.update(readings.frame(), List.of(), () -> 0);

        assertThat(model.limit(Room.ONE_FILE, 500)).isEqualTo(new Fault.DiskFull(500 + SEGMENT_BYTES));
        assertThat(model.limit(Room.NONE, 500)).isEqualTo(new Fault.DiskFull(500));
    }

    @Test
    void shouldSayHowMuchIsLeftUnderALimit() {
        var limit = List.<Fault>of(new Fault.DiskFull(500 + SEGMENT_BYTES));

        model.update(readings.frame(), limit, () -> 500);
        assertThat(model.shownProperty().get().room()).isEqualTo(Room.ONE_FILE);
        assertThat(model.shownProperty().get().note()).isEqualTo("Left under the limit: 1\u00a0MiB");

        model.update(readings.frame(), limit, () -> 500 + SEGMENT_BYTES);
        assertThat(model.shownProperty().get().room()).isEqualTo(Room.NONE);
        assertThat(model.shownProperty().get().note()).isEqualTo("Left under the limit: 0\u00a0B");
    }
}
