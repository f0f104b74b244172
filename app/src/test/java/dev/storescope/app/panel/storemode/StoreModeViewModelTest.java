package dev.storescope.app.panel.storemode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.Readings;
import dev.storescope.app.panel.storemode.ModeNotes.Notes;
import dev.storescope.app.panel.storemode.StoreModeViewModel.Shown;
import dev.storescope.app.panel.storemode.StoreModeViewModel.Standing;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.BrokerRole;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.PutMessageLockKind;
import dev.storescope.engine.api.PutStage;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot.FileSnapshot;
import dev.storescope.engine.api.StoreSnapshot.FileState;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.Pacing;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreModeViewModelTest {
    private final Texts texts = new Texts(Language.ENGLISH);
    private final StoreModeViewModel model = new StoreModeViewModel(texts);
    private final Readings readings = new Readings().with(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, 64 << 20).after(1);

    @BeforeEach
    void seeTheFirstFrame() {
        nextFrame();
    }

    private void nextFrame() {
        model.update(readings.after(0.6).frame());
    }

    /// Puts of 1 KiB at an even rate, longer than a rate needs to be known.
    private void put(long perSecond) {
        for (int i = 0; i <= 50; i++) {
            long messages = perSecond * i / 20;
            model.update(readings.after(0.05).counted(messages, messages * 1024, 0, 0).frame());
        }
    }

    private Shown shown() {
        return model.shownProperty().get();
    }

    private Notes notes() {
        Notes notes = shown().notes();
        return new Notes(plain(notes.flush()), plain(notes.pool()), plain(notes.lock()), plain(notes.warm()),
                plain(notes.segment()), plain(notes.flushPacing()), plain(notes.commitPacing()));
    }

    private static String plain(String text) {
        return text.replace('\u00a0', ' ');
    }

    @Test
    void shouldShowWhatIsInForce() {
        assertThat(shown().standing()).isEqualTo(Standing.READY);
        assertThat(shown().flush()).isEqualTo("ASYNC_FLUSH");
        assertThat(shown().lock()).isEqualTo("REENTRANT");
        assertThat(shown().poolUsable()).isTrue();
        assertThat(shown().pool()).isFalse();
        assertThat(plain(shown().segment())).isEqualTo("64 MiB");
        assertThat(plain(shown().numbers().get(ModeNumber.FLUSH_INTERVAL))).isEqualTo("500 ms");
        assertThat(plain(shown().numbers().get(ModeNumber.FLUSH_PAGES))).isEqualTo("4 pages");
    }

    @Test
    void shouldAskForARestartAndLetNothingBePressedMeanwhile() {
        // when
        model.choose(FlushDiskType.SYNC_FLUSH);
        // then
        assertThat(shown().flush()).isEqualTo("SYNC_FLUSH");
        assertThat(shown().standing()).isEqualTo(Standing.RESTARTING);
        assertThat(model.takeChanges()).isEqualTo(
                Map.of(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH));
        assertThat(model.takeChanges()).as("only once").isEmpty();
        // when the store is closed and opened
        readings.without(new SessionState.Closing(Path.of("/store")));
        nextFrame();
        assertThat(shown().flush()).as("what was chosen stays").isEqualTo("SYNC_FLUSH");
        assertThat(shown().standing()).isEqualTo(Standing.RESTARTING);
        assertThat(shown().hint()).isEqualTo("restarting on the same files…");
        // when it is done
        readings.reopened().with(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH);
        nextFrame();
        model.restarted();
        nextFrame();
        // then
        assertThat(shown().standing()).isEqualTo(Standing.READY);
        assertThat(shown().flush()).isEqualTo("SYNC_FLUSH");
    }

    @Test
    void shouldShowWhatIsInForceAgainWhenTheRestartFailed() {
        // given
        model.choose(FlushDiskType.SYNC_FLUSH);
        model.takeChanges();
        // when
        model.restarted();
        nextFrame();
        // then
        assertThat(shown().flush()).isEqualTo("ASYNC_FLUSH");
        assertThat(shown().standing()).isEqualTo(Standing.READY);
    }

    @Test
    void shouldNotRestartForWhatIsInForceAlready() {
        // when
        model.choose(FlushDiskType.ASYNC_FLUSH);
        model.choose(PutMessageLockKind.REENTRANT);
        model.enter(ModeNumber.FLUSH_INTERVAL, "500 ms");
        // then
        assertThat(model.takeChanges()).isEmpty();
        assertThat(shown().standing()).isEqualTo(Standing.READY);
    }

    @Test
    void shouldSayWhyThePoolCannotAct() {
        // given
        readings.with(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH);
        nextFrame();
        assertThat(shown().poolUsable()).isFalse();
        assertThat(notes().pool()).isEqualTo("needs async flush on a master");
        // when
        readings.with(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.ASYNC_FLUSH)
                .with(StoreSetting.BROKER_ROLE, BrokerRole.SLAVE);
        nextFrame();
        // then
        assertThat(shown().poolUsable()).isFalse();
        assertThat(notes().pool()).isEqualTo("needs a master: a slave appends what it is sent");
    }

    @Test
    void shouldSayWhatAsyncFlushMeansAtTheRateOfTheMoment() {
        // when
        put(24_000);
        // then
        assertThat(notes().flush()).isEqualTo("power cut at 24 000 /s: ~ 12 000 lost");
        assertThat(notes().segment()).isEqualTo("needs a new store · at 24 000 /s full in 2.7 s");
        assertThat(notes().pool()).isEqualTo("would lock 320 MiB of memory");
        assertThat(notes().warm()).isEqualTo("up to 16 384 page faults a file, under the lock");
        assertThat(notes().flushPacing()).isEqualTo("fewer than 4 pages dirty: after 10 s");
    }

    @Test
    void shouldTellOfTheTargetOfTheLoadWhenNothingIsPut() {
        // given
        readings.loadSpec(LoadSpec.builder().pacing(new Pacing.Constant(4_000)).build());
        // when
        nextFrame();
        // then
        assertThat(notes().flush()).isEqualTo("power cut at 4 000 /s: ~ 2 000 lost");
        assertThat(notes().segment()).isEqualTo("needs a new store · at 4 000 /s full in 14 s");
    }

    @Test
    void shouldTellOfATimeWhenNothingIsPutAndTheStoreWouldSetThePace() {
        // given
        readings.with(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true)
                .loadSpec(LoadSpec.builder().pacing(new Pacing.ClosedLoop()).build());
        // when
        nextFrame();
        // then
        assertThat(notes().flush()).startsWith("power cut: the last ").endsWith(" lost, more while the disk is behind");
        assertThat(notes().pool()).isEqualTo("kill: the last 200 ms lost, more while commit is behind");
        assertThat(notes().segment()).isEqualTo("needs a new store");
    }

    @Test
    void shouldLeaveItsTextsBetweenTextFrames() {
        // given
        put(24_000);
        var before = shown();
        // when
        readings.after(0.016).with(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH);
        model.update(readings.frameBetween());
        // then
        assertThat(shown()).isSameAs(before);
    }

    @Test
    void shouldSayWhatAKillCostsWithThePool() {
        // given
        readings.with(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true);
        // when
        put(24_000);
        // then
        assertThat(notes().pool()).isEqualTo("kill at 24 000 /s: ~ 4 800 lost");
        assertThat(notes().flush()).isEqualTo("power cut at 24 000 /s: ~ 17 000 lost");
        assertThat(shown().commitPacingUsable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"5000|from the next file on; this one has no buffer", //
        "0|no buffer was free for this file: page cache"})
    void shouldSayWhyThePoolIsPassedOver(long recoveredTo, String note) {
        // given a second file without a buffer, there since before the store was opened or not
        readings.with(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true)
                .files(recoveredTo, file(0, FileState.FULL), file(4096, FileState.ACTIVE));
        // when
        put(24_000);
        // then
        assertThat(notes().pool()).isEqualTo(note);
    }

    private static FileSnapshot file(long fromOffset, FileState state) {
        return new FileSnapshot(fromOffset, 4096, state, 0, 0, 0, -1, 0, false, false);
    }

    @Test
    void shouldSayWhatAForceCostsUnderSyncFlush() {
        // given
        readings.with(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH)
                .forces(1_800_000, 1_900_000, 900_000_000);
        // when
        nextFrame();
        // then
        assertThat(notes().flush()).isEqualTo("power cut: none lost; a force takes 1.9 ms");
        assertThat(notes().flushPacing()).isEqualTo("under async flush only");
        assertThat(shown().flushPacingUsable()).isFalse();
    }

    @Test
    void shouldSayHowLongAPutWaitsForTheLock() {
        // when
        readings.stage(PutStage.LOCK, Readings.histogram(2_000, 2_000, 90_000));
        model.update(readings.after(0.6).frameWithIntervals());
        // then
        assertThat(notes().lock()).isEqualTo("median wait 2 µs");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0|Expected 1 ms to 3 600 000 ms, found 0",
        "soon|Expected 1 ms to 3 600 000 ms, found soon", "''|Expected 1 ms to 3 600 000 ms, found nothing"})
    void shouldSayWhatWasExpectedAndFoundAndNotRestart(String text, String problem) {
        assertThat(model.enter(ModeNumber.FLUSH_INTERVAL, text)).map(StoreModeViewModelTest::plain).hasValue(problem);
        assertThat(model.takeChanges()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"FLUSH_INTERVAL, 200, 200", "FLUSH_INTERVAL, 1 000 ms, 1000", "FLUSH_PAGES, 8 pages, 8",
        "COMMIT_PAGES, 0 页, 0"})
    void shouldTakeANumberAsItIsShown(ModeNumber number, String text, long value) {
        assertThat(model.enter(number, text)).isEmpty();
        assertThat(model.takeChanges()).isEqualTo(Map.of(number.setting(), value));
    }

    @Test
    void shouldSpeakTheOtherLanguageWithTheNextTextFrame() {
        // given
        readings.loadSpec(LoadSpec.builder().pacing(new Pacing.Constant(1_000)).build());
        // when
        texts.use(Language.CHINESE);
        model.update(readings.after(0.016).frame());
        // then
        assertThat(shown().hint()).isEqualTo("修改后存储会重启");
        assertThat(notes().flush()).isEqualTo("1 000 /s 时断电：约丢 500 条");
    }

    @Test
    void shouldLetNothingBePressedWithoutAStore() {
        // when
        readings.without(new SessionState.NoStore());
        nextFrame();
        model.choose(FlushDiskType.SYNC_FLUSH);
        // then
        assertThat(shown().standing()).isEqualTo(Standing.NO_STORE);
        assertThat(shown().flush()).isEmpty();
        assertThat(model.takeChanges()).isEmpty();
    }
}
