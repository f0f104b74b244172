package dev.storescope.app.panel.timeline;

import dev.storescope.app.pulse.Frame;
import dev.storescope.app.pulse.FramePace;
import dev.storescope.app.session.trace.Lane;
import dev.storescope.app.session.trace.LaneGroup;
import dev.storescope.app.session.trace.Recording;
import dev.storescope.app.session.trace.SpanStatistics;
import dev.storescope.app.session.trace.TimeTravel;
import dev.storescope.app.session.trace.TraceReading;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// What each thread did when: the recording, and the time of it that is seen.
///
/// Follows the present until someone wants to look closer: then the view stands still over a copy, and the recording goes
/// on behind it. Nothing here changes the store; only in a world in which one can travel, scrubbing asks it to.
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
    private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper(this, "revision");
    private final ReadOnlyBooleanWrapper following = new ReadOnlyBooleanWrapper(this, "following", true);
    private final ReadOnlyStringWrapper hint = new ReadOnlyStringWrapper(this, "hint", "");
    private final ReadOnlyStringWrapper place = new ReadOnlyStringWrapper(this, "place", "");
    private final ReadOnlyStringWrapper markersText = new ReadOnlyStringWrapper(this, "markersText", "");
    private final ReadOnlyObjectWrapper<List<SpanStatistics.Line>> statistics = new ReadOnlyObjectWrapper<>(this,
            "statistics", List.of());
    private final Set<LaneGroup> unfolded = EnumSet.noneOf(LaneGroup.class);

    private TraceReading live = TraceReading.NONE;
    private long shownGeneration;
    private Recording recording = Recording.EMPTY;
    private List<Lane> lanesOfRows = List.of();
    private List<Row> rows = List.of();
    private TimeWindow window = FIRST;
    private long nowNanos;
    private long drawnAtNanos;
    private long drawingNs;
    private Markers markers = Markers.NONE;
    private boolean statisticsAsked = true;
    private Optional<Hit> chosen = Optional.empty();
    private OptionalLong cursor = OptionalLong.empty();
    private List<Hit> related = List.of();
    private Optional<Pointed> pointed = Optional.empty();
    private String said = "";

    /// Two moments, in the order in which they were set.
    record Markers(OptionalLong first, OptionalLong second) {
        static final Markers NONE = new Markers(OptionalLong.empty(), OptionalLong.empty());

        boolean areBoth() {
            return first.isPresent() && second.isPresent();
        }

        long from() {
            return Math.min(first.getAsLong(), second.getAsLong());
        }

        long to() {
            return Math.max(first.getAsLong(), second.getAsLong());
        }
    }

    /// What the mouse is over.
    ///
    /// @param toleranceNs how much time is a pixel or two
    record Pointed(Row row, long nanoTime, long toleranceNs) {
    }

    /// Something that has to be counted.
    record Question(Recording recording, Markers markers) {
    }

    public TimelineViewModel(Texts texts) {
        this.texts = texts;
        words = new TimelineWords(texts);
    }

    // --- frames ---

    void update(Frame frame) {
        live = frame.trace();
        if (following.get()) {
            followTo(frame);
        }
        if (frame.isTextFrame()) {
            writeTexts();
        }
    }

    private void followTo(Frame frame) {
        if (live.generation() != shownGeneration) {
            forget();
        }
        // Where nobody measures, as for a picture, what is drawn must not hang on how fast this machine draws.
        long restNs = frame.pace().equals(FramePace.UNKNOWN) ? 0 : PART_OF_TIME * drawingNs;
        boolean due = frame.nowNanos() - drawnAtNanos >= Math.max(DRAW_EVERY_NS, restNs);
        if (!due) {
            return;
        }
        drawnAtNanos = frame.nowNanos();
        show(live.recording());
        nowNanos = Math.max(recording.isEmpty() ? 0 : recording.toNanos(),
                frame.snapshot().map(snapshot -> snapshot.takenAtNanos()).orElse(0L));
        window = window.endingAt(nowNanos);
        changed();
    }

    /// Another store, or the same one anew: its clock and its threads are others.
    private void forget() {
        shownGeneration = live.generation();
        markers = Markers.NONE;
        statistics.set(List.of());
        chosen = Optional.empty();
        cursor = OptionalLong.empty();
        related = List.of();
        pointed = Optional.empty();
        said = "";
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

    /// Stands still over what is recorded up to now.
    void pause() {
        if (following.get()) {
            show(live.copier().get());
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
            cursor = OptionalLong.empty();
            show(live.recording());
            if (!recording.isEmpty()) {
                nowNanos = recording.toNanos();
            }
            window = window.endingAt(nowNanos);
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
        long fixed = following.get() ? nowNanos : pivot.orElse(cursor.orElse(window.fromNanos() + window.spanNs() / 2));
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
        pause();
        setMarkers(new Markers(OptionalLong.of(first), OptionalLong.of(second)));
    }

    void markFirst(long nanoTime) {
        pause();
        setMarkers(new Markers(OptionalLong.of(nanoTime), markers.second));
    }

    void markSecond(long nanoTime) {
        pause();
        setMarkers(new Markers(markers.first, OptionalLong.of(nanoTime)));
    }

    void clearMarkers() {
        setMarkers(Markers.NONE);
    }

    private void setMarkers(Markers now) {
        markers = now;
        statisticsAsked = !now.areBoth();
        if (!now.areBoth()) {
            statistics.set(List.of());
        }
        changed();
        writeTexts();
    }

    /// Asked for once for each place of the markers.
    Optional<Question> nextQuestion() {
        if (statisticsAsked) {
            return Optional.empty();
        }
        statisticsAsked = true;
        return Optional.of(new Question(following.get() ? live.copier().get() : recording, markers));
    }

    void answer(Question question, List<SpanStatistics.Line> lines) {
        if (question.markers.equals(markers)) {
            statistics.set(lines);
        }
    }

    // --- what is pointed at, chosen, found ---

    void point(Optional<Pointed> now) {
        pointed = now;
        writePlace();
    }

    /// What is under a point, the outermost first.
    List<Hit> at(Pointed point) {
        return Hit.at(point.row(), point.nanoTime(), point.toleranceNs(), nowNanos);
    }

    /// The innermost thing there is chosen.
    ///
    /// @return what has to do with a place of the log, the innermost first
    List<Hit> choose(Pointed point) {
        pause();
        List<Hit> hits = at(point);
        chosen = hits.isEmpty() ? Optional.empty() : Optional.of(hits.getLast());
        cursor = chosen.isPresent() ? OptionalLong.of(chosen.get().startNanos()) : OptionalLong.of(point.nanoTime());
        said = words.place(hits, nowNanos);
        changed();
        writePlace();
        return hits.reversed().stream().filter(hit -> hit.kind().tellsOffset() && hit.a() >= 0).toList();
    }

    void choose(Hit hit) {
        pause();
        chosen = Optional.of(hit);
        cursor = OptionalLong.of(hit.startNanos());
        said = words.place(List.of(hit), nowNanos);
        if (!window.contains(hit.startNanos()) || !window.contains(Math.min(hit.endNanos(), window.toNanos()))) {
            window = window.centredAt(hit.startNanos());
        }
        changed();
        writePlace();
    }

    /// Goes to a moment: in a world that can, the world does; else one sees how far everything was then.
    void scrub(long nanoTime) {
        Optional<TimeTravel> travel = live.travel();
        if (travel.isPresent()) {
            travel.get()
                    .travelTo(Math.max(travel.get().earliestNanos(), Math.min(travel.get().latestNanos(), nanoTime)));
            return;
        }
        pause();
        chosen = Optional.empty();
        cursor = OptionalLong.of(nanoTime);
        said = words.pointersAt(recording, nanoTime, nowNanos);
        changed();
        writePlace();
    }

    /// A message is selected, here or elsewhere: its put, when that was told, and the force that made it safe are marked.
    void select(OptionalLong offset) {
        related = offset.isEmpty() ? List.of() : Hit.ofMessage(recording.lanes(), offset.getAsLong());
        changed();
    }

    void dropChoice() {
        chosen = Optional.empty();
        cursor = OptionalLong.empty();
        said = "";
        changed();
        writePlace();
    }

    /// What was chosen is let go, else the markers.
    void back() {
        if (cursor.isPresent() || chosen.isPresent()) {
            dropChoice();
        } else {
            clearMarkers();
        }
    }

    /// Where a key sets a marker: at what the mouse is over, what was chosen, or in the middle.
    long cursorOrMiddle() {
        return pointed.map(Pointed::nanoTime)
                .orElseGet(() -> cursor.orElse(window.fromNanos() + window.spanNs() / 2));
    }

    /// The next thing that is looked for, after what is chosen or seen.
    Optional<Hit> findNext(String typed) {
        pause();
        List<Lane> lanes = recording.lanes();
        Optional<Hit> found = search(typed).next(lanes, chosen.map(hit -> TraceSearch.Place.of(hit, lanes))
                .orElse(new TraceSearch.Place(cursor.orElse(window.fromNanos()), -1, 0)));
        found.ifPresentOrElse(this::choose, () -> sayNothingFound(typed));
        return found;
    }

    Optional<Hit> findPrevious(String typed) {
        pause();
        List<Lane> lanes = recording.lanes();
        Optional<Hit> found = search(typed).previous(lanes, chosen.map(hit -> TraceSearch.Place.of(hit, lanes))
                .orElse(new TraceSearch.Place(cursor.orElse(window.toNanos()), Integer.MAX_VALUE, 0)));
        found.ifPresentOrElse(this::choose, () -> sayNothingFound(typed));
        return found;
    }

    private TraceSearch search(String typed) {
        return TraceSearch.of(typed, words::kind);
    }

    private void sayNothingFound(String typed) {
        said = texts.get("timeline.notFound", typed.isBlank() ? "" : typed.strip());
        writePlace();
    }

    // --- texts ---

    private void writeTexts() {
        var text = new StringBuilder(texts.get(following.get() ? "timeline.last" : "timeline.paused",
                Formats.duration(window.spanNs())));
        if (recording.putSamplingInterval() > 1) {
            text.append(" · ").append(texts.get("timeline.sampled", recording.putSamplingInterval()));
        }
        if (recording.lostEvents() > 0) {
            text.append(" · ").append(texts.get("timeline.lost", Formats.count(recording.lostEvents())));
        }
        hint.set(text.toString());
        markersText.set(markers.areBoth()
                ? texts.get("timeline.between", Formats.duration(markers.to() - markers.from()))
                : "");
        writePlace();
    }

    private void writePlace() {
        String now = pointed.map(point -> words.place(at(point), nowNanos)).orElse("");
        place.set(!now.isEmpty() ? now : said.isEmpty() ? texts.get("timeline.help") : said);
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

    Markers markers() {
        return markers;
    }

    Optional<Hit> chosen() {
        return chosen;
    }

    OptionalLong cursor() {
        return cursor;
    }

    /// What has to do with the selected message.
    List<Hit> related() {
        return related;
    }

    /// Whether dragging along the axis takes the world to another moment.
    boolean canTravel() {
        return live.travel().isPresent();
    }

    /// What would be written down: between the markers, or all.
    Question toExport() {
        Recording copy = following.get() ? live.copier().get() : recording;
        return new Question(copy, markers.areBoth()
                ? markers
                : new Markers(OptionalLong.of(copy.fromNanos()), OptionalLong.of(copy.toNanos())));
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

    /// What is pointed at, else what is chosen, else what one can do.
    ReadOnlyStringProperty placeProperty() {
        return place.getReadOnlyProperty();
    }

    /// How much time lies between the markers.
    ReadOnlyStringProperty markersTextProperty() {
        return markersText.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<List<SpanStatistics.Line>> statisticsProperty() {
        return statistics.getReadOnlyProperty();
    }
}
