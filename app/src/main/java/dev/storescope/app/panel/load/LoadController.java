package dev.storescope.app.panel.load;

import dev.storescope.app.control.ChoiceButtons;
import dev.storescope.app.control.EntryField;
import dev.storescope.app.control.FieldRow;
import dev.storescope.app.control.LiveText;
import dev.storescope.app.control.LogRangeSlider;
import dev.storescope.app.control.LogSlider;
import dev.storescope.app.control.PanelHeader;
import dev.storescope.app.control.SwitchButton;
import dev.storescope.app.panel.LoadControls;
import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.panel.load.BodyRange.Spread;
import dev.storescope.app.panel.load.LoadViewModel.Loop;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.session.StoreSession;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.LoadSpec;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.value.ChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;

/// Ties `fxml/Load.fxml` to [LoadViewModel].
public final class LoadController implements PanelController, LoadControls {
    private static final PseudoClass ANY = PseudoClass.getPseudoClass("any");
    private static final PseudoClass RUNNING = PseudoClass.getPseudoClass("running");

    private final PanelContext context;
    private final LoadViewModel model;
    private final Map<LoadField, EntryField> entries = new EnumMap<>(LoadField.class);
    private final ChangeListener<LoadSpec> onSpec = (_, _, spec) -> show(spec);
    private final ChangeListener<LoadStatus.Shown> onStatus = (_, _, status) -> show(status);
    private final ChangeListener<Boolean> onRunning = (_, _, running) -> showRunning(running);

    @FXML private PanelHeader header;
    @FXML private ChoiceButtons loop;
    @FXML private ChoiceButtons shape;
    @FXML private Node constant;
    @FXML private Node ramp;
    @FXML private Node steps;
    @FXML private Node bursts;
    @FXML private FieldRow producersRow;
    @FXML private EntryField producers;
    @FXML private LogSlider producersSlider;
    @FXML private EntryField rate;
    @FXML private LogSlider rateSlider;
    @FXML private EntryField rampFrom;
    @FXML private EntryField rampTo;
    @FXML private EntryField rampSeconds;
    @FXML private EntryField stepsFrom;
    @FXML private EntryField stepsAdd;
    @FXML private EntryField stepsSeconds;
    @FXML private EntryField stepsCount;
    @FXML private EntryField burstMessages;
    @FXML private EntryField burstSeconds;
    @FXML private FieldRow bodyRow;
    @FXML private EntryField body;
    @FXML private LogRangeSlider bodySlider;
    @FXML private FieldRow spreadRow;
    @FXML private ChoiceButtons spread;
    @FXML private EntryField topics;
    @FXML private EntryField queues;
    @FXML private SwitchButton keys;
    @FXML private EntryField tags;
    @FXML private EntryField batch;
    @FXML private EntryField property;
    @FXML private SwitchButton waitStoreMsgOk;
    @FXML private Button startStop;
    @FXML private Button burst;
    @FXML private LiveText accepted;
    @FXML private Label acceptedName;
    @FXML private LiveText refused;
    @FXML private Node missedCount;
    @FXML private LiveText missed;
    @FXML private Label state;

    public LoadController(PanelContext context) {
        this.context = context;
        model = context.keep(LoadViewModel.class, () -> new LoadViewModel(context.texts()));
    }

    @FXML
    private void initialize() {
        tieEntries();
        producersSlider.setOnSlide(value -> slide(LoadField.PRODUCERS, value));
        rateSlider.setOnSlide(value -> slide(LoadField.RATE, value));
        body.setOnEntry(model::enterBody);
        bodySlider.setOnSlide((least, greatest) -> {
            body.takeBack();
            model.slideBody(least, greatest);
        });
        loop.setOnChoose(chosen -> model.choose(Loop.valueOf(chosen)));
        shape.setOnChoose(chosen -> model.choose(LoadShape.valueOf(chosen)));
        spread.setOnChoose(chosen -> model.choose(Spread.valueOf(chosen)));
        keys.setOnSwitch(model::wantKeys);
        waitStoreMsgOk.setOnSwitch(model::wantWaitStoreMsgOk);
        for (Node each : new Node[] {shape, constant, ramp, steps, bursts, spreadRow}) {
            each.managedProperty().bind(each.visibleProperty());
        }
        startStop.disableProperty().bind(model.storeOpenProperty().not());
        burst.disableProperty().bind(model.storeOpenProperty().not());
        bodyRow.noteProperty().bind(model.bodyNoteProperty());
        producersRow.noteProperty().bind(model.producersNoteProperty());
        model.specProperty().addListener(onSpec);
        model.statusProperty().addListener(onStatus);
        model.runningProperty().addListener(onRunning);
        show(model.specProperty().get());
        show(model.statusProperty().get());
        showRunning(model.runningProperty().get());
    }

    /// What was typed and refused makes room for what is slid to.
    private void slide(LoadField field, double value) {
        entries.get(field).takeBack();
        model.slide(field, value);
    }

    private void tieEntries() {
        entries.put(LoadField.PRODUCERS, producers);
        entries.put(LoadField.RATE, rate);
        entries.put(LoadField.RAMP_FROM, rampFrom);
        entries.put(LoadField.RAMP_TO, rampTo);
        entries.put(LoadField.RAMP_SECONDS, rampSeconds);
        entries.put(LoadField.STEPS_FROM, stepsFrom);
        entries.put(LoadField.STEPS_ADD, stepsAdd);
        entries.put(LoadField.STEPS_SECONDS, stepsSeconds);
        entries.put(LoadField.STEPS_COUNT, stepsCount);
        entries.put(LoadField.BURST_MESSAGES, burstMessages);
        entries.put(LoadField.BURST_SECONDS, burstSeconds);
        entries.put(LoadField.TOPICS, topics);
        entries.put(LoadField.QUEUES, queues);
        entries.put(LoadField.TAGS, tags);
        entries.put(LoadField.BATCH, batch);
        entries.put(LoadField.PROPERTY, property);
        entries.forEach((field, entry) -> {
            entry.setOnEntry(text -> model.enter(field, text));
            entry.setOnStep(direction -> model.step(field, direction));
        });
    }

    private void show(LoadSpec spec) {
        entries.forEach((field, entry) -> text(field, spec).ifPresent(entry.valueTextProperty()::set));
        producersSlider.amountProperty().set(spec.producers());
        text(LoadField.RATE, spec)
                .ifPresent(_ -> rateSlider.amountProperty().set(LoadField.RATE.valueIn(spec)));
        showBody(spec.body());
        spreadRow.setVisible(model.isRange());
        spread.setChosen(BodyRange.spreadOf(spec.body()).name());
        keys.onProperty().set(spec.keys());
        waitStoreMsgOk.onProperty().set(spec.waitStoreMsgOk());
        showPacing(model.loop(), LoadShape.of(spec.pacing()));
    }

    private void showBody(BodySize size) {
        body.valueTextProperty().set(BodyRange.write(size));
        bodySlider.lowProperty().set(size.minBytes());
        bodySlider.highProperty().set(size.maxBytes());
        bodySlider.lowTextProperty()
                .set(context.texts().get("load.bodyLeast", LoadNumber.BYTES.write(size.minBytes())));
        bodySlider.highTextProperty()
                .set(context.texts().get("load.bodyGreatest", LoadNumber.BYTES.write(size.maxBytes())));
    }

    private static Optional<String> text(LoadField field, LoadSpec spec) {
        return field.isPartOf(spec) ? Optional.of(field.write(field.valueIn(spec))) : Optional.empty();
    }

    private void showPacing(Loop now, LoadShape shaped) {
        boolean open = now == Loop.OPEN;
        header.setHint(context.texts().get(open ? "load.hint.open" : "load.hint.closed"));
        loop.setChosen(now.name());
        shape.setVisible(open);
        shape.setChosen(shaped.name());
        constant.setVisible(open && shaped == LoadShape.CONSTANT);
        ramp.setVisible(open && shaped == LoadShape.RAMP);
        steps.setVisible(open && shaped == LoadShape.STEPS);
        bursts.setVisible(open && shaped == LoadShape.BURSTS);
    }

    private void show(LoadStatus.Shown status) {
        accepted.setText(status.accepted());
        acceptedName.setText(status.acceptedName());
        refused.setText(status.refused().text());
        refused.pseudoClassStateChanged(ANY, status.refused().isAny());
        missedCount.setVisible(status.missed().isPresent());
        status.missed().ifPresent(count -> {
            missed.setText(count.text());
            missed.pseudoClassStateChanged(ANY, count.isAny());
        });
        state.setText(status.line());
    }

    private void showRunning(boolean running) {
        startStop.setText(context.texts().get(running ? "load.stop" : "load.start"));
        startStop.pseudoClassStateChanged(RUNNING, running);
    }

    @Override
    public void startOrStopLoad() {
        if (model.runningProperty().get()) {
            context.session().stopLoad();
        } else {
            whenAllIsRight(context.session()::startLoad);
        }
    }

    @FXML
    private void startPressed() {
        startOrStopLoad();
        goToWhatIsWrong();
    }

    @FXML
    private void burstPressed() {
        sendBurst();
        goToWhatIsWrong();
    }

    @Override
    public void sendBurst() {
        whenAllIsRight(() -> context.session().burst(StoreSession.BURST_MESSAGES));
    }

    /// A load that goes with other values than one sees would be a riddle.
    private void whenAllIsRight(Runnable command) {
        Optional<EntryField> wrong = firstWrong();
        model.keepFromStarting(wrong.map(Node::getAccessibleText));
        if (wrong.isEmpty()) {
            sendChange(model.takeChangeNow());
            command.run();
        }
    }

    /// Not after a key: the letter that follows would be typed into the field.
    private void goToWhatIsWrong() {
        if (!model.runningProperty().get()) {
            firstWrong().ifPresent(Node::requestFocus);
        }
    }

    private Optional<EntryField> firstWrong() {
        return Stream.concat(entries.values().stream(), Stream.of(body))
                .filter(EntryField::isRefused)
                .filter(LoadController::isSeen)
                .findFirst();
    }

    private static boolean isSeen(Node node) {
        return Stream.<Node>iterate(node, Objects::nonNull, Node::getParent).allMatch(Node::isVisible);
    }

    @FXML
    private void showLimits() {
        context.host().showLoadLimits();
    }

    private void sendChange(Optional<LoadSpec> changed) {
        changed.ifPresent(spec -> context.session().changeLoad(_ -> spec));
    }

    @Override
    public void onFrame(Frame frame) {
        if (firstWrong().isEmpty()) {
            model.keepFromStarting(Optional.empty());
        }
        model.update(frame);
        sendChange(model.takeChange());
    }

    @Override
    public void dispose() {
        model.specProperty().removeListener(onSpec);
        model.statusProperty().removeListener(onStatus);
        model.runningProperty().removeListener(onRunning);
    }
}
