package dev.storescope.app.panel.queues;

import dev.storescope.app.pulse.Frame;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.DispatchSnapshot;
import dev.storescope.engine.api.StoreSnapshot.QueueSnapshot;
import dev.storescope.engine.load.ConsumeSnapshot;
import dev.storescope.engine.load.ConsumeSnapshot.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// All consume queues whose topic has the filter's text in it.
public final class QueuesViewModel {
    private static final long LEAST_SCALE = 64;

    private final Texts texts;
    private final ObservableList<QueueKey> keys = FXCollections.observableArrayList();
    private final Map<QueueKey, QueueLine> lines = new HashMap<>();
    private final ReadOnlyStringWrapper hint = new ReadOnlyStringWrapper(this, "hint", "");
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper(this, "summary", "");
    private final ReadOnlyLongWrapper changes = new ReadOnlyLongWrapper(this, "changes");
    private String filter = "";
    private Optional<DispatchSnapshot> last = Optional.empty();
    private ConsumeSnapshot consumer;
    private long scale = LEAST_SCALE;

    public QueuesViewModel(Texts texts) {
        this.texts = texts;
    }

    /// In text frames.
    void update(Frame frame, ConsumeSnapshot consuming) {
        last = frame.snapshot().map(StoreSnapshot::dispatch);
        consumer = consuming;
        show();
    }

    void filter(String text) {
        filter = text.strip().toLowerCase(Locale.ROOT);
        show();
    }

    private void show() {
        List<QueueSnapshot> queues = last.map(DispatchSnapshot::queues).orElse(List.of());
        List<QueueLine> shown = queues.stream()
                .filter(queue -> queue.topic().toLowerCase(Locale.ROOT).contains(filter))
                .map(this::line)
                .toList();
        lines.clear();
        shown.forEach(line -> lines.put(line.key(), line));
        List<QueueKey> now = shown.stream().map(QueueLine::key).toList();
        if (!now.equals(keys)) {
            keys.setAll(now);
        }
        long most = shown.stream().mapToLong(QueueLine::unsettled).max().orElse(0);
        scale = Math.max(LEAST_SCALE, Long.highestOneBit(Math.max(1, most - 1)) << 1);
        write(shown);
        changes.set(changes.get() + 1);
    }

    private QueueLine line(QueueSnapshot queue) {
        boolean ofConsumer = consumer.spec().topic().equals(queue.topic());
        OptionalLong lag = consumer.queues()
                .stream()
                .filter(position -> ofConsumer && position.queueId() == queue.queueId())
                .mapToLong(Position::lag)
                .findFirst();
        return new QueueLine(new QueueKey(queue.topic(), queue.queueId()), queue.minOffset(), queue.flushedOffset(),
                queue.maxOffset(), queue.behind(),
                queue.lastCommitLogOffset() < 0
                        ? OptionalLong.empty()
                        : OptionalLong.of(queue.lastCommitLogOffset()),
                lag);
    }

    private void write(List<QueueLine> shown) {
        if (last.isEmpty()) {
            hint.set("");
            summary.set("");
            return;
        }
        int all = last.get().queueCount();
        hint.set(all == 0 ? "" : texts.get("queues.hint", Formats.count(scale)));
        String entries = Formats.count(last.get().entries());
        String listed = Formats.count(shown.size());
        summary.set(switch (last.get().shown()) {
            case ALL -> texts.get("queues.summary", listed, Formats.count(all), entries);
            case FURTHEST_BEHIND -> texts.get("queues.summary.behind", listed,
                    Formats.count(last.get().queues().size()), Formats.count(all), entries);
        });
    }

    /// Of the table, in its order; changes only when queues come or go, or the filter does.
    ObservableList<QueueKey> keys() {
        return keys;
    }

    /// Nothing once the queue is gone.
    Optional<QueueLine> line(QueueKey key) {
        return Optional.ofNullable(lines.get(key));
    }

    /// How many entries the bars have room for.
    long scale() {
        return scale;
    }

    /// Changes whenever lines do: time to write.
    ReadOnlyLongProperty changesProperty() {
        return changes.getReadOnlyProperty();
    }

    ReadOnlyStringProperty hintProperty() {
        return hint.getReadOnlyProperty();
    }

    ReadOnlyStringProperty summaryProperty() {
        return summary.getReadOnlyProperty();
    }
}
