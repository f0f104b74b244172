package dev.storescope.app.panel.dispatch;

import dev.storescope.app.control.LiveText;
import dev.storescope.app.control.PanelHeader;
import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.panel.dispatch.DispatchViewModel.Line;
import dev.storescope.app.panel.dispatch.DispatchViewModel.Shown;
import dev.storescope.app.pulse.Frame;
import javafx.beans.value.ChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Label;

/// Ties `fxml/Dispatch.fxml` to [DispatchViewModel].
public final class DispatchController implements PanelController {
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");
    private static final PseudoClass BEHIND = PseudoClass.getPseudoClass("behind");

    private final DispatchViewModel model;
    private final ChangeListener<Shown> onShown = (_, _, now) -> show(now);
    private final ChangeListener<Line> onLine = (_, _, now) -> draw(now);

    @FXML private PanelHeader header;
    @FXML private DispatchLine line;
    @FXML private LiveText reput;
    @FXML private LiveText limit;
    @FXML private LiveText wrote;
    @FXML private LiveText behind;
    @FXML private LiveText perSecond;
    @FXML private LiveText records;
    @FXML private LiveText gaps;
    @FXML private Label rule;

    public DispatchController(PanelContext context) {
        model = context.keep(DispatchViewModel.class, () -> new DispatchViewModel(context.texts()));
    }

    @FXML
    private void initialize() {
        model.shownProperty().addListener(onShown);
        model.lineProperty().addListener(onLine);
        show(model.shownProperty().get());
        draw(model.lineProperty().get());
    }

    private void draw(Line now) {
        line.show(now);
    }

    private void show(Shown now) {
        header.setHint(now.scale());
        reput.setText(now.reput());
        limit.setText(now.limit());
        wrote.setText(now.wrote());
        behind.setText(now.behind());
        behind.pseudoClassStateChanged(BEHIND, now.isBehind());
        perSecond.setText(now.perSecond());
        records.setText(now.records());
        gaps.setText(now.gaps());
        gaps.pseudoClassStateChanged(BAD, now.failed());
        rule.setText(now.rule());
    }

    @Override
    public void onFrame(Frame frame) {
        model.update(frame);
    }

    @Override
    public void dispose() {
        model.shownProperty().removeListener(onShown);
        model.lineProperty().removeListener(onLine);
    }
}
