package dev.storescope.app.panel.consumer;

import dev.storescope.app.panel.QueueTopics;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.pulse.RateMeter;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.ConsumeSnapshot;
import dev.storescope.engine.load.ConsumeSnapshot.LastPull;
import dev.storescope.engine.load.ConsumeSnapshot.Position;
import dev.storescope.engine.load.ConsumeSnapshot.Received;
import dev.storescope.engine.load.ConsumeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What the consumer pulls, and how it is doing.
public final class ConsumerViewModel {
    private final Texts texts;
    private final RateMeter rate = new RateMeter();
    private final ObservableList<String> topics = FXCollections.observableArrayList();
    private final ObservableList<OptionalInt> queues = FXCollections.observableArrayList();
    private final ObservableList<Received> messages = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<ConsumeSpec> spec = new ReadOnlyObjectWrapper<>(this, "spec",
            ConsumeSpec.NOTHING);
    private final ReadOnlyObjectWrapper<Shown> shown;
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper(this, "running");
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper(this, "ready");
    private long generation;

    /// What is written of it.
    record Shown(String received, String perSecond, String next, String lag, boolean isBehind, String status,
            String asked, String state, boolean failed) {
    }

    public ConsumerViewModel(Texts texts) {
        this.texts = texts;
        shown = new ReadOnlyObjectWrapper<>(this, "shown", unknown());
    }

    /// In text frames.
    void update(Frame frame, ConsumeSnapshot consumer) {
        if (frame.generation() != generation) {
            generation = frame.generation();
            rate.reset();
        }
        // While no store is open those of the last one stay: what was chosen of them would be gone otherwise.
        frame.snapshot().ifPresent(snapshot -> offer(snapshot, consumer));
        spec.set(consumer.spec());
        running.set(consumer.running());
        ready.set(frame.snapshot().isPresent() && !consumer.spec().topic().isEmpty());
        if (frame.snapshot().isEmpty()) {
            messages.clear();
            shown.set(unknown());
            return;
        }
        rate.add(frame.snapshot().get().takenAtNanos(), consumer.received());
        if (!consumer.lastMessages().equals(messages)) {
            messages.setAll(consumer.lastMessages());
        }
        shown.set(write(consumer));
    }

    private void offer(StoreSnapshot snapshot, ConsumeSnapshot consumer) {
        List<String> topicsNow = topics(snapshot, consumer);
        if (!topicsNow.equals(topics)) {
            topics.setAll(topicsNow);
        }
        List<OptionalInt> queuesNow = new ArrayList<>(List.of(OptionalInt.empty()));
        queueIds(snapshot, consumer).forEach(queueId -> queuesNow.add(OptionalInt.of(queueId)));
        if (!queuesNow.equals(queues)) {
            queues.setAll(queuesNow);
        }
    }

    /// Of very many queues a snapshot has some only: what was chosen stays to be chosen.
    private static List<String> topics(StoreSnapshot snapshot, ConsumeSnapshot consumer) {
        return Stream.concat(QueueTopics.of(snapshot).stream(), Stream.of(consumer.spec().topic()))
                .filter(topic -> !topic.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    private static List<Integer> queueIds(StoreSnapshot snapshot, ConsumeSnapshot consumer) {
        return Stream.concat(QueueTopics.queueIds(snapshot, consumer.spec().topic()).stream(),
                consumer.queues().stream().map(Position::queueId)).distinct().sorted().toList();
    }

    private Shown write(ConsumeSnapshot consumer) {
        boolean known = !consumer.queues().isEmpty();
        long lag = consumer.lag();
        return new Shown(Formats.count(consumer.received()),
                consumer.running() && rate.perSecond().isPresent()
                        ? Formats.perSecond(rate.perSecond().getAsDouble())
                        : Formats.UNKNOWN,
                next(consumer), known ? Formats.count(lag) : Formats.UNKNOWN, lag > 0,
                consumer.lastPull().map(pull -> pull.status().toString()).orElse(Formats.UNKNOWN),
                consumer.lastPull().map(this::asked).orElse(Formats.UNKNOWN), state(consumer, known, lag),
                !consumer.failure().isEmpty());
    }

    private String next(ConsumeSnapshot consumer) {
        return switch (consumer.queues().size()) {
            case 0 -> Formats.UNKNOWN;
            case 1 -> Formats.count(consumer.queues().getFirst().nextOffset());
            default -> {
                long least = consumer.queues().stream().mapToLong(Position::nextOffset).min().orElse(0);
                long most = consumer.queues().stream().mapToLong(Position::nextOffset).max().orElse(0);
                yield least == most
                        ? Formats.count(least)
                        : texts.get("consumer.range", Formats.count(least), Formats.count(most));
            }
        };
    }

    private String asked(LastPull pull) {
        return texts.get("consumer.pull", pull.queueId(), Formats.count(pull.queueOffset()));
    }

    private String state(ConsumeSnapshot consumer, boolean known, long lag) {
        if (!consumer.failure().isEmpty()) {
            return texts.get("consumer.state.failed", consumer.failure());
        }
        if (consumer.spec().topic().isEmpty()) {
            return texts.get("consumer.state.noTopic");
        }
        if (!consumer.running()) {
            return texts.get(known ? "consumer.state.stopped" : "consumer.state.ready");
        }
        return texts.get(lag == 0 ? "consumer.state.atEnd" : "consumer.state.pulling");
    }

    private Shown unknown() {
        String none = Formats.UNKNOWN;
        return new Shown(none, none, none, none, false, none, none, "", false);
    }

    /// A queue, or all of them, as one chooses it.
    String queueWords(OptionalInt queueId) {
        return queueId.isPresent()
                ? texts.get("consumer.queue.one", queueId.getAsInt())
                : texts.get("consumer.queue.all");
    }

    /// @return what is wrong with the text, or nothing
    Optional<String> checkPace(String text) {
        return pace(text).isPresent()
                ? Optional.empty()
                : Optional.of(texts.get("consumer.pace.wrong", Formats.count(ConsumeSpec.MOST_PER_SECOND)));
    }

    OptionalInt pace(String text) {
        String digits = text.replaceAll("[\\s\\u00a0]|/s", "");
        if (!digits.matches("\\d{1,6}")) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(digits);
        return number >= 1 && number <= ConsumeSpec.MOST_PER_SECOND ? OptionalInt.of(number) : OptionalInt.empty();
    }

    String paceWords(ConsumeSpec of) {
        return Formats.perSecond(of.messagesPerSecond());
    }

    /// What is shown before the session has it; the frames that follow bring the same.
    void want(ConsumeSpec wanted) {
        spec.set(wanted);
    }

    ObservableList<String> topics() {
        return topics;
    }

    /// All of them, and each.
    ObservableList<OptionalInt> queues() {
        return queues;
    }

    /// The latest first.
    ObservableList<Received> messages() {
        return messages;
    }

    ReadOnlyObjectProperty<ConsumeSpec> specProperty() {
        return spec.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Shown> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /// Whether there is something to pull from.
    ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }
}
