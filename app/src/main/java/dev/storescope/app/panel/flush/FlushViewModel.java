package dev.storescope.app.panel.flush;

import dev.storescope.app.panel.flush.FlushPicture.Disk;
import dev.storescope.app.panel.flush.FlushPicture.Mode;
import dev.storescope.app.panel.flush.FlushPicture.Pacing;
import dev.storescope.app.panel.flush.FlushPicture.Producers;
import dev.storescope.app.panel.flush.FlushPicture.Requests;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.pulse.motion.Motion;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.StoreSnapshot;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// What the panel shows: the way of the bytes to the disk, as of one snapshot.
///
/// A disk that is forced a thousand times a second is no picture but a flicker: pictures are taken in text frames, each
/// whole. Only the meter of a force that takes long moves with every frame. In a simulated world that is slow enough, or stands,
/// producers and requests are seen one by one, and move with every frame.
///
/// Threads: the JavaFX thread; needs no toolkit.
public final class FlushViewModel {
    private static final long LONG_FORCE_NS = 100_000_000L;

    private static final int FRAMES_UNTOLD = 8;

    private final Texts texts;
    private final ReadOnlyObjectWrapper<FlushPicture> picture;
    private final ReadOnlyObjectWrapper<TokenPicture> tokens = new ReadOnlyObjectWrapper<>(this, "tokens",
            TokenPicture.NONE);
    private final ReadOnlyObjectWrapper<FlushMoves> moves = new ReadOnlyObjectWrapper<>(this, "moves",
            FlushMoves.NONE);
    private final ReadOnlyStringWrapper pace = new ReadOnlyStringWrapper(this, "pace", "");
    private int framesUntold;

    public FlushViewModel(Texts texts) {
        this.texts = texts;
        picture = new ReadOnlyObjectWrapper<>(this, "picture", nothing());
    }

    void update(Frame frame) {
        Optional<FlushReading> reading = frame.snapshot().map(snapshot -> new FlushReading(texts, frame, snapshot));
        moves.set(reading.map(now -> FlushMoves.of(frame, frame.snapshot().orElseThrow(), now.forcePart()))
                .orElse(FlushMoves.NONE));
        showTokens(frame, reading.flatMap(now -> now.tokens(frame.trace().recording())));
        if (!frame.isTextFrame()) {
            reading.filter(_ -> frame.motion().showsSingle() || isForceLong(frame.snapshot().orElseThrow()))
                    .ifPresent(this::moveMeter);
            return;
        }
        if (reading.isEmpty()) {
            picture.set(nothing());
            pace.set("");
            return;
        }
        picture.set(reading.get().picture());
        pace.set(reading.get().pace());
    }

    private void moveMeter(FlushReading reading) {
        double part = reading.forcePart();
        if (Double.compare(part, picture.get().disk().part()) != 0) {
            picture.set(picture.get().withForcePart(part));
        }
    }

    /// In a world that runs on while it is read, lists and recording may be of two moments for a frame.
    private void showTokens(Frame frame, Optional<TokenPicture> now) {
        framesUntold = now.isPresent() ? 0 : framesUntold + 1;
        boolean mayBeForAMoment = frame.motion().mode() == Motion.Mode.GLIDES && framesUntold <= FRAMES_UNTOLD;
        if (now.isPresent() || !mayBeForAMoment) {
            tokens.set(now.orElse(TokenPicture.NONE));
        }
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

    /// Producers and requests one by one, where they can be followed.
    ReadOnlyObjectProperty<TokenPicture> tokensProperty() {
        return tokens.getReadOnlyProperty();
    }

    /// What is on its way between the stages.
    ReadOnlyObjectProperty<FlushMoves> movesProperty() {
        return moves.getReadOnlyProperty();
    }

    /// Forces a second and the mean batch; "" while the disk is idle.
    public ReadOnlyStringProperty paceProperty() {
        return pace.getReadOnlyProperty();
    }
}
