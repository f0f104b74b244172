package dev.storescope.app.panel.timeline;

import dev.storescope.app.panel.timeline.Measuring.Question;
import dev.storescope.app.panel.timeline.Pointing.Pointed;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.pulse.FramePace;
import dev.storescope.app.session.trace.Lane;
import dev.storescope.app.session.trace.LaneGroup;
import dev.storescope.app.session.trace.Recording;
import dev.storescope.app.session.trace.TraceReading;
import dev.storescope.app.text.Texts;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// What each thread did when: the recording, and the time of it that is seen.
///
/// Follows the present until someone wants to look closer: then the view stands still over a copy, and the recording goes
/// on behind it. Nothing here changes the store; only in a world in which one can travel, scrubbing asks it to. Such a world
/// is followed wherever it goes, and what is known of its future is seen too.
public final class TimelineViewModel {
    /// Nobody sees more.
    private static final long DRAW_EVERY_NS = 38_000_000L;
    /// Drawing takes at most this part of the time: less often when there is much to draw, or little time for it.
    private static final int PART_OF_TIME = 50;
    private static final TimeWindow FIRST = new TimeWindow(0, 20_000_000L);
    /// In front of what was jumped to.
    private static final double MARGIN = 0.1;

    private final Texts texts;
    private final TimelineWords words;
    private final Measuring measuring;
    private final Pointing pointing;
    private final Playhead playhead = new Playhead();
    private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper(this, "revision");
    private final ReadOnlyBooleanWrapper following = new ReadOnlyBooleanWrapper(this, "following", true);
    private final ReadOnlyStringWrapper hint = new ReadOnlyStringWrapper(this, "hint", "");
    private final ReadOnlyBooleanWrapper travelling = new ReadOnlyBooleanWrapper(this, "travelling", false);
    private final Set<LaneGroup> unfolded = EnumSet.noneOf(LaneGroup.class);

    private TraceReading live = TraceReading.NONE;
    private long shownGeneration;
    private Recording recording = Recording.EMPTY;
    private List<Lane> lanesOfRows = List.of();
    private List<Row> rows = List.of();
    private TimeWindow window = FIRST;
    private long nowNanos;
    /// The latest moment of the run that was shown.
    private long seenNanos;
    private long drawnAtNanos;
    private long drawingNs;

    public TimelineViewModel(Texts texts) {
        this.texts = texts;
        words = new TimelineWords(texts);
        measuring = new Measuring(texts);
        pointing = new Pointing(texts, words, this::origin);
    }

    // --- frames ---

    void update(Frame frame) {
        live = frame.trace();
        playhead.update(live.travel());
        travelling.set(playhead.isThere());
        if (following.get() || playhead.isThere()) {
            showNow(frame);
        }
        if (frame.isTextFrame()) {
            writeTexts();
        }
    }

    private void showNow(Frame frame) {
        if (live.generation() != shownGeneration) {
            forget();
        }
        // Where nobody measures, as for a picture, what is drawn must not hang on how fast this machine draws.
        long restNs = frame.pace().equals(FramePace.UNKNOWN) ? 0 : PART_OF_TIME * drawingNs;
        boolean due = frame.nowNanos() - drawnAtNanos >= Math.max(DRAW_EVERY_NS, restNs);
        if (!due && !hasToFollow()) {
            return;
        }
        drawnAtNanos = frame.nowNanos();
        show(live.recording());
        long recordedNanos = recording.isEmpty() ? 0 : recording.toNanos();
        if (playhead.isThere()) {
            // What nobody looked at before the world went back is not recorded: nothing is under way there.
            seenNanos = Math.max(seenNanos, playhead.nanos());
            reached(Math.max(recordedNanos, seenNanos));
            window = hasToFollow() ? playhead.follow(window) : window;
        } else {
            reached(Math.max(recordedNanos,
                    frame.snapshot().map(snapshot -> snapshot.takenAtNanos()).orElse(0L)));
            window = window.endingAt(nowNanos);
        }
        changed();
    }

    /// Where the world stands, one may look elsewhere; when it goes somewhere, the window goes with it.
    private boolean hasToFollow() {
        return following.get() && playhead.isThere() && playhead.hasMoved();
    }

    private void reached(long nanos) {
        nowNanos = nanos;
        pointing.update(nanos);
    }

    /// Another store, or the same one anew: its clock and its threads are others.
    private void forget() {
        shownGeneration = live.generation();
        seenNanos = 0;
        measuring.set(Markers.NONE);
        pointing.forget();
    }

    private void show(Recording shown) {
        recording = shown;
        if (shown.lanes() != lanesOfRows) {
            lanesOfRows = shown.lanes();
            rows = Row.of(shown, unfolded);
        }
    }

    private void changed() {
        revision.set(revision.get() + 1);
    }

    /// How long the last drawing took.
    void drawingTook(long durationNs) {
        drawingNs = durationNs;
    }

    // --- what is seen ---

    /// Stands still over what is recorded up to now. A world that one can travel in may go on: its recording is kept whole,
    /// and needs no copy.
    void pause() {
        if (following.get()) {
            if (!playhead.isThere()) {
                show(live.copier().get());
            }
            shownGeneration = live.generation();
            following.set(false);
            changed();
            writeTexts();
        }
    }

    /// Shows the present again.
    void follow() {
        if (!following.get()) {
            following.set(true);
            if (live.generation() != shownGeneration) {
                forget();
            }
            pointing.dropCursor();
            show(live.recording());
            if (!recording.isEmpty()) {
                reached(recording.toNanos());
            }
            window = playhead.isThere() ? playhead.follow(window) : window.endingAt(nowNanos);
            changed();
            writeTexts();
        }
    }

    void pauseOrFollow() {
        if (following.get()) {
            pause();
        } else {
            follow();
        }
    }

    /// @param factor below 1 to see less time, larger
    /// @param pivot stays where it is; when the present is followed that does
    void zoom(double factor, OptionalLong pivot) {
        long middle = window.fromNanos() + window.spanNs() / 2;
        long fixed = !following.get()
                ? pivot.orElse(pointing.cursor().orElse(middle))
                : playhead.isThere() ? pivot.orElse(playhead.nanos()) : nowNanos;
        window = window.zoomed(factor, fixed);
        changed();
        writeTexts();
    }

    /// @param part of what is seen; above 0 to later times
    void pan(double part) {
        move(Math.round(part * window.spanNs()));
    }

    void move(long deltaNs) {
        pause();
        if (recording.isEmpty()) {
            return;
        }
        long earliest = recording.fromNanos() - window.spanNs() / 2;
        long latest = nowNanos - window.spanNs() / 2;
        long from = Math.max(earliest, Math.min(latest, window.fromNanos() + deltaNs));
        window = new TimeWindow(from, window.spanNs());
        changed();
    }

    /// All that is recorded.
    void showAll() {
        pause();
        if (!recording.isEmpty()) {
            window = new TimeWindow(recording.fromNanos(), Math.max(1, nowNanos - recording.fromNanos()));
            changed();
            writeTexts();
        }
    }

    /// What lies between the markers.
    void showMarked() {
        Markers markers = markers();
        if (markers.areBoth()) {
            pause();
            long margin = Math.round((markers.to() - markers.from()) * MARGIN);
            window = new TimeWindow(markers.from() - margin, markers.to() - markers.from() + 2 * margin);
            changed();
            writeTexts();
        }
    }

    /// Lines for each thread of a group, or one for all.
    void foldOrUnfold(LaneGroup group) {
        if (!unfolded.remove(group)) {
            unfolded.add(group);
        }
        rows = Row.of(recording, unfolded);
        changed();
    }

    // --- markers ---

    void mark(long first, long second) {
        standStill();
        setMarkers(Markers.of(first, second));
    }

    void markFirst(long nanoTime) {
        standStill();
        setMarkers(new Markers(OptionalLong.of(nanoTime), markers().second()));
    }

    void markSecond(long nanoTime) {
        standStill();
        setMarkers(new Markers(markers().first(), OptionalLong.of(nanoTime)));
    }

    void clearMarkers() {
        setMarkers(Markers.NONE);
    }

    private void setMarkers(Markers now) {
        measuring.set(now);
        changed();
        writeTexts();
    }

    /// The present goes on and on; a world that one can travel in can be paused.
    void standStill() {
        if (!playhead.isThere()) {
            pause();
        }
    }

    /// What is recorded now, and stays as it is.
    Recording recordingToKeep() {
        return following.get() || playhead.isThere() ? live.copier().get() : recording;
    }

    // --- what is pointed at, chosen, found ---

    /// The innermost thing there is chosen.
    ///
    /// @return what has to do with a place of the log, the innermost first
    List<Hit> choose(Pointed point) {
        standStill();
        List<Hit> hits = pointing.choose(point);
        changed();
        return hits;
    }

    void choose(Hit hit) {
        standStill();
        pointing.choose(hit);
        if (!window.contains(hit.startNanos()) || !window.contains(Math.min(hit.endNanos(), window.toNanos()))) {
            window = window.centredAt(hit.startNanos());
        }
        changed();
    }

    /// A message is selected, here or elsewhere: its put, when that was told, and the force that made it safe are marked.
    void select(OptionalLong offset) {
        pointing.relate(recording.lanes(), offset);
        changed();
    }

    void dropChoice() {
        pointing.drop();
        changed();
    }

    /// What was chosen is let go, else the markers.
    void back() {
        if (pointing.isAnything()) {
            dropChoice();
        } else {
            clearMarkers();
        }
    }

    // --- travelling ---

    /// Goes to a moment: in a world that can, the world does; else one sees how far everything was then, and nothing but
    /// this panel goes back.
    void scrub(long nanoTime) {
        if (playhead.isThere()) {
            playhead.hold(nanoTime);
            changed();
            return;
        }
        pause();
        pointing.choose(nanoTime, texts.get("timeline.readOnly", words.pointersAt(recording, nanoTime, origin())));
        changed();
    }

    /// The drag that scrubbed has ended.
    void scrubbed() {
        playhead.letGo();
        changed();
    }

    // --- texts ---

    private void writeTexts() {
        hint.set(words.seen(window, following.get(), playhead) + words.missing(recording));
        measuring.write();
        pointing.write();
    }

    // --- readings ---

    TimelineWords words() {
        return words;
    }

    Recording recording() {
        return recording;
    }

    List<Row> rows() {
        return rows;
    }

    TimeWindow window() {
        return window;
    }

    /// Up to when is recorded what is shown.
    long nowNanos() {
        return nowNanos;
    }

    /// From where times are counted.
    TimeOrigin origin() {
        return playhead.isThere() ? TimeOrigin.BEGINNING : TimeOrigin.present(nowNanos);
    }

    Measuring measuring() {
        return measuring;
    }

    Pointing pointing() {
        return pointing;
    }

    Markers markers() {
        return measuring.markers();
    }

    /// Where the world is, when one can travel in it.
    Playhead playhead() {
        return playhead;
    }

    /// Whether dragging along the axis takes the world to another moment.
    ReadOnlyBooleanProperty travellingProperty() {
        return travelling.getReadOnlyProperty();
    }

    /// What would be written down: between the markers, or all.
    Question toExport() {
        Recording copy = recordingToKeep();
        return new Question(copy, markers().areBoth() ? markers() : Markers.of(copy.fromNanos(), copy.toNanos()));
    }

    /// Changes when there is something new to draw.
    ReadOnlyLongProperty revisionProperty() {
        return revision.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty followingProperty() {
        return following.getReadOnlyProperty();
    }

    ReadOnlyStringProperty hintProperty() {
        return hint.getReadOnlyProperty();
    }
}
