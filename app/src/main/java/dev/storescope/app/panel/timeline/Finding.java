package dev.storescope.app.panel.timeline;

import dev.storescope.app.session.trace.Lane;
import dev.storescope.app.text.Texts;
import java.util.List;
import java.util.Optional;

/// Goes from one thing that happened to another: looks at it, or, in a world that one can travel in, takes the world there.
///
/// What is typed is a kind, a part of a thread's name, or an offset of the log, see [TraceSearch].
final class Finding {
    private final Texts texts;
    private final TimelineViewModel model;

    Finding(Texts texts, TimelineViewModel model) {
        this.texts = texts;
        this.model = model;
    }

    /// The next thing that is looked for, after what is chosen or seen.
    Optional<Hit> next(String typed) {
        model.standStill();
        return found(typed, search(typed).next(lanes(), chosenOr(TraceSearch.Place.before(
                model.pointing().cursor().orElse(model.window().fromNanos())))));
    }

    Optional<Hit> previous(String typed) {
        model.standStill();
        return found(typed, search(typed).previous(lanes(), chosenOr(TraceSearch.Place.after(
                model.pointing().cursor().orElse(model.window().toNanos())))));
    }

    /// Takes the world back to the last thing of those that are looked for which began before where it is; with nothing
    /// typed, to one of the kind that is chosen, else to whatever was there.
    ///
    /// @return nothing when nothing of that is recorded before
    Optional<Hit> travelBack(String typed) {
        return travel(typed, wanted(typed).previous(lanes(), TraceSearch.Place.before(model.playhead().targetNanos())));
    }

    /// Likewise, on to the next one, as far as the run is known.
    Optional<Hit> travelOn(String typed) {
        return travel(typed, wanted(typed).next(lanes(), TraceSearch.Place.after(model.playhead().targetNanos())));
    }

    /// What one travels to.
    TraceSearch wanted(String typed) {
        return typed.isBlank()
                ? model.pointing().chosen().map(TraceSearch::like).orElse(TraceSearch.ANYTHING)
                : search(typed);
    }

    private Optional<Hit> travel(String typed, Optional<Hit> found) {
        found(typed, found).ifPresent(hit -> model.playhead().wish(hit.startNanos()));
        return found;
    }

    private Optional<Hit> found(String typed, Optional<Hit> found) {
        found.ifPresentOrElse(model::choose, () -> model.pointing()
                .say(texts.get("timeline.notFound", typed.isBlank() ? "" : typed.strip())));
        return found;
    }

    private TraceSearch.Place chosenOr(TraceSearch.Place otherwise) {
        return model.pointing().chosen().map(hit -> TraceSearch.Place.of(hit, lanes())).orElse(otherwise);
    }

    private TraceSearch search(String typed) {
        return TraceSearch.of(typed, model.words()::kind);
    }

    private List<Lane> lanes() {
        return model.recording().lanes();
    }
}
