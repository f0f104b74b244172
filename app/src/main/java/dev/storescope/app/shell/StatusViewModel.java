package dev.storescope.app.shell;

import dev.storescope.app.pulse.Frame;
import dev.storescope.app.pulse.FramePace;
import dev.storescope.app.session.RestartReason;
import dev.storescope.app.session.SessionEvent;
import dev.storescope.app.session.SessionEvent.Severity;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.session.Worlds.World;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.ProofSnapshot;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadState;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// What the shell itself shows of a frame: status bar, store path, and what stands in the way of a store.
final class StatusViewModel {
    private static final String DOT = " · ";

    private final Texts texts;
    private final ReadOnlyObjectWrapper<Health> health = new ReadOnlyObjectWrapper<>(this, "health", Health.NONE);
    private final ReadOnlyStringWrapper mode = new ReadOnlyStringWrapper(this, "mode", "");
    private final ReadOnlyStringWrapper behind = new ReadOnlyStringWrapper(this, "behind", "");
    private final ReadOnlyStringWrapper load = new ReadOnlyStringWrapper(this, "load", "");
    private final ReadOnlyStringWrapper last = new ReadOnlyStringWrapper(this, "last", "");
    private final ReadOnlyStringWrapper pace = new ReadOnlyStringWrapper(this, "pace", "");
    private final ReadOnlyStringWrapper storePath = new ReadOnlyStringWrapper(this, "storePath", "");
    private final ReadOnlyObjectWrapper<SessionState> state = new ReadOnlyObjectWrapper<>(this, "state",
            new SessionState.NoStore());
    private final ReadOnlyBooleanWrapper storeOpen = new ReadOnlyBooleanWrapper(this, "storeOpen");
    private final ReadOnlyBooleanWrapper loadRunning = new ReadOnlyBooleanWrapper(this, "loadRunning");
    private final ReadOnlyBooleanWrapper failed = new ReadOnlyBooleanWrapper(this, "failed");
    private final ReadOnlyBooleanWrapper sync = new ReadOnlyBooleanWrapper(this, "sync");
    private final ReadOnlyObjectWrapper<World> world = new ReadOnlyObjectWrapper<>(this, "world", World.LIVE);
    private boolean isToldOfTheDead;
    private Optional<SessionEvent> lastEvent = Optional.empty();

    StatusViewModel(Texts texts) {
        this.texts = texts;
        texts.languageProperty().addListener((_, _, _) -> last.set(lastWords()));
    }

    void update(Frame frame) {
        if (!frame.isTextFrame()) {
            return;
        }
        state.set(frame.session());
        storeOpen.set(frame.snapshot().isPresent());
        failed.set(frame.session() instanceof SessionState.Failed);
        frame.snapshot().ifPresent(snapshot -> sync.set(snapshot.config().flushDiskType() == FlushDiskType.SYNC_FLUSH));
        loadRunning.set(frame.load().map(LoadSnapshot::state).filter(LoadState.RUNNING::equals).isPresent());
        health.set(frame.snapshot().map(StatusViewModel::healthOf).orElse(Health.NONE));
        mode.set(frame.snapshot().map(this::modeOf).orElseGet(() -> modeWithout(frame.session())));
        behind.set(frame.snapshot().map(this::behindOf).orElse(""));
        load.set(frame.load().map(this::loadOf).orElseGet(() -> loadWithout(frame)));
        pace.set(paceOf(frame.pace(), frame.snapshot()));
        storePath.set(pathOf(frame.session()));
        isToldOfTheDead = isToldOfTheDead && isDead();
        last.set(lastWords());
    }

    /// Which world the store is in.
    void show(World shown) {
        world.set(shown);
    }

    ReadOnlyObjectProperty<World> worldProperty() {
        return world.getReadOnlyProperty();
    }

    /// The session has done something. What went wrong stands in a notice or on the page of the store, and nowhere twice.
    void tell(SessionEvent event) {
        lastEvent = Optional.of(event).filter(done -> done.severity() == Severity.DONE);
        isToldOfTheDead = lastEvent.isPresent() && isDead();
        last.set(lastWords());
    }

    private boolean isDead() {
        return state.get() instanceof SessionState.Restarting(_, RestartReason.Crashed _, _);
    }

    /// What goes on now, or else what was done last; a dead store can stay dead for long, and answers are heard meanwhile.
    private String lastWords() {
        return state.get() instanceof SessionState.Restarting restarting && !isToldOfTheDead
                ? OpeningWords.restart(texts, restarting)
                : lastEvent.map(this::sentence).orElse("");
    }

    private String sentence(SessionEvent event) {
        return texts.get(event.textKey(), event.values().toArray());
    }

    private static Health healthOf(StoreSnapshot snapshot) {
        return snapshot.notWriteable().isEmpty() ? Health.WRITEABLE : Health.NOT_WRITEABLE;
    }

    private String modeOf(StoreSnapshot snapshot) {
        var config = snapshot.config();
        String pool = config.transientStorePoolActs() ? DOT + "transientStorePool" : "";
        String writeable = snapshot.notWriteable().isEmpty()
                ? texts.get("status.writeable")
                : texts.get("status.notWriteable", snapshot.notWriteable());
        return config.flushDiskType() + pool + DOT + config.brokerRole() + DOT + writeable;
    }

    private String modeWithout(SessionState session) {
        return switch (session) {
            case SessionState.NoStore _ -> texts.get("status.noStore");
            case SessionState.Opening _ -> texts.get("status.opening");
            case SessionState.Restarting(_, RestartReason.Crashed _, _) -> texts.get("status.dead");
            case SessionState.Restarting _ -> texts.get("status.restarting");
            case SessionState.Running _ -> "";
            case SessionState.Closing _ -> texts.get("status.closing");
            case SessionState.Failed _ -> texts.get("status.failed");
        };
    }

    private String behindOf(StoreSnapshot snapshot) {
        var log = snapshot.log();
        String notFlushed = texts.get("status.notFlushed", Formats.bytes(log.unflushedBytes()),
                Formats.count(log.wrote().messagesSince(log.flushed())));
        String behindDisk = snapshot.config().transientStorePoolActs()
                ? texts.get("status.notCommitted", Formats.bytes(log.uncommittedBytes())) + DOT + notFlushed
                : notFlushed;
        return behindDisk + DOT
                + texts.get("status.dispatchBehind", Formats.bytes(snapshot.dispatch().behindBytes()))
                + proofOf(snapshot.proof());
    }

    /// Nothing once all is proven, so that it is seen only while it goes on.
    private String proofOf(ProofSnapshot proof) {
        return switch (proof.state()) {
            case WAITING, RUNNING -> DOT + texts.get("status.verified", Formats.percent(proof.ratio()));
            case PROVING_INDEX -> DOT + texts.get("status.verifiedIndex", Formats.percent(proof.index().ratio()));
            case INDEXING -> DOT + texts.get("status.indexing", Formats.bytes(proof.indexBehindBytes()));
            case FAILED -> DOT + texts.get("status.notVerified");
            case FINISHED -> "";
        };
    }

    private String loadWithout(Frame frame) {
        return frame.snapshot().isPresent() ? texts.get("status.noLoad") : "";
    }

    private String loadOf(LoadSnapshot snapshot) {
        return switch (snapshot.state()) {
            case READY, ENDED -> texts.get("status.loadEnded", Formats.count(snapshot.acknowledged()));
            case STOPPING -> texts.get("status.loadStopping");
            case RUNNING -> texts.get("status.loadRuns", Formats.count(snapshot.activeProducers()),
                    Formats.count(snapshot.acknowledged()));
        };
    }

    private String paceOf(FramePace now, Optional<StoreSnapshot> snapshot) {
        boolean known = now.framesPerSecond() > 0;
        String frames = known ? Formats.count(Math.round(now.framesPerSecond())) : Formats.UNKNOWN;
        String work = known ? Formats.duration(now.workMedianNs()) : Formats.UNKNOWN;
        String dropped = snapshot.map(store -> Formats.count(store.counters().eventsDropped())).orElse(Formats.UNKNOWN);
        String heap = now.heapUsedBytes() > 0 ? Formats.bytes(now.heapUsedBytes()) : Formats.UNKNOWN;
        return texts.get("status.pace", frames, work, dropped, heap);
    }

    private static String pathOf(SessionState session) {
        return switch (session) {
            case SessionState.NoStore _ -> "";
            case SessionState.Opening opening -> opening.directory().toString();
            case SessionState.Restarting restarting -> restarting.directory().toString();
            case SessionState.Running running -> running.directory().toString();
            case SessionState.Closing closing -> closing.directory().toString();
            case SessionState.Failed _ -> "";
        };
    }

    ReadOnlyObjectProperty<Health> healthProperty() {
        return health.getReadOnlyProperty();
    }

    ReadOnlyStringProperty modeProperty() {
        return mode.getReadOnlyProperty();
    }

    ReadOnlyStringProperty behindProperty() {
        return behind.getReadOnlyProperty();
    }

    ReadOnlyStringProperty loadProperty() {
        return load.getReadOnlyProperty();
    }

    ReadOnlyStringProperty lastProperty() {
        return last.getReadOnlyProperty();
    }

    ReadOnlyStringProperty paceProperty() {
        return pace.getReadOnlyProperty();
    }

    ReadOnlyStringProperty storePathProperty() {
        return storePath.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<SessionState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty storeOpenProperty() {
        return storeOpen.getReadOnlyProperty();
    }

    /// Whether the store that was asked for last could not be opened, and none is.
    ReadOnlyBooleanProperty failedProperty() {
        return failed.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty loadRunningProperty() {
        return loadRunning.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty syncProperty() {
        return sync.getReadOnlyProperty();
    }

    /// Whether puts are taken.
    enum Health {
        NONE, WRITEABLE, NOT_WRITEABLE
    }
}
