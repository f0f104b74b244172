package dev.storescope.app.panel.durability;

import dev.storescope.app.control.LiveText;
import dev.storescope.app.control.StackedBar;
import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.panel.durability.DurabilityViewModel.Shown;
import dev.storescope.app.panel.durability.DurabilityViewModel.Verdict;
import dev.storescope.app.pulse.Frame;
import javafx.beans.value.ChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;

/// Ties `fxml/Durability.fxml` to [DurabilityViewModel].
public final class DurabilityController implements PanelController {
    private static final PseudoClass NOTHING = PseudoClass.getPseudoClass("nothing");
    private static final PseudoClass LOSS = PseudoClass.getPseudoClass("loss");

    private final DurabilityViewModel model;
    private final ChangeListener<Shown> show = (_, _, now) -> show(now);

    @FXML private LiveText jvmMessages;
    @FXML private LiveText jvmDetail;
    @FXML private LiveText powerMessages;
    @FXML private LiveText powerDetail;
    @FXML private StackedBar bar;
    @FXML private LiveText flushed;
    @FXML private LiveText committed;
    @FXML private LiveText wrote;
    @FXML private Label scale;
    @FXML private LiveText lost;
    @FXML private Label why;

    public DurabilityController(PanelContext context) {
        model = context.keep(DurabilityViewModel.class, () -> new DurabilityViewModel(context.texts()));
    }

    @FXML
    private void initialize() {
        model.shownProperty().addListener(show);
        show(model.shownProperty().get());
    }

    private void show(Shown now) {
        jvmMessages.setText(now.jvmDies().messages());
        mark(jvmMessages, now.jvmDies().verdict());
        jvmDetail.setText(now.jvmDies().detail());
        powerMessages.setText(now.powerFails().messages());
        mark(powerMessages, now.powerFails().verdict());
        powerDetail.setText(now.powerFails().detail());
        bar.show(now.bar(), now.barBytes());
        flushed.setText(now.flushed());
        committed.setText(now.committed());
        wrote.setText(now.wrote());
        scale.setText(now.scale());
        lost.setText(now.lost());
        mark(lost, now.lostVerdict());
        why.setText(now.why());
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
