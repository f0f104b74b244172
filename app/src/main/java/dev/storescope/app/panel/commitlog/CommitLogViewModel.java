package dev.storescope.app.panel.commitlog;

import dev.storescope.app.panel.commitlog.LogBrowser.Extent;
import dev.storescope.app.panel.commitlog.LogBrowser.Room;
import dev.storescope.app.panel.commitlog.VisibleRecords.Question;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.pulse.motion.Motion;
import dev.storescope.app.session.RecordHead;
import dev.storescope.app.session.RecordPlace;
import dev.storescope.app.session.RestartReason;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.LogHole;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.sim.disk.CutPages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// What the panel shows: where one looks in the log ([LogBrowser]), what is there ([LogReading]), and in words what is
/// under the cursor ([PlaceWords]).
///
/// Threads: the JavaFX thread; needs no toolkit.
public final class CommitLogViewModel {
    /// By the world's time: with a fast disk and little slowness the next force is near.
    private static final long LONGEST_GLIDE_NS = 200_000;
    private static final long ASK_EVERY_NS = 80_000_000L;
    /// Records are drawn when a page is at least so wide, in pixels.
    private static final double RECORDS_FROM_PITCH = 24;

    private final PlaceWords words;
    private final EntryWords entries;
    private final Texts texts;
    private final LogBrowser browser = new LogBrowser();
    private final VisibleRecords records = new VisibleRecords();

    private final ReadOnlyObjectWrapper<LogPicture> picture = new ReadOnlyObjectWrapper<>(this, "picture",
            LogPicture.NOTHING);
    private final ReadOnlyObjectWrapper<List<RecordHead>> visibleRecords = new ReadOnlyObjectWrapper<>(this,
            "visibleRecords", List.of());
    private final ReadOnlyObjectWrapper<ForceUnderWay> force = new ReadOnlyObjectWrapper<>(this, "force",
            ForceUnderWay.NONE);
    private final ReadOnlyObjectWrapper<CutMarks> cut = new ReadOnlyObjectWrapper<>(this, "cut", CutMarks.NONE);
    private final ReadOnlyStringWrapper cellSize = new ReadOnlyStringWrapper(this, "cellSize", "");
    private final ReadOnlyStringWrapper range = new ReadOnlyStringWrapper(this, "range", "");
    private final ReadOnlyStringWrapper cellLine = new ReadOnlyStringWrapper(this, "cellLine", "");
    private final ReadOnlyStringWrapper messageLine = new ReadOnlyStringWrapper(this, "messageLine", "");
    private final ReadOnlyStringWrapper entryLine = new ReadOnlyStringWrapper(this, "entryLine", "");
    private final ReadOnlyLongWrapper cursor = new ReadOnlyLongWrapper(this, "cursor", -1);
    private final ReadOnlyBooleanWrapper following = new ReadOnlyBooleanWrapper(this, "following", true);
    private final ReadOnlyBooleanWrapper canZoomIn = new ReadOnlyBooleanWrapper(this, "canZoomIn");
    private final ReadOnlyBooleanWrapper canZoomOut = new ReadOnlyBooleanWrapper(this, "canZoomOut");

    private Optional<LogReading> reading = Optional.empty();
    /// With its pointers as they are seen on their way.
    private Optional<LogReading> drawn = Optional.empty();
    /// Of the last text frame.
    private Optional<LogReading> said = Optional.empty();
    private long generation = -1;
    private long nowNanos;
    private long askedNanos = Long.MIN_VALUE / 2;
    private boolean asking;
    /// The store died; what is known is what was last seen of it.
    private boolean isDead;
    private long hovered = -1;
    private long lookedFor = -1;
    private Optional<RecordHead> found = Optional.empty();
    private int shownRecords;

    public CommitLogViewModel(Texts texts) {
        this.texts = texts;
        words = new PlaceWords(texts);
        entries = new EntryWords(texts);
    }

    /// @param lastSeen of a store that has died, when it was the last one that there was
    /// @param cutPages what a power cut made of the pages of a simulated disk, when it was the last thing that ended a store
    void update(Frame frame, Optional<StoreSnapshot> lastSeen, Optional<CutPages> cutPages) {
        nowNanos = frame.nowNanos();
        isDead = frame.session() instanceof SessionState.Restarting(_, RestartReason.Crashed _, _);
        if (isDead) {
            showDead(frame, lastSeen, cutPages);
            return;
        }
        if (frame.generation() != generation) {
            generation = frame.generation();
            records.forget();
            forgetFound();
        }
        reading = frame.snapshot().map(LogReading::new);
        drawn = frame.motion().mode() == Motion.Mode.GLIDES
                ? frame.snapshot()
                        .map(new GlidingLog(frame.trace().recording(), frame.motion(), LONGEST_GLIDE_NS)::seen)
                        .map(LogReading::new)
                : reading;
        force.set(frame.snapshot()
                .map(snapshot -> ForceUnderWay.of(snapshot, frame.motion()))
                .orElse(ForceUnderWay.NONE));
        reading.ifPresent(now -> words.remember(generation, now.snapshot().flush().forces()));
        if (frame.isTextFrame() || reading.isEmpty() || said.isEmpty()) {
            said = reading;
        }
        cut.set(cutPages.isEmpty() || reading.isEmpty()
                ? CutMarks.NONE
                : CutMarks.ofOpened(cutPages, reading.get()));
        refresh();
        if (frame.isTextFrame()) {
            describe();
        }
    }

    /// What was last seen of it, and what of that is left.
    private void showDead(Frame frame, Optional<StoreSnapshot> lastSeen, Optional<CutPages> cutPages) {
        if (lastSeen.isPresent()) {
            reading = lastSeen.map(LogReading::new);
            drawn = reading;
            said = reading;
        }
        force.set(ForceUnderWay.NONE);
        cut.set(cutPages.isEmpty() || said.isEmpty()
                ? CutMarks.NONE
                : CutMarks.ofDead(cutPages, said.get().snapshot().config().storePathCommitLog()));
        refresh();
        if (frame.isTextFrame()) {
            describe();
        }
    }

    private void refresh() {
        browser.see(said.map(LogReading::extent).orElse(Extent.NONE));
        following.set(browser.isFollowing());
        canZoomIn.set(reading.isPresent() && browser.canZoomIn());
        canZoomOut.set(browser.canZoomOut());
        cursor.set(reading.isPresent() ? browser.cursor() : -1);
        picture.set(drawn.map(this::draw).orElse(LogPicture.NOTHING));
        lookAtRecords();
    }

    private void describe() {
        describeLog();
        describePlace();
    }

    private LogPicture draw(LogReading now) {
        List<FileTile> tiles = new ArrayList<>();
        List<FileTile> saidTiles = new ArrayList<>();
        long fileBytes = now.extent().fileBytes();
        for (int i = 0; i < browser.tiles(); i++) {
            long from = browser.firstTile() + i * fileBytes;
            tiles.add(now.tile(from, texts));
            saidTiles.add(said.orElse(now).tile(from, texts));
        }
        return new LogPicture(now.strip(browser.windowFrom(), browser.windowTo()), tiles, saidTiles,
                browser.grid(),
                browser.isClose() ? LogPicture.View.CLOSE : LogPicture.View.FILES);
    }

    private void describeLog() {
        CellGrid grid = picture.get().grid();
        long pages = grid.bytesPerCell() / CellGrid.PAGE_BYTES;
        boolean drawn = reading.isPresent() && grid.rows() > 0;
        cellSize.set(!drawn
                ? ""
                : pages == 1
                        ? texts.get("commitLog.cellSize.page", Formats.bytes(grid.bytesPerCell()))
                        : texts.get("commitLog.cellSize.pages", Formats.bytes(grid.bytesPerCell()),
                                Formats.count(pages)));
        range.set(said.map(this::rangeOf).orElse(""));
    }

    private String rangeOf(LogReading now) {
        String text = texts.get("commitLog.range", Formats.count(now.extent().from()),
                Formats.count(now.extent().wrote()), Formats.count(now.fileCount()));
        return now.holes().isEmpty()
                ? text
                : text + " · " + texts.get("commitLog.holes", Formats.count(now.holes().size()),
                        Formats.bytes(now.holes().stream().mapToLong(LogHole::sizeBytes).sum()));
    }

    private void lookAtRecords() {
        CellGrid grid = picture.get().grid();
        boolean fine = browser.isClose() && grid.bytesPerCell() == CellGrid.PAGE_BYTES
                && grid.pitch() >= RECORDS_FROM_PITCH;
        if (fine) {
            records.look(browser.windowFrom(), browser.windowTo());
        } else {
            records.forget();
        }
        if (records.version() != shownRecords) {
            shownRecords = records.version();
            visibleRecords.set(records.heads());
        }
    }

    // --- what is under the cursor ---

    /// The mouse is over an offset; -1 when it has left.
    void hover(long offset) {
        if (hovered != offset) {
            hovered = offset;
            describePlace();
        }
    }

    /// The offset that is spoken of; -1 for none.
    private long pointed() {
        return hovered >= 0 ? hovered : browser.cursor();
    }

    private void describePlace() {
        long offset = pointed();
        if (said.isEmpty() || offset < 0) {
            forgetFound();
            cellLine.set(said.isEmpty() ? "" : texts.get("commitLog.help"));
            messageLine.set(said.isEmpty() ? "" : texts.get("commitLog.key"));
            entryLine.set("");
            return;
        }
        long file = said.get().extent().fileOf(offset);
        CellGrid grid = picture.get().grid();
        if (grid.rows() == 0) {
            return;
        }
        long cellFrom = grid.cellStart(offset - file);
        long cellTo = grid.cellEnd(offset - file);
        cellLine.set(words.cell(said.get(), offset, file + cellFrom, file + cellTo)
                + cut.get().in(said.get().tile(file, texts), cellFrom, cellTo).map(words::cut).orElse(""));
        Optional<RecordHead> head = headAt(offset);
        messageLine.set(head.map(record -> words.message(said.get(), record))
                .orElseGet(() -> words.noMessage(said.get(), offset, lookedFor == offset)));
        entryLine.set(head.map(record -> entries.words(said.get(), record)).orElse(""));
    }

    private Optional<RecordHead> headAt(long offset) {
        if (found.isPresent() && covers(found.get(), offset)) {
            return found;
        }
        return records.covering(offset);
    }

    private static boolean covers(RecordHead head, long offset) {
        return offset >= head.place().commitLogOffset() && offset < head.place().endOffset();
    }

    private void forgetFound() {
        found = Optional.empty();
        lookedFor = -1;
        entries.forget();
    }

    /// The message under the cursor, if it is known by now.
    Optional<RecordHead> pointedMessage() {
        return pointed() < 0 ? Optional.empty() : headAt(pointed());
    }

    // --- questions that take longer than a frame ---

    /// Which record must be read to say what keys it has.
    OptionalLong nextKeysQuestion() {
        return isDead || reading.isEmpty() ? OptionalLong.empty() : entries.question(pointedMessage());
    }

    void answerKeys(long commitLogOffset, Optional<MessageExt> message) {
        entries.answer(commitLogOffset, message);
        describePlace();
    }

    /// What must be read from the log to show more; one question at a time, and not too often.
    Optional<Question> nextQuestion() {
        if (asking || isDead || reading.isEmpty() || nowNanos - askedNanos < ASK_EVERY_NS) {
            return Optional.empty();
        }
        Optional<Question> question = questionOfPlace().or(() -> records.question(reading.get().readable()));
        asking = question.isPresent();
        return question;
    }

    private Optional<Question> questionOfPlace() {
        long offset = pointed();
        boolean readable = offset >= 0 && offset < reading.get().readable()
                && reading.get().region(offset) != LogReading.Region.BLANK
                && reading.get().region(offset) != LogReading.Region.HOLE;
        return readable && offset != lookedFor && headAt(offset).isEmpty()
                ? Optional.of(new Question(offset, offset + 1, 1))
                : Optional.empty();
    }

    /// The answer; an empty one too when the question failed.
    void answer(Question question, List<RecordHead> heads) {
        asking = false;
        askedNanos = nowNanos;
        if (question.limit() == 1) {
            lookedFor = question.from();
            found = heads.stream().findFirst();
        } else {
            records.answer(question, heads);
        }
        lookAtRecords();
        describePlace();
    }

    // --- what the user does ---

    /// Holds from the next frame on.
    void setRoom(Room room) {
        browser.use(room);
    }

    void follow() {
        change(LogBrowser::follow);
    }

    void show(long offset) {
        change(here -> here.show(offset));
    }

    void turnPages(int pages) {
        change(here -> here.turnPages(pages));
    }

    void zoomIn() {
        zoomIn(-1);
    }

    void zoomOut() {
        zoomOut(-1);
    }

    /// @param offset that stays where it is; where the cursor or the tail is when it is -1
    void zoomIn(long offset) {
        change(here -> here.zoomIn(offset < 0 ? here.aim() : offset));
    }

    /// @param offset likewise
    void zoomOut(long offset) {
        change(here -> here.zoomOut(offset < 0 ? here.aim() : offset));
    }

    void zoomToFiles() {
        change(LogBrowser::zoomToFiles);
    }

    void moveCursor(int columns, int rows) {
        change(here -> here.moveCursor(columns, rows));
    }

    void moveCursorToStart() {
        change(here -> here.moveCursorTo(reading.map(now -> now.extent().from()).orElse(0L)));
    }

    /// To where the log is written, and follows it.
    void moveCursorToTail() {
        change(here -> {
            here.follow();
            here.moveCursorTo(reading.map(now -> now.extent().wrote()).orElse(0L));
        });
    }

    void putCursor(long offset) {
        change(here -> here.putCursor(offset));
    }

    void dropCursor() {
        change(LogBrowser::dropCursor);
    }

    /// A message was asked for, here or elsewhere: goes there unless it can be seen already.
    void reveal(RecordPlace place) {
        change(here -> {
            if (!here.shows(place.commitLogOffset())) {
                here.show(place.commitLogOffset());
            }
        });
    }

    private void change(Consumer<LogBrowser> action) {
        action.accept(browser);
        refresh();
        describe();
    }

    // --- properties ---

    public ReadOnlyObjectProperty<LogPicture> pictureProperty() {
        return picture.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<List<RecordHead>> visibleRecordsProperty() {
        return visibleRecords.getReadOnlyProperty();
    }

    /// What is being forced, in a slow world.
    ReadOnlyObjectProperty<ForceUnderWay> forceProperty() {
        return force.getReadOnlyProperty();
    }

    /// What a power cut made of the pages.
    ReadOnlyObjectProperty<CutMarks> cutProperty() {
        return cut.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty cellSizeProperty() {
        return cellSize.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty rangeProperty() {
        return range.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty cellLineProperty() {
        return cellLine.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty messageLineProperty() {
        return messageLine.getReadOnlyProperty();
    }

    /// What queues and index know of the message that is spoken of.
    public ReadOnlyStringProperty entryLineProperty() {
        return entryLine.getReadOnlyProperty();
    }

    public ReadOnlyLongProperty cursorProperty() {
        return cursor.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty followingProperty() {
        return following.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canZoomInProperty() {
        return canZoomIn.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canZoomOutProperty() {
        return canZoomOut.getReadOnlyProperty();
    }
}
