package dev.storescope.app.panel.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.Readings;
import dev.storescope.app.panel.retention.RetentionViewModel.Line;
import dev.storescope.app.panel.retention.RetentionViewModel.Shown;
import dev.storescope.app.panel.retention.RetentionViewModel.State;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.DiskWatermark;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.RetentionSnapshot;
import dev.storescope.engine.api.RetentionSnapshot.Cause;
import dev.storescope.engine.api.RetentionSnapshot.Deletion;
import dev.storescope.engine.api.RetentionSnapshot.Level;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot.FileSnapshot;
import dev.storescope.engine.api.StoreSnapshot.FileState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetentionViewModelTest {
    private static final long GIB = 1L << 30;
    private static final long HOUR_MS = 3_600_000;
    private static final long SECOND_NS = 1_000_000_000L;

    private final Readings readings = new Readings().after(100).files(0, file(1_024), file(2_048));
    private final RetentionViewModel model = new RetentionViewModel(new Texts(Language.ENGLISH));

    @Test
    void shouldShowNothingAsZeroWhileNoStoreIsOpen() {
        model.update(readings.without(new SessionState.NoStore()).frame());

        assertThat(shown()).isEqualTo(Shown.NOTHING);
        assertThat(shown().used()).isNaN();
    }

    @Test
    void shouldSayWhenTheDiskIsLookedAtWhileItIsNotKnown() {
        // when
        model.update(readings.retention(new RetentionSnapshot(0, 0, 0, 0, levels(0), 140 * SECOND_NS, -1, 0, 0,
                Optional.empty(), 0, "")).frame());
        // then
        assertThat(shown().disk()).contains("first time is in 40\u00a0s");
        assertThat(shown().used()).isNaN();
        assertThat(shown().lines()).extracting(Line::state).containsOnly(State.UNKNOWN);
    }

    @Test
    void shouldListEachWatermarkWithWhatItDoesAndWhetherItIsReached() {
        // when
        model.update(readings.retention(looked(0.8, -1)).frame());
        // then
        assertThat(shown().disk()).isEqualTo(
                "80\u00a0% of the disk is used · 20\u00a0GiB of 100\u00a0GiB free · looked at 5\u00a0s ago");
        assertThat(shown().used()).isEqualTo(0.8);
        assertThat(shown().lines()).extracting(Line::watermark).containsExactly(DiskWatermark.values());
        assertThat(shown().lines()).extracting(Line::state)
                .containsExactly(State.REACHED, State.REACHED, State.BELOW, State.BELOW);
        assertThat(shown().lines()).extracting(Line::from)
                .containsExactly("always", "from 75\u00a0%", "from 85\u00a0%", "from 90\u00a0%");
        assertThat(shown().lines().getFirst().what()).contains("at these hours: 04");
        assertThat(shown().lines().get(2).what()).contains("have not expired");
    }

    @Test
    void shouldSayThatNothingMoreIsDeletedWhenThatIsOff() {
        model.update(readings.with(StoreSetting.CLEAN_FILE_FORCIBLY_ENABLE, false)
                .retention(looked(0.8, -1))
                .frame());

        assertThat(shown().lines().get(2).what()).isEqualTo("nothing more is deleted: cleanFileForciblyEnable is off");
    }

    @Test
    void shouldSayWhichFileExpiresNext() {
        // given
        long now = Readings.NOW_MILLIS;
        // when
        model.update(readings.retention(looked(0.5, now + 30 * HOUR_MS)).frame());
        // then
        assertThat(shown().next()).startsWith("00000000000000001024 expires next, in 30\u00a0h\u00a00\u00a0min")
                .contains("older than 72\u00a0h");
        // when
        model.update(readings.retention(looked(0.5, now - 200 * HOUR_MS)).frame());
        // then
        assertThat(shown().next()).startsWith("00000000000000001024 has expired 8 days ago");
        // when
        model.update(readings.retention(looked(0.5, -1)).frame());
        // then
        assertThat(shown().next()).startsWith("No file can expire yet");
    }

    @Test
    void shouldSayThatTheWindowsStoresKeepTheirFiles() {
        model.update(readings.with(StoreSetting.FILE_RESERVED_TIME, 876_000L).retention(looked(0.5, 1)).frame());

        assertThat(shown().next()).startsWith("Nothing expires: fileReservedTime is 100 years");
    }

    @Test
    void shouldTellWhatWasDeletedAndWhyAndWhatStandsInTheWay() {
        // when
        model.update(readings.retention(new RetentionSnapshot(95 * SECOND_NS, 0.9, GIB, 10 * GIB, levels(0.9), 0, -1, 0,
                3, Optional.of(new Deletion(90 * SECOND_NS, 512, Cause.FORCED)), 1, "disk: denied")).frame());
        // then
        assertThat(shown().deleted()).isEqualTo("Files deleted since the start: 3; the last, 00000000000000000512,"
                + " 10\u00a0s ago, not expired, since the disk was too full · still held by readers: 1");
        assertThat(shown().problem()).isEqualTo("A file could not be deleted: disk: denied");
        assertThat(shown().lines()).extracting(Line::state).containsOnly(State.REACHED);
    }

    @Test
    void shouldHaveWordsForEverythingInBothLanguages() {
        for (Language language : Language.values()) {
            var texts = new Texts(language);
            Stream.of(DiskWatermark.values()).forEach(each -> assertThat(texts.has("retention.what." + each)).isTrue());
            Stream.of(Cause.values()).forEach(each -> assertThat(texts.has("retention.cause." + each)).isTrue());
            Stream.of(State.values()).forEach(each -> assertThat(texts.has("retention.state." + each)).isTrue());
        }
        assertThat(Formats.UNKNOWN).isNotEqualTo("0");
    }

    private Shown shown() {
        return model.shownProperty().get();
    }

    private static RetentionSnapshot looked(double usedRatio, long expiresAtMillis) {
        return new RetentionSnapshot(95 * SECOND_NS, usedRatio, Math.round((1 - usedRatio) * 100) * GIB, 100 * GIB,
                levels(usedRatio), 0, expiresAtMillis, 0, 0, Optional.empty(), 0, "");
    }

    private static List<Level> levels(double usedRatio) {
        MessageStoreConfig config = MessageStoreConfig.builder(Path.of("/store")).build();
        return Stream.of(DiskWatermark.values())
                .map(each -> new Level(each, each.ratio(config), each.isReached(config, usedRatio)))
                .toList();
    }

    private static FileSnapshot file(long fromOffset) {
        return new FileSnapshot(fromOffset, 1_024, FileState.FULL, 1_024, 1_024, 1_024, -1, -1, false, false);
    }
}
