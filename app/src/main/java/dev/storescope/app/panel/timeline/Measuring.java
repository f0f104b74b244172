package dev.storescope.app.panel.timeline;

import dev.storescope.app.session.trace.Recording;
import dev.storescope.app.session.trace.SpanStatistics;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// The two markers, and what was counted between them.
final class Measuring {
    private final Texts texts;
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper(this, "text", "");
    private final ReadOnlyObjectWrapper<List<SpanStatistics.Line>> statistics = new ReadOnlyObjectWrapper<>(this,
            "statistics", List.of());
    private Markers markers = Markers.NONE;
    private boolean isAsked = true;

    /// Something that has to be counted.
    record Question(Recording recording, Markers markers) {
    }

    Measuring(Texts texts) {
        this.texts = texts;
    }

    Markers markers() {
        return markers;
    }

    void set(Markers now) {
        markers = now;
        isAsked = !now.areBoth();
        if (!now.areBoth()) {
            statistics.set(List.of());
        }
        write();
    }

    /// In the language of the screen.
    void write() {
        text.set(markers.areBoth()
                ? texts.get("timeline.between", Formats.duration(markers.to() - markers.from()))
                : "");
    }

    /// Asked for once for each place of the markers.
    Optional<Question> nextQuestion(Supplier<Recording> recording) {
        if (isAsked) {
            return Optional.empty();
        }
        isAsked = true;
        return Optional.of(new Question(recording.get(), markers));
    }

    void answer(Question question, List<SpanStatistics.Line> lines) {
        if (question.markers.equals(markers)) {
            statistics.set(lines);
        }
    }

    /// How much time lies between the markers.
    ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<List<SpanStatistics.Line>> statisticsProperty() {
        return statistics.getReadOnlyProperty();
    }
}
