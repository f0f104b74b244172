package dev.storescope.app.panel.timeline;

import dev.storescope.app.session.trace.Lane;
import dev.storescope.app.text.Texts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// What is pointed at, what is chosen, what has to do with the selected message, and what is said of it.
final class Pointing {
    private final Texts texts;
    private final TimelineWords words;
    private final Supplier<TimeOrigin> origin;
    private final ReadOnlyStringWrapper place = new ReadOnlyStringWrapper(this, "place", "");
    private Optional<Hit> chosen = Optional.empty();
    private OptionalLong cursor = OptionalLong.empty();
    private List<Hit> related = List.of();
    private Optional<Pointed> pointed = Optional.empty();
    private long nowNanos;
    private String said = "";

    /// What the mouse is over.
    ///
    /// @param toleranceNs how much time is a pixel or two
    record Pointed(Row row, long nanoTime, long toleranceNs) {
    }

    /// @param origin of the times that are said
    Pointing(Texts texts, TimelineWords words, Supplier<TimeOrigin> origin) {
        this.texts = texts;
        this.words = words;
        this.origin = origin;
    }

    /// @param now up to when is recorded: what is under way reaches up to there
    void update(long now) {
        nowNanos = now;
    }

    void forget() {
        drop();
        related = List.of();
        pointed = Optional.empty();
    }

    void point(Optional<Pointed> now) {
        pointed = now;
        write();
    }

    /// What is under a point, the outermost first.
    List<Hit> at(Pointed point) {
        return Hit.at(point.row(), point.nanoTime(), point.toleranceNs(), nowNanos);
    }

    /// The innermost thing there is chosen.
    ///
    /// @return what has to do with a place of the log, the innermost first
    List<Hit> choose(Pointed point) {
        List<Hit> hits = at(point);
        chosen = hits.isEmpty() ? Optional.empty() : Optional.of(hits.getLast());
        cursor = OptionalLong.of(chosen.map(Hit::startNanos).orElse(point.nanoTime()));
        say(words.place(hits, origin.get()));
        return hits.reversed().stream().filter(hit -> hit.kind().tellsOffset() && hit.a() >= 0).toList();
    }

    void choose(Hit hit) {
        chosen = Optional.of(hit);
        cursor = OptionalLong.of(hit.startNanos());
        say(words.place(List.of(hit), origin.get()));
    }

    /// A moment is chosen, and nothing that happened then.
    void choose(long nanoTime, String what) {
        chosen = Optional.empty();
        cursor = OptionalLong.of(nanoTime);
        say(what);
    }

    /// A message is selected, here or elsewhere: its put, when that was told, and the force that made it safe.
    void relate(List<Lane> lanes, OptionalLong offset) {
        related = offset.isEmpty() ? List.of() : Hit.ofMessage(lanes, offset.getAsLong());
    }

    void drop() {
        chosen = Optional.empty();
        cursor = OptionalLong.empty();
        say("");
    }

    void dropCursor() {
        cursor = OptionalLong.empty();
    }

    boolean isAnything() {
        return cursor.isPresent() || chosen.isPresent();
    }

    void say(String words) {
        said = words;
        write();
    }

    void write() {
        String now = pointed.map(point -> words.place(at(point), origin.get())).orElse("");
        place.set(!now.isEmpty() ? now : said.isEmpty() ? texts.get("timeline.help") : said);
    }

    Optional<Hit> chosen() {
        return chosen;
    }

    OptionalLong cursor() {
        return cursor;
    }

    List<Hit> related() {
        return related;
    }

    /// Where a key sets a marker: at what the mouse is over, what was chosen, or else there.
    long cursorOr(long otherwise) {
        return pointed.map(Pointed::nanoTime).orElseGet(() -> cursor.orElse(otherwise));
    }

    /// What is pointed at, else what is chosen, else what one can do.
    ReadOnlyStringProperty placeProperty() {
        return place.getReadOnlyProperty();
    }
}
