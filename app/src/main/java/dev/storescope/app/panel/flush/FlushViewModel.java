package dev.storescope.app.panel.flush;

import dev.storescope.app.panel.flush.FlushPicture.Disk;
import dev.storescope.app.panel.flush.FlushPicture.Mode;
import dev.storescope.app.panel.flush.FlushPicture.Pacing;
import dev.storescope.app.panel.flush.FlushPicture.Producers;
import dev.storescope.app.panel.flush.FlushPicture.Requests;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.PutStage;
import dev.storescope.engine.api.StoreSnapshot;
import java.util.List;
import java.util.OptionalLong;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.HdrHistogram.Histogram;

/// What the panel shows: the way of the bytes to the disk, as of one snapshot.
///
/// A disk that is forced a thousand times a second is no picture but a flicker: ten pictures a second are taken, each
/// whole. A force that takes long is shown with every frame.
///
/// Threads: the JavaFX thread; needs no toolkit.
public final class FlushViewModel {
    private static final long PICTURE_EVERY_NS = 100_000_000L;
    private static final long LONG_FORCE_NS = 100_000_000L;
    private static final long LOCK_WAIT_HOLDS_NS = 2_000_000_000L;

    private final Texts texts;
    private final FlushRates rates = new FlushRates();
    private final ReadOnlyObjectWrapper<FlushPicture> picture;
    private final ReadOnlyStringWrapper pace = new ReadOnlyStringWrapper(this, "pace", "");

    private long pictureNanos = Long.MIN_VALUE / 2;
    private boolean hadStore;
    private OptionalLong lockWaitNs = OptionalLong.empty();
    private long lockWaitNanos;

    public FlushViewModel(Texts texts) {
        this.texts = texts;
        picture = new ReadOnlyObjectWrapper<>(this, "picture", nothing());
    }

    void update(Frame frame) {
        measureLock(frame);
        boolean hasStore = frame.snapshot().isPresent();
        boolean due = frame.nowNanos() - pictureNanos >= PICTURE_EVERY_NS || hasStore != hadStore
                || frame.snapshot().map(FlushViewModel::isForceLong).orElse(false);
        if (!due) {
            return;
        }
        pictureNanos = frame.nowNanos();
        hadStore = hasStore;
        if (frame.snapshot().isEmpty()) {
            picture.set(nothing());
            pace.set("");
            return;
        }
        StoreSnapshot snapshot = frame.snapshot().get();
        rates.add(frame.generation(), snapshot);
        var reading = new FlushReading(texts, snapshot, frame.load(), lockWaitNs, rates);
        picture.set(reading.picture());
        pace.set(reading.pace());
    }

    private static boolean isForceLong(StoreSnapshot snapshot) {
        long started = snapshot.flush().forceStartedNanos();
        return started != 0 && snapshot.takenAtNanos() - started >= LONG_FORCE_NS;
    }

    private void measureLock(Frame frame) {
        Histogram lock = frame.intervals().stages().get(PutStage.LOCK);
        if (lock != null && lock.getTotalCount() > 0) {
            lockWaitNs = OptionalLong.of(lock.getValueAtPercentile(50));
            lockWaitNanos = frame.nowNanos();
        } else if (frame.nowNanos() - lockWaitNanos > LOCK_WAIT_HOLDS_NS) {
            lockWaitNs = OptionalLong.empty();
        }
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
