package dev.storescope.app.panel.durability;

import dev.storescope.app.control.LiveText;
import dev.storescope.app.control.StackedBar;
import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.panel.durability.DurabilityViewModel.Risk;
import dev.storescope.app.panel.durability.DurabilityViewModel.Shown;
import dev.storescope.app.panel.durability.DurabilityViewModel.Verdict;
import dev.storescope.app.pulse.Frame;
import javafx.beans.value.ChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;

/// Ties `fxml/Durability.fxml` to [DurabilityViewModel].
public final class DurabilityController implements PanelController {
    private static final PseudoClass NOTHING = PseudoClass.getPseudoClass("nothing");
    private static final PseudoClass LOSS = PseudoClass.getPseudoClass("loss");

    private final DurabilityViewModel model;
    private final ChangeListener<Shown> show = (_, _, now) -> show(now);

    private final Tooltip scale = new Tooltip();

    @FXML private LiveText jvmMessages;
    @FXML private LiveText jvmDetail;
    @FXML private LiveText jvmAcknowledged;
    @FXML private LiveText powerMessages;
    @FXML private LiveText powerDetail;
    @FXML private LiveText powerAcknowledged;
    @FXML private StackedBar bar;
    @FXML private LiveText flushed;
    @FXML private LiveText committed;
    @FXML private LiveText wrote;
    @FXML private Label promise;
    @FXML private Label why;

    public DurabilityController(PanelContext context) {
        model = context.keep(DurabilityViewModel.class, () -> new DurabilityViewModel(context.texts()));
    }

    @FXML
    private void initialize() {
        Tooltip.install(bar, scale);
        model.shownProperty().addListener(show);
        show(model.shownProperty().get());
    }

    private void show(Shown now) {
        show(now.jvmDies(), jvmMessages, jvmDetail, jvmAcknowledged);
        show(now.powerFails(), powerMessages, powerDetail, powerAcknowledged);
        bar.show(now.bar(), now.barBytes());
        flushed.setText(now.flushed());
        committed.setText(now.committed());
        wrote.setText(now.wrote());
        scale.setText(now.scale());
        bar.setAccessibleText(now.scale());
        promise.setText(now.promise());
        mark(promise, now.broken());
        why.setText(now.why());
    }

    private static void show(Risk risk, LiveText messages, LiveText detail, LiveText acknowledged) {
        messages.setText(risk.messages());
        mark(messages, risk.verdict());
        detail.setText(risk.detail());
        acknowledged.setText(risk.acknowledged());
        mark(acknowledged, risk.broken());
    }

    private static void mark(Node node, Verdict verdict) {
        node.pseudoClassStateChanged(NOTHING, verdict == Verdict.NOTHING);
        node.pseudoClassStateChanged(LOSS, verdict == Verdict.LOSS);
    }

    @Override
    public void onFrame(Frame frame) {
        model.update(frame);
    }

    @Override
    public void dispose() {
        model.shownProperty().removeListener(show);
    }
}
