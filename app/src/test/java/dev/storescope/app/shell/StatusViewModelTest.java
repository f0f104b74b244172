package dev.storescope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.pulse.Frame;
import dev.storescope.app.pulse.FramePace;
import dev.storescope.app.pulse.Rates;
import dev.storescope.app.session.AppSettings;
import dev.storescope.app.session.AppSettingsFile;
import dev.storescope.app.session.LiveSession;
import dev.storescope.app.session.LiveWorld;
import dev.storescope.app.session.LogCheck;
import dev.storescope.app.session.RestartReason;
import dev.storescope.app.session.SessionEvent;
import dev.storescope.app.session.SessionEvent.Severity;
import dev.storescope.app.session.SessionReading;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.session.trace.TraceReading;
import dev.storescope.app.shell.StatusViewModel.Health;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.sim.Crash;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Without a toolkit, on a real store.
class StatusViewModelTest {
    private static final FramePace PACE = new FramePace(59.7, 60, 3_100_000, 84L << 20);

    @TempDir private static Path folder;

    private final Path store = folder.resolve("store-" + UUID.randomUUID());
    private final LiveSession session = new LiveSession(new LiveWorld(),
            AppSettingsFile.inMemory(AppSettings.defaults()));
    private final Texts texts = new Texts(Language.ENGLISH);
    private final StatusViewModel model = new StatusViewModel(texts);

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void shouldShowNothingAsZeroThatIsNotKnown() {
        model.update(frame(FramePace.UNKNOWN));

        assertThat(model.modeProperty().get()).isEqualTo("no store open");
        assertThat(model.behindProperty().get()).isEmpty();
        assertThat(model.paceProperty().get()).isEqualTo("– fps · frame – · events dropped – · heap –");
        assertThat(model.healthProperty().get()).isEqualTo(Health.NONE);
    }

    @Test
    void shouldGiveAnswersWhileTheStoreIsDead() {
        // given
        model.update(restarting(new RestartReason.Crashed(Crash.Kind.POWER_CUT), LogCheck.NOT_BEGUN));
        String death = model.lastProperty().get();
        assertThat(death).startsWith("The power failed");
        // when
        model.tell(new SessionEvent(1, 0, Severity.DONE, "ledger.none", List.of(), ""));
        model.update(restarting(new RestartReason.Crashed(Crash.Kind.POWER_CUT), LogCheck.NOT_BEGUN));
        // then
        assertThat(model.lastProperty().get()).isEqualTo("No crash since the store was opened");
        // when it dies once more, after it was open
        session.create(store, 1 << 20).join();
        model.update(frame(PACE));
        model.update(restarting(new RestartReason.Crashed(Crash.Kind.POWER_CUT), LogCheck.NOT_BEGUN));
        // then
        assertThat(model.lastProperty().get()).isEqualTo(death);
    }

    @Test
    void shouldSayModeRoleAndWhetherItIsWriteable() {
        session.create(store, 1 << 20).join();
        session.restart(Map.of(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH)).join();

        model.update(frame(PACE));

        assertThat(model.modeProperty().get()).isEqualTo("SYNC_FLUSH · ASYNC_MASTER · writeable");
        assertThat(model.healthProperty().get()).isEqualTo(Health.WRITEABLE);
        assertThat(model.storePathProperty().get()).isEqualTo(store.toString());
    }

    @Test
    void shouldSayHowFarTheDiskIsBehind() {
        // given
        session.create(store, 1 << 20).join();
        session.restart(Map.of(StoreSetting.FLUSH_INTERVAL_COMMIT_LOG, 60_000L)).join();
        session.changeLoad(load -> load.toBuilder().producers(1).build()).join();
        session.startLoad().join();
        // when
        while (behindBytes() == 0) {
            Thread.onSpinWait();
        }
        model.update(frame(PACE));
        // then
        assertThat(model.behindProperty().get()).startsWith("not flushed ")
                .containsPattern(" messages\\) · dispatch behind [\\d.]+\u00a0(B|KiB)$");
        assertThat(model.loadProperty().get()).startsWith("load: 1 producers");
    }

    @Test
    void shouldShowWhatTheWindowTakes() {
        session.create(store, 1 << 20).join();

        model.update(frame(PACE));

        assertThat(model.paceProperty().get().replace('\u00a0', ' '))
                .isEqualTo("60 fps · frame 3.1 ms · events dropped 0 · heap 84 MiB");
    }

    @Test
    void shouldSayWhatWasDoneLast() {
        model.tell(new SessionEvent(1, 0, Severity.DONE, "session.burst", List.of("10"), ""));

        assertThat(model.lastProperty().get()).isEqualTo("Burst of 10 messages");
    }

    @Test
    void shouldLeaveWhatWentWrongToTheNotices() {
        // given
        model.tell(new SessionEvent(1, 0, Severity.DONE, "session.burst", List.of("10"), ""));
        // when
        model.tell(new SessionEvent(2, 0, Severity.ERROR, "session.openFailed", List.of(), "it is on fire"));
        // then
        assertThat(model.lastProperty().get()).isEmpty();
    }

    @Test
    void shouldShowNoPathOfAStoreThatIsNotOpen() {
        session.open(store.resolve("missing")).exceptionally(_ -> null).join();

        model.update(frame(PACE));

        assertThat(model.stateProperty().get()).isInstanceOf(SessionState.Failed.class);
        assertThat(model.storePathProperty().get()).isEmpty();
        assertThat(model.failedProperty().get()).isTrue();
    }

    @Test
    void shouldSayWhatHappenedLastInAnotherLanguageToo() {
        // given
        model.tell(new SessionEvent(1, 0, Severity.DONE, "session.burst", List.of("10"), ""));
        assertThat(model.lastProperty().get()).isEqualTo("Burst of 10 messages");
        // when
        texts.use(Language.CHINESE);
        // then
        assertThat(model.lastProperty().get()).isEqualTo("突发 10 条消息");
    }

    @Test
    void shouldSayHowFarARestartIs() {
        // given
        model.tell(new SessionEvent(1, 0, Severity.DONE, "session.loadStarted", List.of(), ""));
        var reason = new RestartReason.Changed("flushDiskType = SYNC_FLUSH");
        // when
        model.update(restarting(reason, new LogCheck(430, 1000, 100_000_000)));
        // then
        assertThat(model.lastProperty().get().replace('\u00a0', ' '))
                .isEqualTo("Restarting for flushDiskType = SYNC_FLUSH: 43 % of the log checked");
        // when
        model.update(restarting(new RestartReason.Killed(), new LogCheck(999, 1000, 2_345_000_000L)));
        // then
        assertThat(model.lastProperty().get().replace('\u00a0', ' '))
                .isEqualTo("Reopening after the kill: 100 % of the log checked, 2.3 s");
        // when it is open
        session.create(store, 1 << 20).join();
        model.update(frame(PACE));
        // then
        assertThat(model.lastProperty().get()).isEqualTo("Load started");
    }

    private long behindBytes() {
        return session.read().snapshot().orElseThrow().log().unflushedBytes();
    }

    private Frame restarting(RestartReason reason, LogCheck check) {
        SessionReading now = session.read();
        return new Frame(0, Frame.Beat.TEXT, new SessionReading(0, new SessionState.Restarting(store, reason, check),
                Optional.empty(), now.loadSpec(), Optional.empty()), TraceReading.NONE, Rates.UNKNOWN,
                Frame.Intervals.NONE,
                PACE);
    }

    private Frame frame(FramePace pace) {
        return new Frame(System.nanoTime(), Frame.Beat.TEXT, session.read(), TraceReading.NONE,
                Rates.UNKNOWN,
                Frame.Intervals.NONE, pace);
    }
}
