package dev.storescope.app.panel.consumer;

import dev.storescope.app.control.EntryField;
import dev.storescope.app.control.LiveText;
import dev.storescope.app.control.LogSlider;
import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.panel.consumer.ConsumerViewModel.Shown;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.session.RecordPlace;
import dev.storescope.engine.load.ConsumeDriver.Reset;
import dev.storescope.engine.load.ConsumeSnapshot.Received;
import dev.storescope.engine.load.ConsumeSpec;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import javafx.beans.value.ChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.util.StringConverter;

/// Ties `fxml/Consumer.fxml` to [ConsumerViewModel].
public final class ConsumerController implements PanelController {
    private static final PseudoClass RUNNING = PseudoClass.getPseudoClass("running");
    private static final PseudoClass BEHIND = PseudoClass.getPseudoClass("behind");
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

    private final PanelContext context;
    private final ConsumerViewModel model;
    private final ChangeListener<Shown> onShown = (_, _, now) -> show(now);
    private final ChangeListener<ConsumeSpec> onSpec = (_, _, now) -> show(now);
    private final ChangeListener<Boolean> onRunning = (_, _, now) -> showRunning(now);

    @FXML private ComboBox<String> topic;
    @FXML private ComboBox<OptionalInt> queue;
    @FXML private EntryField pace;
    @FXML private LogSlider paceSlider;
    @FXML private EntryField tags;
    @FXML private Button startStop;
    @FXML private Button toMin;
    @FXML private Button toMax;
    @FXML private LiveText received;
    @FXML private LiveText perSecond;
    @FXML private LiveText next;
    @FXML private LiveText lag;
    @FXML private LiveText status;
    @FXML private LiveText asked;
    @FXML private Label state;
    @FXML private ListView<Received> messages;

    private boolean showing;

    public ConsumerController(PanelContext context) {
        this.context = context;
        model = context.keep(ConsumerViewModel.class, () -> new ConsumerViewModel(context.texts()));
    }

    @FXML
    private void initialize() {
        topic.setItems(model.topics());
        topic.valueProperty().addListener((_, _, chosen) -> choose(chosen, ConsumeSpec::withTopic));
        queue.setItems(model.queues());
        queue.setConverter(new QueueWords());
        queue.valueProperty().addListener((_, _, chosen) -> choose(chosen, ConsumeSpec::withQueueId));
        pace.setOnEntry(text -> {
            model.pace(text).ifPresent(number -> change(now -> now.withMessagesPerSecond(number)));
            return model.checkPace(text);
        });
        paceSlider.setOnSlide(number -> {
            pace.takeBack();
            change(now -> now.withMessagesPerSecond((int) Math.round(number)));
        });
        tags.setOnEntry(text -> {
            change(now -> now.withTags(text));
            return Optional.empty();
        });
        startStop.disableProperty().bind(model.readyProperty().not());
        toMin.disableProperty().bind(model.readyProperty().not());
        toMax.disableProperty().bind(model.readyProperty().not());
        messages.setItems(model.messages());
        messages.setCellFactory(_ -> new ReceivedCell(context.texts()));
        messages.setPlaceholder(new Label(context.texts().get("consumer.messages.none")));
        messages.getSelectionModel().selectedItemProperty().addListener((_, _, chosen) -> {
            if (chosen != null) {
                context.selection().select(new RecordPlace(chosen.commitLogOffset(), chosen.sizeBytes()));
            }
        });
        model.shownProperty().addListener(onShown);
        model.specProperty().addListener(onSpec);
        model.runningProperty().addListener(onRunning);
        show(model.shownProperty().get());
        show(model.specProperty().get());
        showRunning(model.runningProperty().get());
    }

    private <T> void choose(T chosen, java.util.function.BiFunction<ConsumeSpec, T, ConsumeSpec> change) {
        if (!showing && chosen != null) {
            change(now -> change.apply(now, chosen));
        }
    }

    private void change(UnaryOperator<ConsumeSpec> change) {
        model.want(change.apply(model.specProperty().get()));
        context.session().changeConsumer(change);
    }

    private void show(ConsumeSpec now) {
        showing = true;
        topic.setValue(now.topic().isEmpty() ? null : now.topic());
        queue.setValue(now.queueId());
        showing = false;
        pace.valueTextProperty().set(model.paceWords(now));
        paceSlider.amountProperty().set(now.messagesPerSecond());
        tags.valueTextProperty().set(now.tags());
    }

    private void show(Shown now) {
        received.setText(now.received());
        perSecond.setText(now.perSecond());
        next.setText(now.next());
        lag.setText(now.lag());
        lag.pseudoClassStateChanged(BEHIND, now.isBehind());
        status.setText(now.status());
        asked.setText(now.asked());
        state.setText(now.state());
        state.pseudoClassStateChanged(BAD, now.failed());
    }

    private void showRunning(boolean now) {
        startStop.setText(context.texts().get(now ? "consumer.stop" : "consumer.start"));
        startStop.pseudoClassStateChanged(RUNNING, now);
    }

    @FXML
    private void startOrStop() {
        if (model.runningProperty().get()) {
            context.session().stopConsumer();
        } else {
            context.session().startConsumer();
        }
    }

    @FXML
    private void resetToMin() {
        context.session().resetConsumer(Reset.MIN);
    }

    @FXML
    private void resetToMax() {
        context.session().resetConsumer(Reset.MAX);
    }

    @Override
    public void onFrame(Frame frame) {
        if (!frame.isTextFrame()) {
            return;
        }
        showing = true;
        model.update(frame, context.session().consumer());
        showing = false;
        if (model.specProperty().get().topic().isEmpty() && !model.topics().isEmpty()) {
            change(now -> now.withTopic(model.topics().getFirst()));
        }
    }

    @Override
    public void dispose() {
        model.shownProperty().removeListener(onShown);
        model.specProperty().removeListener(onSpec);
        model.runningProperty().removeListener(onRunning);
        showing = true;
        topic.setItems(null);
        queue.setItems(null);
        messages.setItems(null);
    }

    /// Queues in words; nobody types them.
    private final class QueueWords extends StringConverter<OptionalInt> {
        @Override
        public String toString(OptionalInt queueId) {
            return queueId == null ? "" : model.queueWords(queueId);
        }

        @Override
        public OptionalInt fromString(String words) {
            return OptionalInt.empty();
        }
    }
}
