package dev.storescope.app.panel.faults;

import dev.storescope.app.control.ChoiceButtons;
import dev.storescope.app.control.PanelHeader;
import dev.storescope.app.panel.FaultControls;
import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.panel.faults.FaultsViewModel.Room;
import dev.storescope.app.panel.faults.FaultsViewModel.Shown;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.session.FaultSwitch;
import dev.storescope.engine.sim.disk.Fault;
import java.util.List;
import java.util.stream.Collectors;
import javafx.beans.value.ChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Ties `fxml/Faults.fxml` to [FaultsViewModel].
public final class FaultsController implements PanelController, FaultControls {
    private final PanelContext context;
    private final FaultsViewModel model;
    private final ChangeListener<Shown> onShown = (_, _, now) -> show(now);

    @FXML private PanelHeader header;
    @FXML private ToggleButton fold;
    @FXML private VBox body;
    @FXML private ChoiceButtons slow;
    @FXML private ChoiceButtons room;
    @FXML private Button failNext;
    @FXML private FlowPane services;
    @FXML private Button allOff;
    @FXML private Label note;
    @FXML private Label absent;
    @FXML private VBox another;
    @FXML private VBox active;
    private final FaultWords words;
    private final FaultForm form;
    private List<Fault> listed = List.of();

    public FaultsController(PanelContext context) {
        this.context = context;
        model = context.keep(FaultsViewModel.class, () -> new FaultsViewModel(context.texts()));
        words = new FaultWords(context.texts());
        form = new FaultForm(context.texts(), fault -> faults().canDo(fault),
                files -> model.capacity(files, faults().usedBytes()), this::turnOn);
    }

    @FXML
    private void initialize() {
        slow.setOnChoose(value -> slowBy(Long.parseLong(value)));
        room.setOnChoose(value -> leaveRoom(Room.valueOf(value)));
        for (Node node : services.getChildren()) {
            if (node instanceof ToggleButton button) {
                button.setOnAction(_ -> hold(String.valueOf(button.getUserData())));
            }
        }
        another.getChildren().add(form);
        for (Label line : List.of(note, absent)) {
            line.managedProperty().bind(line.visibleProperty());
        }
        model.shownProperty().addListener(onShown);
        show(model.shownProperty().get());
        foldPressed();
    }

    @Override
    public void dispose() {
        model.shownProperty().removeListener(onShown);
    }

    @Override
    public void onFrame(Frame frame) {
        if (frame.isTextFrame()) {
            FaultSwitch faults = faults();
            model.update(frame, faults.all(), faults::usedBytes);
        }
    }

    private FaultSwitch faults() {
        return context.session().faults();
    }

    private void show(Shown now) {
        header.setHint(now.hint());
        slow.setChosen(Long.toString(now.slowNs()));
        room.setChosen(now.room().name());
        failNext.setDisable(now.isFailing() || now.services().isEmpty());
        for (Node node : services.getChildren()) {
            if (node instanceof ToggleButton button) {
                String service = String.valueOf(button.getUserData());
                button.setSelected(now.held().contains(service));
                button.setDisable(!now.services().contains(service));
            }
        }
        absent.setText(absent(now));
        absent.setVisible(!absent.getText().isEmpty());
        slow.setDisable(now.services().isEmpty());
        room.setDisable(now.services().isEmpty());
        allOff.setDisable(model.on().isEmpty());
        form.update(now.services());
        list(model.on());
        note.setText(now.note());
        note.setVisible(!now.note().isEmpty());
    }

    /// Why some cannot be held: a disabled button has no tooltip.
    private String absent(Shown now) {
        if (now.services().isEmpty()) {
            return context.texts().get("faults.hold.noStore");
        }
        String names = services.getChildren()
                .stream()
                .filter(Node::isDisable)
                .map(node -> ((ToggleButton) node).getText())
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : context.texts().get("faults.hold.absent", names);
    }

    /// A line for each fault that is on, to turn it off.
    private void list(List<Fault> on) {
        active.setVisible(!on.isEmpty());
        active.setManaged(!on.isEmpty());
        if (on.equals(listed)) {
            return;
        }
        listed = on;
        active.getChildren().clear();
        for (Fault fault : on) {
            var text = new Label(words.of(fault));
            text.setWrapText(true);
            text.setMinHeight(Region.USE_PREF_SIZE);
            text.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(text, Priority.ALWAYS);
            var off = new Button(context.texts().get("faults.turnOff"));
            off.setMinWidth(Region.USE_PREF_SIZE);
            off.setAccessibleText(context.texts().get("faults.turnOff.name", words.of(fault)));
            off.setTooltip(new Tooltip(off.getAccessibleText()));
            off.setOnAction(_ -> faults().turnOff(fault));
            var line = new HBox(text, off);
            line.getStyleClass().add("active-fault");
            active.getChildren().add(line);
        }
    }

    // --- what the user does ---

    @Override
    public void showFaults() {
        fold.setSelected(false);
        foldPressed();
        context.host().reveal(header);
        fold.requestFocus();
    }

    @Override
    public void turnAllOff() {
        allOffPressed();
    }

    /// In Live a store whose force fails is gone for puts until it is opened again.
    private void turnOn(Fault fault) {
        if (FaultKind.of(fault).endsPuts() && context.session().simulated().isEmpty()) {
            context.host().confirm("confirm.failForce", () -> faults().turnOn(fault));
        } else {
            faults().turnOn(fault);
        }
    }

    @FXML
    private void foldPressed() {
        body.setVisible(!fold.isSelected());
        body.setManaged(!fold.isSelected());
    }

    private void slowBy(long extraNs) {
        FaultSwitch faults = faults();
        model.on(Fault.SlowForce.class).forEach(faults::turnOff);
        if (extraNs > 0) {
            faults.turnOn(new Fault.SlowForce(extraNs));
        }
    }

    private void leaveRoom(Room wanted) {
        FaultSwitch faults = faults();
        model.on(Fault.DiskFull.class).forEach(faults::turnOff);
        if (wanted != Room.ANY) {
            faults.turnOn(model.limit(wanted, faults.usedBytes()));
        }
    }

    private void hold(String service) {
        var fault = new Fault.HeldService(service);
        FaultSwitch faults = faults();
        if (faults.all().contains(fault)) {
            faults.turnOff(fault);
        } else {
            faults.turnOn(fault);
        }
    }

    @FXML
    private void failNextPressed() {
        context.host().confirm("confirm.failForce", () -> faults().turnOn(FaultsViewModel.NEXT_FORCE_FAILS));
    }

    @FXML
    private void allOffPressed() {
        FaultSwitch faults = faults();
        faults.all().forEach(faults::turnOff);
    }
}
