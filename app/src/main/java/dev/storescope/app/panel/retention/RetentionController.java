package dev.storescope.app.panel.retention;

import dev.storescope.app.panel.PanelContext;
import dev.storescope.app.panel.PanelController;
import dev.storescope.app.panel.retention.RetentionViewModel.Line;
import dev.storescope.app.panel.retention.RetentionViewModel.Shown;
import dev.storescope.app.panel.retention.RetentionViewModel.State;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.text.Texts;
import javafx.beans.value.ChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// Ties `fxml/Retention.fxml` to [RetentionViewModel].
public final class RetentionController implements PanelController {
    private static final PseudoClass REACHED = PseudoClass.getPseudoClass("reached");

    private final Texts texts;
    private final RetentionViewModel model;
    private final ChangeListener<Shown> onShown = (_, before, now) -> show(before, now);

    @FXML private Label disk;
    @FXML private DiskBar bar;
    @FXML private GridPane table;
    @FXML private Label next;
    @FXML private Label deleted;
    @FXML private Label problem;

    public RetentionController(PanelContext context) {
        texts = context.texts();
        model = context.keep(RetentionViewModel.class, () -> new RetentionViewModel(context.texts()));
    }

    @FXML
    private void initialize() {
        for (int column = 0; column < 3; column++) {
            var constraints = new ColumnConstraints();
            constraints.setMinWidth(column < 2 ? Region.USE_PREF_SIZE : 0);
            constraints.setHgrow(column < 2 ? Priority.NEVER : Priority.ALWAYS);
            table.getColumnConstraints().add(constraints);
        }
        problem.managedProperty().bind(problem.visibleProperty());
        problem.visibleProperty().bind(problem.textProperty().isNotEmpty());
        model.shownProperty().addListener(onShown);
        show(Shown.NOTHING, model.shownProperty().get());
    }

    private void show(Shown before, Shown now) {
        disk.setText(now.disk());
        bar.show(now);
        if (!now.lines().equals(before.lines()) || table.getChildren().isEmpty()) {
            table.getChildren().clear();
            for (int row = 0; row < now.lines().size(); row++) {
                addLine(row, now.lines().get(row));
            }
        }
        next.setText(now.next());
        deleted.setText(now.deleted());
        problem.setText(now.problem());
    }

    private void addLine(int row, Line line) {
        boolean reached = line.state() == State.REACHED;
        var from = label((reached ? "● " : "○ ") + line.from(), "from");
        var name = label(line.name(), "name");
        var what = label(line.what(), "what");
        what.setTooltip(new Tooltip(line.what()));
        from.setAccessibleText("%s, %s".formatted(line.from(), texts.get("retention.state." + line.state())));
        from.setTooltip(new Tooltip(texts.get("retention.state." + line.state())));
        for (Node each : new Node[] {from, name, what}) {
            each.pseudoClassStateChanged(REACHED, reached);
        }
        table.addRow(row, from, name, what);
    }

    private static Label label(String text, String styleClass) {
        var label = new Label(text);
        label.getStyleClass().add(styleClass);
        return label;
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
