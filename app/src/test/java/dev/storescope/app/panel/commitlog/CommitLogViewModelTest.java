package dev.storescope.app.panel.commitlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.Frames;
import dev.storescope.app.panel.PoolUse;
import dev.storescope.app.panel.commitlog.FileTile.State;
import dev.storescope.app.panel.commitlog.LogBrowser.Room;
import dev.storescope.app.panel.commitlog.VisibleRecords.Question;
import dev.storescope.app.session.RecordHead;
import dev.storescope.app.session.RecordPlace;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.LogHole;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.FileSnapshot;
import dev.storescope.engine.api.StoreSnapshot.Force;
import dev.storescope.engine.env.LiveEnvironment;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitLogViewModelTest {
    private static final long SEGMENT_BYTES = 64 << 10;
    private static final Room ROOM = new Room(3, 250, 300, 800, 300);
    private static final Map<StoreSetting, Object> SYNC = Map.of(StoreSetting.FLUSH_DISK_TYPE,
            FlushDiskType.SYNC_FLUSH);
    private static final Map<StoreSetting, Object> POOL = Map.of(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true,
            StoreSetting.COMMIT_INTERVAL_COMMIT_LOG, 60_000L, StoreSetting.FLUSH_INTERVAL_COMMIT_LOG, 60_000L);

    @TempDir private Path folder;

    private final Texts texts = new Texts(Language.ENGLISH);
    private final CommitLogViewModel model = new CommitLogViewModel(texts);
    private long frames;

    @Test
    void shouldShowNothingWhileNoStoreIsOpen() {
        model.update(Frames.ofNothing(1), Optional.empty(), Optional.empty());

        assertThat(model.pictureProperty().get()).isEqualTo(LogPicture.NOTHING);
        assertThat(model.rangeProperty().get()).isEmpty();
        assertThat(model.cellLineProperty().get()).isEmpty();
    }

    @Test
    void shouldSayOfAnEmptyLogThatNoFileIsMade() {
        // given
        StoreSnapshot snapshot = after(0, SYNC);
        // when
        see(snapshot);
        // then
        assertThat(tiles()).extracting(FileTile::state).containsOnly(State.NOT_MADE);
        assertThat(model.rangeProperty().get()).isEqualTo("min 0 · max 0 · files 0");
    }

    @Test
    void shouldShowTheFileBeforeTheActiveOneAndTheNext() {
        // given
        StoreSnapshot snapshot = after(200, SYNC);
        // when
        see(snapshot);
        // then
        FileSnapshot active = activeFile(snapshot);
        assertThat(tiles()).extracting(FileTile::fromOffset)
                .containsExactly(active.fromOffset() - SEGMENT_BYTES, active.fromOffset(),
                        active.fromOffset() + SEGMENT_BYTES);
        FileTile full = tiles().getFirst();
        assertThat(full.state()).isEqualTo(State.FULL);
        assertThat(full.blankBytes()).isBetween(8L, 1_300L);
        assertThat(full.messages()).isPositive();
        FileTile shown = tiles().get(1);
        assertThat(shown.state()).isEqualTo(State.ACTIVE);
        assertThat(shown.wrote()).isEqualTo(active.wrote());
        assertThat(shown.flags().wrote()).isEqualTo(active.wrote());
        assertThat(shown.flags().flushed()).isEqualTo(active.wrote());
        assertThat(tiles().getLast().state()).isNotIn(State.FULL, State.ACTIVE);
        assertThat(full.flags()).isEqualTo(FileTile.Flags.NONE);
    }

    @Test
    void shouldShowAllFilesInTheStrip() {
        // given
        StoreSnapshot snapshot = after(200, SYNC);
        // when
        see(snapshot);
        // then
        LogPicture.Strip strip = model.pictureProperty().get().strip();
        assertThat(strip.from()).isZero();
        assertThat(strip.to()).isEqualTo(snapshot.files().getLast().endOffset());
        assertThat(strip.wrote()).isEqualTo(snapshot.log().wrote().offset());
        assertThat(strip.written()).isEqualTo(activeFile(snapshot).endOffset());
        assertThat(strip.windowFrom()).isEqualTo(tiles().getFirst().fromOffset());
    }

    @Test
    void shouldSayWhatACellStandsFor() {
        see(after(10, SYNC));

        assertThat(model.cellSizeProperty().get()).isEqualTo("4\u00a0KiB per cell: one page");
    }

    @Test
    void shouldSayWhatWouldLoseThePlaceUnderTheMouse() {
        // given nothing is committed of what stands in the write buffer
        StoreSnapshot snapshot = after(10, POOL);
        see(snapshot);
        // when
        model.hover(5_000);
        // then
        assertThat(model.cellLineProperty().get())
                .contains("00000000000000000000 + 4\u00a0096 … 8\u00a0191")
                .contains("dies with the JVM");
        assertThat(model.messageLineProperty().get()).isEqualTo("not readable before it is committed");
        assertThat(model.nextQuestion()).isEmpty();
        // when
        model.hover(snapshot.log().wrote().offset() + 1);
        // then
        assertThat(model.cellLineProperty().get()).endsWith("empty");
        // when
        model.hover(-1);
        // then
        assertThat(model.cellLineProperty().get()).isEqualTo(texts.get("commitLog.help"));
    }

    @Test
    void shouldSayThatThePoolIsUsedFromTheNextFileOn() {
        // given a file that was there before the pool was switched on
        after(10, SYNC);
        // when
        see(after(1, POOL));
        // then
        assertThat(tiles()).extracting(FileTile::state).contains(State.ACTIVE);
        assertThat(tiles()).filteredOn(tile -> tile.state() == State.ACTIVE)
                .extracting(FileTile::pool)
                .containsExactly(PoolUse.FROM_NEXT_FILE);
        // when the next file is begun
        see(after(80, POOL));
        // then
        assertThat(tiles()).filteredOn(tile -> tile.state() == State.ACTIVE)
                .extracting(FileTile::pool)
                .containsExactly(PoolUse.BUFFERED);
    }

    @Test
    void shouldAskForTheMessageUnderTheMouseAndNameIt() {
        // given a message for whose force its put has waited; a force may come of itself before the put waits
        StoreSnapshot snapshot = after(10, SYNC);
        see(snapshot);
        Force waitedFor = snapshot.flush()
                .forces()
                .stream()
                .filter(force -> force.requests() > 0)
                .findFirst()
                .orElseThrow();
        long at = waitedFor.toOffset() - 1_147;
        model.hover(at + 500);
        // when
        Question question = model.nextQuestion().orElseThrow();
        // then
        assertThat(question).isEqualTo(new Question(at + 500, at + 501, 1));
        assertThat(model.nextQuestion()).as("one at a time").isEmpty();
        // when
        model.answer(question, List.of(head(at, 1_147, 7)));
        // then
        assertThat(model.messageLineProperty().get())
                .startsWith("orders / 2 / #7 · 1\u00a0147\u00a0B at " + Formats.count(at) + " · ")
                .contains("safe since <\u00a01\u00a0s ago by a force of ", "(waiting puts: 1)");
        assertThat(model.pointedMessage()).map(RecordHead::place).contains(new RecordPlace(at, 1_147));
    }

    @Test
    void shouldSayThatAForceIsUnknownRatherThanGuess() {
        // given a store that was flushed before it was opened
        after(10, SYNC);
        see(reopened());
        model.hover(1_500);
        // when
        model.answer(model.nextQuestion().orElseThrow(), List.of(head(1_150, 1_150, 7)));
        // then
        assertThat(model.messageLineProperty().get()).endsWith("safe, by a force that is no longer known");
    }

    @Test
    void shouldSayThatNoForceHasCoveredAMessageYet() {
        // given
        see(after(10, Map.of(StoreSetting.FLUSH_INTERVAL_COMMIT_LOG, 60_000L)));
        model.hover(1_500);
        // when
        model.answer(model.nextQuestion().orElseThrow(), List.of(head(1_150, 1_150, 7)));
        // then
        assertThat(model.cellLineProperty().get()).contains("survives the JVM, not a power cut");
        assertThat(model.messageLineProperty().get()).endsWith("no force has covered it yet");
    }

    @Test
    void shouldAskForTheRecordsThatCanBeSeenClosely() {
        // given
        StoreSnapshot snapshot = after(30, SYNC);
        see(snapshot);
        while (model.canZoomInProperty().get()) {
            model.zoomIn(0);
        }
        // when
        Question question = model.nextQuestion().orElseThrow();
        model.answer(question, List.of(head(0, 1_150, 0), head(1_150, 1_150, 1)));
        // then
        assertThat(question.from()).isZero();
        assertThat(question.to()).isEqualTo(snapshot.log().wrote().offset());
        assertThat(model.visibleRecordsProperty().get()).hasSize(2);
        // when
        model.zoomToFiles();
        // then
        assertThat(model.visibleRecordsProperty().get()).isEmpty();
        assertThat(tiles()).hasSize(3);
    }

    @Test
    void shouldGoToAMessageThatWasSelectedElsewhere() {
        // given
        see(after(300, SYNC));
        assertThat(tiles().getFirst().fromOffset()).isPositive();
        // when
        model.reveal(new RecordPlace(100, 1_000));
        // then
        assertThat(tiles().getFirst().fromOffset()).isZero();
        assertThat(model.followingProperty().get()).isFalse();
    }

    @Test
    void shouldShowWhatCannotBeReadOfTheLog() throws IOException {
        // given a damaged record in the first file, and no second file
        after(200, SYNC);
        Path log = folder.resolve("store").resolve("commitlog");
        try (var file = new RandomAccessFile(log.resolve("%020d".formatted(0)).toFile(), "rw")) {
            file.seek(5_000);
            file.write(1);
        }
        Files.delete(log.resolve("%020d".formatted(SEGMENT_BYTES)));
        // when
        StoreSnapshot snapshot = reopened();
        see(snapshot);
        model.moveCursorToStart();
        see(snapshot);
        // then
        List<LogHole> holes = snapshot.recovery().holes();
        assertThat(holes).hasSize(2);
        assertThat(model.rangeProperty().get()).contains("holes 2 (", "cannot be read)");
        assertThat(model.pictureProperty().get().strip().holes()).isEqualTo(holes);
        assertThat(tiles().get(0).holes())
                .containsExactly(new FileTile.Hole(holes.get(0).fromOffset(), holes.get(0).toOffset()));
        assertThat(tiles().get(1).state()).isEqualTo(State.MISSING);
        assertThat(tiles().get(1).holes()).containsExactly(new FileTile.Hole(0, SEGMENT_BYTES));
        assertThat(tiles().get(2).holes()).isEmpty();
        // when
        model.hover(5_000);
        // then
        assertThat(model.cellLineProperty().get()).contains("hole: damaged or missing");
        assertThat(model.messageLineProperty().get()).contains("cannot be read from offset", "body CRC: expected");
        // when
        model.hover(SEGMENT_BYTES + 100);
        // then
        assertThat(model.messageLineProperty().get()).contains("expected a file that begins at offset 65536");
    }

    @Test
    void shouldWriteInChineseWhenThatIsWanted() {
        // given
        see(after(10, SYNC));
        model.hover(100);
        // when
        texts.use(Language.CHINESE);
        model.hover(200);
        // then
        assertThat(model.cellLineProperty().get()).contains("flushed：已在磁盘上");
    }

    private List<FileTile> tiles() {
        return model.pictureProperty().get().tiles();
    }

    private static FileSnapshot activeFile(StoreSnapshot snapshot) {
        return snapshot.files()
                .stream()
                .filter(file -> file.state() == StoreSnapshot.FileState.ACTIVE)
                .findFirst()
                .orElseThrow();
    }

    private static RecordHead head(long offset, int sizeBytes, long queueOffset) {
        return new RecordHead(new RecordPlace(offset, sizeBytes), "orders", 2, queueOffset, 0);
    }

    /// Two frames: the room is known with the second.
    private void see(StoreSnapshot snapshot) {
        model.setRoom(ROOM);
        model.update(Frames.of(++frames, snapshot), Optional.empty(), Optional.empty());
    }

    /// What a real store says after so many puts of some 1 KiB.
    private StoreSnapshot after(int puts, Map<StoreSetting, Object> settings) {
        try (var store = open(settings)) {
            for (int i = 0; i < puts; i++) {
                store.putMessage(new MessageExtBrokerInner().topic("orders").queueId(2).body(new byte[1_050]));
            }
            return store.snapshot();
        }
    }

    private StoreSnapshot reopened() {
        try (var store = open(SYNC)) {
            return store.snapshot();
        }
    }

    private DefaultMessageStore open(Map<StoreSetting, Object> settings) {
        MessageStoreConfig.Builder config = MessageStoreConfig.builder(folder.resolve("store"))
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, SEGMENT_BYTES);
        settings.forEach(config::set);
        var store = new DefaultMessageStore(config.build(), LiveEnvironment.create());
        store.load();
        store.start();
        return store;
    }
}
