package dev.storescope.app.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.app.session.SessionEvent.Severity;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.LoadState;
import dev.storescope.engine.load.Pacing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(lastEvent().severity()).as("the page of the store says it").isEqualTo(Severity.ERROR_ON_PAGE);
    }

    @Test
    void shouldTryAgainWhatCouldNotBeOpened() {
        // given
        try (var other = new LiveSession(new LiveWorld(), AppSettingsFile.inMemory(AppSettings.defaults()))) {
            other.create(folder.resolve("a"), SEGMENT_BYTES).join();
            assertFails(session.openOrCreate(folder.resolve("a"), SEGMENT_BYTES), "expected", "found");
            assertFails(session.tryAgain(), "expected", "found");
        }
        // when the other one is closed
        session.tryAgain().join();
        // then
        assertThat(session.read().state()).isInstanceOf(SessionState.Running.class);
        long generation = session.read().generation();
        session.tryAgain().join();
        assertThat(session.read().generation()).as("nothing to try").isEqualTo(generation);
    }

    @Test
    void shouldTryAgainToMakeAStore() throws IOException {
        // given
        Path place = Files.writeString(folder.resolve("a"), "in the way");
        assertFails(session.create(place, SEGMENT_BYTES), "expected an empty");
        Files.delete(place);
        // when
        session.tryAgain().join();
        // then
        assertThat(snapshot().config().storePathRootDir()).isEqualTo(place);
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

    /// As when the disk is busy: what the program remembers can wait, the load cannot.
    @Test
    void shouldRunTheLoadAgainBeforeTheSettingsAreRemembered() throws InterruptedException {
        // given
        session.create(folder.resolve("a"), SEGMENT_BYTES).join();
        session.startLoad().join();
        awaitAcknowledged(1);
        var held = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var holder = Thread.ofPlatform().daemon(true).start(() -> settings.update(own -> {
            held.countDown();
            awaitLatch(release);
            return own;
        }));
        held.await();
        // when
        var restarted = session.restart(Map.of(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH));
        awaitFlush(FlushDiskType.SYNC_FLUSH);
        // then
        awaitAcknowledged(session.read().load().orElseThrow().acknowledged() + 10);
        release.countDown();
        restarted.join();
        holder.join();
    }

    @Test
    void shouldRememberWhatTheLoadSends() {
        // given
        Pacing ramp = new Pacing.Ramp(10, 2_000.5, 30);
        BodySize body = new BodySize.LogUniform(16, 4_096);
        // when
        session.changeLoad(load -> load.toBuilder().producers(3).pacing(ramp).body(body).topics(7).keys(false).build())
                .join();
        // then in another run of the program
        try (var next = new LiveSession(new LiveWorld(), AppSettingsFile.inMemory(settings.get()))) {
            assertThat(next.read().loadSpec()).isEqualTo(session.read().loadSpec());
            assertThat(next.read().loadSpec().pacing()).isEqualTo(ramp);
        }
    }

    @ParameterizedTest
    @MethodSource("pacings")
    void shouldRememberEachPacing(Pacing pacing) {
        session.changeLoad(load -> load.toBuilder().pacing(pacing).build()).join();

        assertThat(RememberedLoad.spec(settings.get().load(), LoadSpec.builder().build()).pacing()).isEqualTo(pacing);
    }

    static Stream<Pacing> pacings() {
        return Stream.of(new Pacing.ClosedLoop(), new Pacing.Constant(0), new Pacing.Ramp(1, 2, 3),
                new Pacing.Steps(100, -10, 0.5, 10), new Pacing.Bursts(1_000, 2.5));
    }

    @Test
    void shouldPassOverARememberedLoadThatCannotBeRead() {
        LoadSpec otherwise = LoadSpec.builder().topics(9).build();

        LoadSpec read = RememberedLoad.spec(Map.of("producers", "many", "topics", "0", "pacing", "Ramp 1", "body",
                "Huge 1", "tags", "5", "unheard", "of"), otherwise);

        assertThat(read).isEqualTo(otherwise);
        assertThat(RememberedLoad.spec(Map.of("producers", "many", "tags", "5"), otherwise))
                .isEqualTo(otherwise.toBuilder().tags(5).build());
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
    void shouldSayThatAStoreFailedForWhateverReason() {
        // given a machine on which no store can be made
        StoreWorld world = _ -> {
            throw new OutOfMemoryError("no memory, for the test");
        };
        try (var other = new LiveSession(world, AppSettingsFile.inMemory(AppSettings.defaults()))) {
            // when
            CompletableFuture<Void> created = other.create(folder.resolve("a"), SEGMENT_BYTES);
            // then
            assertThatThrownBy(created::join).hasRootCauseMessage("no memory, for the test");
            assertThat(other.read().state()).isInstanceOfSatisfying(SessionState.Failed.class,
                    failed -> assertThat(failed.message()).isEqualTo("no memory, for the test"));
            assertThat(other.eventsAfter(0)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"timerwheel", "timerlog/00000000000000000000", "config/topics.json",
        "consumequeue_ext/topic/0/00000000000000000000"})
    void shouldWriteToABrokersStoreOnlyAfterTheUserHasAgreed(String part) throws IOException {
        // given
        Path store = folder.resolve("a");
        session.create(store, SEGMENT_BYTES).join();
        session.closeStore().join();
        Files.createDirectories(store.resolve(part).getParent());
        Files.writeString(store.resolve(part), "of a broker");
        String name = store.relativize(store.resolve(part)).getName(0).toString();
        try (var other = new LiveSession(new LiveWorld(), AppSettingsFile.inMemory(AppSettings.defaults()))) {
            // then
            assertThat(other.brokersParts(store).join()).containsExactly(name);
            assertFails(other.open(store), store.toString(), "found " + name + " of a broker", "nothing was touched");

            // and when
            other.openBrokersStore(store).join();
            other.closeStore().join();

            // then it is not asked again
            other.open(store).join();
            assertThat(other.read().state()).isInstanceOf(SessionState.Running.class);
        }
    }

    @Test
    void shouldTakeTheLevelsOfDelayedMessagesForOurs() throws IOException {
        // given
        Path store = folder.resolve("a");
        session.create(store, SEGMENT_BYTES).join();
        session.closeStore().join();
        Files.createDirectories(store.resolve("config"));
        Files.writeString(store.resolve("config/delayOffset.json"), "{}");
        // then
        assertThat(session.brokersParts(store).join()).isEmpty();
    }

    @Test
    void shouldDeleteNoFilesUntilTheUserSetsItSo() {
        // given
        session.create(folder.resolve("a"), SEGMENT_BYTES).join();
        assertThat(snapshot().config().number(StoreSetting.FILE_RESERVED_TIME)).isEqualTo(876_000);
        assertThat(snapshot().config().flag(StoreSetting.CLEAN_FILE_FORCIBLY_ENABLE)).isFalse();

        // when
        session.restart(Map.of(StoreSetting.FILE_RESERVED_TIME, 72L)).join();
        session.closeStore().join();
        session.open(folder.resolve("a")).join();

        // then
        assertThat(snapshot().config().number(StoreSetting.FILE_RESERVED_TIME)).isEqualTo(72);
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

    private void awaitFlush(FlushDiskType wanted) {
        while (session.read().snapshot().filter(store -> store.config().flushDiskType() == wanted).isEmpty()) {
            Thread.onSpinWait();
        }
    }

    /// The index of a long log is built while the store runs: what it lacks at first is not lost.
    @Test
    void shouldHaveTheWholeIndexAgainWhenALongLogWasRebuilt() {
        // given
        session.create(folder.resolve("a"), 16 << 20).join();
        session.changeLoad(_ -> LoadSpec.builder()
                .pacing(new Pacing.Constant(0))
                .body(new BodySize.Fixed(1 << 20))
                .keys(true)
                .build()).join();
        session.burst(40).join();
        awaitAcknowledged(40);
        session.stopLoad().join();
        awaitLoadEnd();
        // when
        Rebuilt rebuilt = session.rebuild().join();
        // then
        assertThat(rebuilt.before().indexEntries()).isPositive();
        assertThat(rebuilt.after()).isEqualTo(rebuilt.before());
        assertThat(rebuilt.isIndexBuilt()).isTrue();
        assertThat(rebuilt.isNothingLost()).isTrue();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
