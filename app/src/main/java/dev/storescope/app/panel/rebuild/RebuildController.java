package dev.storescope.app.panel.rebuild;

import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.panel.rebuild.RebuildViewModel.Shown;
import dev.storescope.app.pulse.Frame;
import javafx.beans.value.ChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// Ties `fxml/Rebuild.fxml` to [RebuildViewModel].
public final class RebuildController implements PanelController {
    private static final PseudoClass KEPT = PseudoClass.getPseudoClass("kept");
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

    private final PanelContext context;
    private final RebuildViewModel model;
    private final ChangeListener<Shown> onShown = (_, _, now) -> show(now);

    @FXML private Button rebuild;
    @FXML private VBox result;
    @FXML private Label entries;
    @FXML private Label index;
    @FXML private Label verdict;

    public RebuildController(PanelContext context) {
        this.context = context;
        model = context.keep(RebuildViewModel.class, () -> new RebuildViewModel(context.texts()));
    }

    @FXML
    private void initialize() {
        rebuild.disableProperty().bind(model.readyProperty().not());
        result.managedProperty().bind(result.visibleProperty());
        model.shownProperty().addListener(onShown);
        show(model.shownProperty().get());
    }

    private void show(Shown now) {
        result.setVisible(now.isDone());
        entries.setText(now.entries());
        index.setText(now.index());
        verdict.setText(now.verdict());
        verdict.pseudoClassStateChanged(KEPT, now.isNothingLost());
        verdict.pseudoClassStateChanged(BAD, now.isDone() && !now.isNothingLost());
    }

    @FXML
    private void rebuildPressed() {
        context.host()
                .confirm("confirm.rebuild", () -> context.whenDone(context.session().rebuild(), model::done),
                        model.whatGoes());
    }

    @Override
    public void onFrame(Frame frame) {
        if (frame.isTextFrame()) {
            model.update(frame);
        }
    }

    @Override
    public void dispose() {
        model.shownProperty().removeListener(onShown);
    }
}
