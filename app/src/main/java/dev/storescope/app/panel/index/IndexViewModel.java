package dev.storescope.app.panel.index;

import dev.storescope.app.panel.QueueTopics;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.session.KeyLookup;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.IndexSnapshot;
import dev.storescope.engine.api.IndexSnapshot.IndexFileSnapshot;
import dev.storescope.engine.api.StoreSnapshot;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// How full the index is, and what was found by a key.
public final class IndexViewModel {
    /// One asks for no more.
    static final int MOST_FOUND = 64;
    private static final long NS_PER_MS = 1_000_000L;

    private final Texts texts;
    private final ReadOnlyObjectWrapper<Shown> shown;
    private final ObservableList<String> topics = FXCollections.observableArrayList();
    private final ObservableList<KeyLookup.Found> found = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper answer = new ReadOnlyStringWrapper(this, "answer", "");
    private long generation;
    private int asked;

    /// What is written of the index.
    ///
    /// @param entriesUsed part of the newest file; NaN while there is none
    /// @param slotsUsed likewise
    record Shown(String files, String entries, double entriesUsed, String slots, double slotsUsed, String chains,
            String last, String state) {
    }

    public IndexViewModel(Texts texts) {
        this.texts = texts;
        shown = new ReadOnlyObjectWrapper<>(this, "shown", unknown(""));
    }

    /// In text frames.
    void update(Frame frame) {
        if (frame.generation() != generation) {
            generation = frame.generation();
            forget();
        }
        // While no store is open those of the last one stay: what was chosen of them would be gone otherwise.
        frame.snapshot().map(QueueTopics::of).filter(now -> !now.equals(topics)).ifPresent(topics::setAll);
        shown.set(frame.snapshot().map(this::write).orElseGet(() -> unknown("")));
    }

    private Shown write(StoreSnapshot snapshot) {
        IndexSnapshot index = snapshot.dispatch().index();
        String state = state(index);
        if (index.files().isEmpty()) {
            return unknown(state.isEmpty() ? texts.get("index.none") : state);
        }
        IndexFileSnapshot newest = index.files().getLast();
        long ageNs = Math.max(0, snapshot.takenAtMillis() - index.endTimestamp()) * NS_PER_MS;
        return new Shown(Formats.count(index.files().size()),
                texts.get("index.of", Formats.count(newest.entries()), Formats.count(newest.capacity())),
                (double) newest.entries() / newest.capacity(),
                texts.get("index.of", Formats.count(newest.usedSlots()), Formats.count(newest.slots())),
                (double) newest.usedSlots() / newest.slots(),
                newest.usedSlots() == 0 ? Formats.UNKNOWN : chain(newest.meanChainLength()),
                texts.get("index.last.at", Formats.age(ageNs), Formats.count(index.endOffset())), state);
    }

    private static String chain(double meanLength) {
        long hundredths = Math.round(meanLength * 100);
        return "%d.%02d".formatted(hundredths / 100, hundredths % 100);
    }

    private String state(IndexSnapshot index) {
        if (!index.enabled()) {
            return texts.get("index.off");
        }
        if (!index.fault().isEmpty()) {
            return texts.get("index.fault", index.fault());
        }
        return index.unreadableFiles() == 0 ? "" : texts.get("index.unreadable", index.unreadableFiles());
    }

    private Shown unknown(String state) {
        String none = Formats.UNKNOWN;
        return new Shown(none, none, Double.NaN, none, Double.NaN, none, none, state);
    }

    // --- looking up a key ---

    /// What was found belongs to another store.
    private void forget() {
        asked++;
        found.clear();
        answer.set("");
    }

    /// @return the number of the question, or nothing when it cannot be asked
    Optional<Integer> ask(String topic, String key) {
        forget();
        if (topic.isBlank() || key.isBlank()) {
            answer.set(texts.get("index.ask.both"));
            return Optional.empty();
        }
        answer.set(texts.get("index.ask.running"));
        return Optional.of(asked);
    }

    /// @param question an answer to another one comes too late
    void answer(int question, KeyLookup lookup) {
        if (question != asked) {
            return;
        }
        found.setAll(lookup.found());
        String duration = Formats.duration(lookup.durationNs());
        String count = Formats.count(lookup.found().size());
        String words = lookup.found().isEmpty()
                ? texts.get("index.found.none", duration)
                : texts.get(lookup.found().size() >= MOST_FOUND ? "index.found.most" : "index.found", count, duration);
        String lacking = lookup.coverage().isComplete()
                ? ""
                : texts.get("index.found.incomplete", Formats.count(lookup.coverage().indexedOffset()),
                        Formats.count(lookup.coverage().toOffset())) + " ";
        answer.set(words + " " + lacking + texts.get("index.walk", Formats.count(lookup.walk().entries()),
                Formats.count(lookup.walk().files()), Formats.count(lookup.walk().longestChain()),
                Formats.count(lookup.walk().hashMatches())));
    }

    void failed(int question, String why) {
        if (question == asked) {
            answer.set(texts.get("index.ask.failed", why));
        }
    }

    ObservableList<String> topics() {
        return topics;
    }

    ObservableList<KeyLookup.Found> found() {
        return found;
    }

    ReadOnlyStringProperty answerProperty() {
        return answer.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Shown> shownProperty() {
        return shown.getReadOnlyProperty();
    }
}
