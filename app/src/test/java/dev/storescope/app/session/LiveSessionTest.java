package dev.storescope.app.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.app.session.SessionEvent.Severity;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadState;
import dev.storescope.engine.load.Pacing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands on real stores in real directories.
class LiveSessionTest {
    private static final long SEGMENT_BYTES = 64 << 10;

    @TempDir private Path folder;

    private final AppSettingsFile settings = AppSettingsFile.inMemory(AppSettings.defaults());
    private final LiveSession session = new LiveSession(new LiveWorld(), settings);

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void shouldKnowNothingBeforeAStoreIsOpen() {
        SessionReading reading = session.read();

        assertThat(reading.state()).isInstanceOf(SessionState.NoStore.class);
        assertThat(reading.snapshot()).isEmpty();
        assertThat(reading.load()).isEmpty();
    }

    @Test
    void shouldMakeAStoreAndRememberIt() {
        session.create(folder.resolve("a"), SEGMENT_BYTES).join();

        assertThat(session.read().state()).isInstanceOf(SessionState.Running.class);
        assertThat(snapshot().config().mappedFileSizeCommitLog()).isEqualTo(SEGMENT_BYTES);
        assertThat(settings.get().lastStore()).isEqualTo(folder.resolve("a").toString());
    }

    @Test
    void shouldOpenAStoreWithTheFilesItHas() {
        // given
        session.create(folder.resolve("a"), SEGMENT_BYTES).join();
        session.burst(10).join();
        awaitAcknowledged(10);
        session.closeStore().join();
        // when
        session.open(folder.resolve("a")).join();
        // then
        assertThat(snapshot().config().mappedFileSizeCommitLog()).isEqualTo(SEGMENT_BYTES);
        assertThat(snapshot().log().wrote().offset()).isPositive();
    }

    @Test
    void shouldRestartOnTheSameFilesWithOtherSettings() {
        // given
        session.create(folder.resolve("a"), SEGMENT_BYTES).join();
        session.startLoad().join();
        awaitAcknowledged(1);
        long generation = session.read().generation();
        // when
        session.restart(Map.of(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH)).join();
        // then
        assertThat(snapshot().config().flushDiskType()).isEqualTo(FlushDiskType.SYNC_FLUSH);
        assertThat(session.read().generation()).isGreaterThan(generation);
        assertThat(session.read().load().map(LoadSnapshot::state)).as("load goes on").contains(LoadState.RUNNING);
        assertThat(settings.get().settingsOf(folder.resolve("a"))).containsEntry("flushDiskType", "SYNC_FLUSH");
        assertThat(lastEvent().textKey()).isEqualTo("session.restarted");
        assertThat(lastEvent().values().getFirst()).isEqualTo("flushDiskType = SYNC_FLUSH");
    }

    @Test
    void shouldRefuseASettingThatTheFilesDoNotFit() {
        session.create(folder.resolve("a"), SEGMENT_BYTES).join();

        assertFails(session.restart(Map.of(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, 128L << 10)),
                "mappedFileSizeCommitLog", "only a new store");

        assertThat(session.read().state()).isInstanceOf(SessionState.Running.class);
    }

    @Test
    void shouldRecoverAfterAKillAndSayWhatWasLost() {
        // given
        session.create(folder.resolve("a"), SEGMENT_BYTES).join();
        session.burst(50).join();
        awaitAcknowledged(50);
        session.stopLoad().join();
        awaitLoadEnd();
        long before = snapshot().log().wrote().offset();
        // when
        session.kill().join();
        // then
        assertThat(snapshot().log().wrote().offset()).as("all was in the page cache").isEqualTo(before);
        assertThat(lastEvent().textKey()).isEqualTo("session.killed");
        assertThat(session.read().state()).isInstanceOf(SessionState.Running.class);
    }

    @Test
    void shouldTellThatTheLimitIsReachedInFiguresThatEveryLanguageHasWordsFor() {
        // given
        settings.update(own -> own.withLoadLimits(1 << 20, 0));
        session.create(folder.resolve("a"), SEGMENT_BYTES).join();
        // when
        session.burst(2_000).join();
        awaitLoadEnd();
        // then
        assertThat(lastEvent().textKey()).isEqualTo("session.loadEnd.LOG_LENGTH_REACHED");
        assertThat(lastEvent().values()).containsExactly("1\u00a0MiB");
        assertThat(lastEvent().detail()).as("a sentence of the engine").isEmpty();
    }

    @Test
    void shouldNotTouchADirectoryThatIsNoStore() throws IOException {
        // given
        Path foreign = Files.createDirectories(folder.resolve("photos"));
        Files.writeString(foreign.resolve("cat.jpg"), "meow");
        // when
        assertFails(session.open(foreign), "photos", "expected a store");
        assertFails(session.create(foreign, SEGMENT_BYTES), "photos", "expected an empty");
        // then
        assertThat(names(foreign)).containsExactly("cat.jpg");
        assertThat(session.read().state()).isInstanceOf(SessionState.Failed.class);
        assertThat(lastEvent().severity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void shouldKeepTheOpenStoreWhenAnotherCannotBeOpened() {
        session.create(folder.resolve("a"), SEGMENT_BYTES).join();

        assertFails(session.open(folder.resolve("missing")), "missing", "no such directory");

        assertThat(session.read().state()).isInstanceOf(SessionState.Running.class);
        assertThat(folder.resolve("missing")).doesNotExist();
    }

    /// A file where a directory would have to be: not even root can make one there.
    @Test
    void shouldKeepTheOpenStoreAndItsLoadWhenANewOneCannotBeMade() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("file"), "");
        session.create(folder.resolve("a"), SEGMENT_BYTES).join();
        session.startLoad().join();
        awaitAcknowledged(1);
        long generation = session.read().generation();
        // when
        assertFails(session.create(file.resolve("x"), SEGMENT_BYTES), file.resolve("x").toString(), "expected",
                "found");
        // then
        assertThat(session.read().state()).isInstanceOf(SessionState.Running.class);
        assertThat(session.read().generation()).as("the same store, not opened anew").isEqualTo(generation);
        assertThat(session.read().load().map(LoadSnapshot::state)).contains(LoadState.RUNNING);
        assertThat(lastEvent().textKey()).isEqualTo("session.createFailed");
    }

    @Test
    void shouldKeepTheOpenStoreAndItsLoadWhenAnotherOneIsInUse() {
        // given
        try (var other = new LiveSession(new LiveWorld(), AppSettingsFile.inMemory(AppSettings.defaults()))) {
            other.create(folder.resolve("taken"), SEGMENT_BYTES).join();
            session.create(folder.resolve("a"), SEGMENT_BYTES).join();
            session.startLoad().join();
            awaitAcknowledged(1);
            // when
            assertFails(session.open(folder.resolve("taken")), "taken", "expected", "found");
        }
        // then
        assertThat(snapshot().config().storePathRootDir()).isEqualTo(folder.resolve("a"));
        assertThat(session.read().load().map(LoadSnapshot::state)).contains(LoadState.RUNNING);
    }

    @Test
    void shouldGiveTheDirectoryBackWhenAnotherStoreTakesItsPlace() {
        // given
        session.create(folder.resolve("a"), SEGMENT_BYTES).join();
        session.create(folder.resolve("b"), SEGMENT_BYTES).join();
        // when
        try (var other = new LiveSession(new LiveWorld(), AppSettingsFile.inMemory(AppSettings.defaults()))) {
            other.open(folder.resolve("a")).join();
            // then
            assertThat(other.read().state()).isInstanceOf(SessionState.Running.class);
        }
    }

    @Test
    void shouldOpenTheSameStoreAnew() {
        session.create(folder.resolve("a"), SEGMENT_BYTES).join();
        long generation = session.read().generation();

        session.open(folder.resolve("a")).join();

        assertThat(session.read().generation()).isGreaterThan(generation);
        assertThat(session.read().state()).isInstanceOf(SessionState.Running.class);
    }

    @Test
    void shouldCountOnWhenTheStoreIsRestartedUnderItsLoad() {
        // given
        session.create(folder.resolve("a"), SEGMENT_BYTES).join();
        session.startLoad().join();
        awaitAcknowledged(100);
        // when
        session.restart(Map.of(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH)).join();
        // then
        LoadSnapshot after = session.read().load().orElseThrow();
        assertThat(after.acknowledged()).isGreaterThanOrEqualTo(100);
        assertThat(after.sent()).isGreaterThanOrEqualTo(after.acknowledged());
        assertThat(after.recordBytes()).isGreaterThanOrEqualTo(after.bodyBytes());
        awaitAcknowledged(after.acknowledged() + 1);
        // when it has ended, and the store is restarted once more
        session.stopLoad().join();
        awaitLoadEnd();
        LoadSnapshot ended = session.read().load().orElseThrow();
        session.restart(Map.of(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.ASYNC_FLUSH)).join();
        // then
        assertThat(session.read().load()).contains(ended);
        assertThat(snapshot().recovery().recordsChecked()).as("messages in the log").isEqualTo(ended.sent());
    }

    @Test
    void shouldBeginToCountAnewWithTheNextLoad() {
        // given
        session.create(folder.resolve("a"), SEGMENT_BYTES).join();
        session.changeLoad(load -> load.toBuilder().pacing(new Pacing.Constant(0)).build()).join();
        session.burst(50).join();
        awaitAcknowledged(50);
        session.restart(Map.of(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH)).join();
        session.stopLoad().join();
        awaitLoadEnd();
        // when
        session.startLoad().join();
        // then
        assertThat(session.read().load().map(LoadSnapshot::acknowledged)).contains(0L);
    }

    @Test
    void shouldNotTouchADirectoryThatHasOnlyTheNameOfALog() throws IOException {
        // given
        Path foreign = folder.resolve("a");
        Files.createDirectories(foreign.resolve("commitlog"));
        Files.writeString(foreign.resolve("commitlog/notes.txt"), "mine");
        // when
        assertFails(session.open(foreign), foreign.toString(), "expected a store", "found", "notes.txt");
        assertFails(session.create(foreign, SEGMENT_BYTES), foreign.toString(), "found", "notes.txt");
        // then
        assertThat(names(foreign)).containsExactly("commitlog");
        assertThat(names(foreign.resolve("commitlog"))).containsExactly("notes.txt");
    }

    @Test
    void shouldSayThatADirectoryIsInUse() {
        // given
        session.create(folder.resolve("a"), SEGMENT_BYTES).join();
        // when
        try (var other = new LiveSession(new LiveWorld(), AppSettingsFile.inMemory(AppSettings.defaults()))) {
            assertFails(other.open(folder.resolve("a")), folder.resolve("a").toString());
            // then
            assertThat(other.read().state()).isInstanceOf(SessionState.Failed.class);
        }
        assertThat(snapshot().notWriteable()).isEmpty();
    }

    @Test
    void shouldSayThatFilesDifferInLength() throws IOException {
        // given
        Path log = Files.createDirectories(folder.resolve("a/commitlog"));
        Files.write(log.resolve("00000000000000000000"), new byte[8192]);
        Files.write(log.resolve("00000000000000008192"), new byte[4096]);
        // when
        assertFails(session.open(folder.resolve("a")), "00000000000000008192", "8192", "4096");
        // then
        assertThat(names(log)).hasSize(2);
    }

    @Test
    void shouldAnswerWhatLiesAtAnOffset() {
        session.create(folder.resolve("a"), SEGMENT_BYTES).join();
        session.burst(5).join();
        awaitAcknowledged(5);

        assertThat(session.message(0).join()).hasValueSatisfying(
                message -> assertThat(message.commitLogOffset()).isZero());
        assertThat(session.message(1).join()).isEmpty();
    }

    @Test
    void shouldTellEachEventOnce() {
        session.create(folder.resolve("a"), SEGMENT_BYTES).join();
        List<SessionEvent> first = session.eventsAfter(0);
        session.closeStore().join();

        assertThat(first).isNotEmpty();
        assertThat(session.eventsAfter(first.getLast().number())).extracting(SessionEvent::textKey)
                .containsExactly("session.closed");
    }

    private StoreSnapshot snapshot() {
        return session.read().snapshot().orElseThrow();
    }

    private SessionEvent lastEvent() {
        return session.eventsAfter(0).getLast();
    }

    private void awaitAcknowledged(long messages) {
        while (session.read().load().map(LoadSnapshot::acknowledged).orElse(0L) < messages) {
            Thread.onSpinWait();
        }
    }

    private void awaitLoadEnd() {
        while (session.read().load().map(LoadSnapshot::state).filter(LoadState.ENDED::equals).isEmpty()) {
            Thread.onSpinWait();
        }
    }

    private static void assertFails(CompletableFuture<Void> command, String... words) {
        assertThatThrownBy(command::join).isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(StoreException.class)
                .cause()
                .hasMessageContainingAll(words);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
