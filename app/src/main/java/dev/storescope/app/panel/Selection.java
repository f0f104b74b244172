package dev.storescope.app.panel;

import dev.storescope.app.session.RecordPlace;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;

/// The one message that is selected, wherever it was; every panel marks it in its own way.
///
/// Threads: the JavaFX thread.
public final class Selection {
    private final ReadOnlyObjectWrapper<Optional<RecordPlace>> message = new ReadOnlyObjectWrapper<>(this, "message",
            Optional.empty());
    private final ObjectProperty<Optional<Long>> jump = new SimpleObjectProperty<>(this, "jump", Optional.empty());

    /// The selected message; nothing when none is.
    public ReadOnlyObjectProperty<Optional<RecordPlace>> messageProperty() {
        return message.getReadOnlyProperty();
    }

    public Optional<RecordPlace> message() {
        return message.get();
    }

    public void select(RecordPlace place) {
        message.set(Optional.of(place));
    }

    public void clear() {
        message.set(Optional.empty());
    }

    /// An offset of the log that the user asked to see, whether or not a message begins there. Whoever shows the log
    /// goes there.
    public ObjectProperty<Optional<Long>> jumpProperty() {
        return jump;
    }

    public void jumpTo(long commitLogOffset) {
        jump.set(Optional.empty());
        jump.set(Optional.of(commitLogOffset));
    }
}
