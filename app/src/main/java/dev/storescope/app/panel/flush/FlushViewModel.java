package dev.storescope.app.panel.flush;

import dev.storescope.app.panel.flush.FlushPicture.Disk;
import dev.storescope.app.panel.flush.FlushPicture.Mode;
import dev.storescope.app.panel.flush.FlushPicture.Pacing;
import dev.storescope.app.panel.flush.FlushPicture.Producers;
import dev.storescope.app.panel.flush.FlushPicture.Requests;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.StoreSnapshot;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// What the panel shows: the way of the bytes to the disk, as of one snapshot.
///
/// A disk that is forced a thousand times a second is no picture but a flicker: pictures are taken in text frames, each
/// whole. Only the meter of a force that takes long moves with every frame.
///
/// Threads: the JavaFX thread; needs no toolkit.
public final class FlushViewModel {
    private static final long LONG_FORCE_NS = 100_000_000L;

    private final Texts texts;
    private final ReadOnlyObjectWrapper<FlushPicture> picture;
    private final ReadOnlyStringWrapper pace = new ReadOnlyStringWrapper(this, "pace", "");

    public FlushViewModel(Texts texts) {
        this.texts = texts;
        picture = new ReadOnlyObjectWrapper<>(this, "picture", nothing());
    }

    void update(Frame frame) {
        if (!frame.isTextFrame()) {
            frame.snapshot().filter(FlushViewModel::isForceLong).ifPresent(this::moveMeter);
            return;
        }
        if (frame.snapshot().isEmpty()) {
            picture.set(nothing());
            pace.set("");
            return;
        }
        var reading = new FlushReading(texts, frame.snapshot().get(), frame.load(), frame.rates());
        picture.set(reading.picture());
        pace.set(reading.pace());
    }

    private void moveMeter(StoreSnapshot snapshot) {
        picture.set(picture.get().withForcePart(FlushReading.forcePart(snapshot)));
    }

    private static boolean isForceLong(StoreSnapshot snapshot) {
        long started = snapshot.flush().forceStartedNanos();
        return started != 0 && snapshot.takenAtNanos() - started >= LONG_FORCE_NS;
    }

    private FlushPicture nothing() {
        var noRequests = new Requests(0, "", "");
        var noPacing = new Pacing("", Double.NaN, "", "");
        return new FlushPicture(Mode.SYNC, texts.get("flush.hint.SYNC"), new Producers(0, 0, "", "", ""), noRequests,
                noRequests, noPacing, noPacing,
                new Disk(Disk.State.IDLE, texts.get("flush.disk.IDLE"), Double.NaN, "", "", List.of(), ""));
    }

    public ReadOnlyObjectProperty<FlushPicture> pictureProperty() {
        return picture.getReadOnlyProperty();
    }

    /// Forces a second and the mean batch; "" while the disk is idle.
    public ReadOnlyStringProperty paceProperty() {
        return pace.getReadOnlyProperty();
    }
}
