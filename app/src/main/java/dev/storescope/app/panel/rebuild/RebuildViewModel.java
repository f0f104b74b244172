package dev.storescope.app.panel.rebuild;

import dev.storescope.app.pulse.Frame;
import dev.storescope.app.session.Rebuilt;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.StoreSnapshot;
import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Whether queues and index may be deleted, and what came of it.
public final class RebuildViewModel {
    private final Texts texts;
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper(this, "ready");
    private final ReadOnlyObjectWrapper<Shown> shown = new ReadOnlyObjectWrapper<>(this, "shown", Shown.NOTHING);
    private Optional<StoreSnapshot> last = Optional.empty();
    private Optional<Rebuilt> rebuilt = Optional.empty();
    private Optional<Path> ofStore = Optional.empty();

    /// Before and after, once it was done.
    record Shown(boolean isDone, String entries, String index, String verdict, boolean isNothingLost) {
        static final Shown NOTHING = new Shown(false, "", "", "", false);
    }

    public RebuildViewModel(Texts texts) {
        this.texts = texts;
    }

    /// In text frames.
    void update(Frame frame) {
        last = frame.snapshot();
        ready.set(last.filter(snapshot -> snapshot.notWriteable().isEmpty()).isPresent());
        Optional<Path> store = last.map(snapshot -> snapshot.config().storePathRootDir());
        if (store.isPresent() && !store.equals(ofStore)) {
            rebuilt = Optional.empty();
            ofStore = store;
        }
        shown.set(rebuilt.map(this::write).orElse(Shown.NOTHING));
    }

    void done(Rebuilt result) {
        rebuilt = Optional.of(result);
        shown.set(write(result));
    }

    private Shown write(Rebuilt result) {
        return new Shown(true,
                texts.get("rebuild.change", Formats.count(result.before().entries()),
                        Formats.count(result.after().entries())),
                texts.get("rebuild.change", Formats.count(result.before().indexEntries()),
                        Formats.count(result.after().indexEntries())),
                verdict(result),
                result.isNothingLost());
    }

    private String verdict(Rebuilt result) {
        String key = !result.isNothingLost()
                ? "rebuild.differs"
                : result.isIndexBuilt() ? "rebuild.kept" : "rebuild.indexing";
        return texts.get(key, Formats.count(result.filesDeleted()), Formats.duration(result.durationNs()),
                Formats.bytes(result.indexBehindBytes()));
    }

    /// What goes, for the question: directory, queues, entries, index files.
    Object[] whatGoes() {
        return last.map(snapshot -> new Object[] {snapshot.config().storePathRootDir(),
            Formats.count(snapshot.dispatch().queueCount()), Formats.count(snapshot.dispatch().entries()),
            Formats.count(snapshot.dispatch().index().files().size())}).orElse(new Object[0]);
    }

    /// Whether a store is open that may be written.
    ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Shown> shownProperty() {
        return shown.getReadOnlyProperty();
    }
}
