package dev.storescope.app.panel.durability;

import dev.storescope.app.panel.durability.CrashViewModel.Line;
import dev.storescope.app.panel.durability.CrashViewModel.Shown;
import dev.storescope.app.panel.durability.CrashViewModel.Stage;
import dev.storescope.app.panel.durability.CrashViewModel.Verdict;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/// What is said of the last crash. Style class `crash-part`; `lost` and `kept` as it came out.
public final class CrashPart extends VBox {
    private static final PseudoClass LOST = PseudoClass.getPseudoClass("lost");
    private static final PseudoClass KEPT = PseudoClass.getPseudoClass("kept");

    private final Label headline = wrapped("crash-headline");
    private final Label detail = wrapped("crash-detail");
    private final ProgressBar progress = new ProgressBar(0);
    private final GridPane steps = new GridPane();
    private List<Line> lines = List.of();

    public CrashPart() {
        getStyleClass().add("crash-part");
        headline.setId("crash-headline");
        detail.setId("crash-detail");
        steps.setId("crash-steps");
        steps.getStyleClass().add("crash-steps");
        progress.setMaxWidth(Double.MAX_VALUE);
        progress.accessibleTextProperty().bind(headline.textProperty());
        getChildren().addAll(headline, progress, steps, detail);
    }

    private static Label wrapped(String styleClass) {
        var label = new Label();
        label.getStyleClass().add(styleClass);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }

    void show(Shown now) {
        setVisible(now.stage() != Stage.NONE);
        setManaged(isVisible());
        headline.setText(now.headline());
        detail.setText(now.detail());
        pseudoClassStateChanged(LOST, now.verdict() == Verdict.LOSS);
        pseudoClassStateChanged(KEPT, now.verdict() == Verdict.NOTHING_LOST);
        boolean recovers = now.stage() == Stage.RECOVERING;
        progress.setVisible(recovers);
        progress.setManaged(recovers);
        progress.setProgress(now.ratio());
        steps.setVisible(recovers);
        steps.setManaged(recovers);
        if (!lines.equals(now.lines())) {
            lines = now.lines();
            steps.getChildren().clear();
            for (Line line : lines) {
                var name = new Label(line.name());
                name.getStyleClass().add("muted");
                name.setMinWidth(USE_PREF_SIZE);
                var value = new Label(line.value());
                value.setWrapText(true);
                steps.addRow(steps.getRowCount(), name, value);
            }
        }
    }
}
