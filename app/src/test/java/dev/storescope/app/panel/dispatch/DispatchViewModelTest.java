package dev.storescope.app.panel.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.Readings;
import dev.storescope.app.panel.dispatch.DispatchViewModel.Line;
import dev.storescope.app.panel.dispatch.DispatchViewModel.Shown;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.IndexSnapshot;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot.DispatchSnapshot;
import dev.storescope.engine.api.StoreSnapshot.QueuesShown;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispatchViewModelTest {
    private final Readings readings = new Readings();
    private final DispatchViewModel model = new DispatchViewModel(new Texts(Language.ENGLISH));

    @Test
    void shouldShowNothingAsZeroWhileNoStoreIsOpen() {
        model.update(readings.without(new SessionState.NoStore()).frame());

        assertThat(shown().behind()).isEqualTo(Formats.UNKNOWN);
        assertThat(shown().reput()).isEqualTo(Formats.UNKNOWN);
        assertThat(model.lineProperty().get()).isEqualTo(Line.NOTHING);
    }

    @Test
    void shouldShowHowFarDispatchIsAndWhatItMayNotPass() {
        // given
        readings.with(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH)
                .positions(Readings.at(6_000, 6, 0), Readings.at(9_000, 9, 0), Readings.at(9_000, 9, 0))
                .dispatch(dispatched(5_000, 6_000, 5));
        // when
        model.update(readings.frame());
        // then
        assertThat(shown().reput()).isEqualTo("5\u00a0000");
        assertThat(shown().limit()).isEqualTo("6\u00a0000");
        assertThat(shown().isBehind()).isTrue();
        assertThat(shown().rule()).contains("never passes flushed");
        assertThat(model.lineProperty().get())
                .isEqualTo(new Line(9_000 - (64 << 10), 9_000, 0, 5_000, 6_000, 6_000, 9_000, 9_000));
    }

    @Test
    void shouldTakeALargerPieceOfTheLogWhenDispatchIsFarBehind() {
        // given
        readings.positions(Readings.at(1 << 20, 6, 0), Readings.at(1 << 20, 9, 0), Readings.at(1 << 20, 9, 0))
                .dispatch(dispatched(1 << 19, 1 << 20, 5));
        // when
        model.update(readings.frame());
        // then
        Line line = model.lineProperty().get();
        assertThat(line.to() - line.from()).isEqualTo(1 << 20);
        assertThat(line.from()).isLessThan(line.reput());
    }

    @Test
    void shouldMeasureHowManyRecordsAreDispatchedASecond() {
        // given
        model.update(readings.dispatch(dispatched(0, 0, 0)).frame());
        // when
        model.update(readings.after(0.5).dispatch(dispatched(1_000, 1_000, 400)).frame());
        // then
        assertThat(shown().perSecond()).isEqualTo("800\u00a0/s");
        // when
        model.update(readings.reopened().after(0.5).dispatch(dispatched(2_000, 2_000, 10)).frame());
        // then
        assertThat(shown().perSecond()).as("of another store").isEqualTo(Formats.UNKNOWN);
    }

    private Shown shown() {
        return model.shownProperty().get();
    }

    private static DispatchSnapshot dispatched(long reputFromOffset, long limit, long records) {
        return new DispatchSnapshot(reputFromOffset, limit - reputFromOffset, records, 0, limit, 0, 0, List.of(),
                QueuesShown.ALL, IndexSnapshot.NONE);
    }
}
