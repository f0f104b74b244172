package dev.storescope.app.panel.inspect;

import dev.storescope.app.panel.inspect.InspectViewModel.Work;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// Something that goes on behind the list, or how it ended: how far it is, in a bar and in words, and how to end it.
///
/// Style class `work-line`; what FXML puts into it stands behind all that.
public final class WorkLine extends HBox {
    private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");

    private final ProgressBar bar = new ProgressBar();
    private final Label text = new Label();
    private final Button cancel = new Button();
    private String name = "";

    public WorkLine() {
        getStyleClass().add("work-line");
        text.getStyleClass().add("work-text");
        text.setMinWidth(0);
        cancel.getStyleClass().add("small-button");
        cancel.setMinWidth(Region.USE_PREF_SIZE);
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        getChildren().addAll(bar, text, gap, cancel);
    }

    /// Of the work: its words have the id `inspect-<name>-text`, its button `inspect-cancel-<name>`.
    public String getName() {
        return name;
    }

    public void setName(String newName) {
        name = newName;
        text.setId("inspect-" + name + "-text");
        cancel.setId("inspect-cancel-" + name);
    }

    /// Of the bar, for those who do not see it.
    public String getBarName() {
        return bar.getAccessibleText();
    }

    public void setBarName(String words) {
        bar.setAccessibleText(words);
    }

    public String getCancelText() {
        return cancel.getText();
    }

    public void setCancelText(String words) {
        cancel.setText(words);
    }

    public String getCancelHelp() {
        return cancel.getTooltip() == null ? "" : cancel.getTooltip().getText();
    }

    public void setCancelHelp(String words) {
        cancel.setTooltip(new Tooltip(words));
    }

    void setOnCancel(Runnable action) {
        cancel.setOnAction(_ -> action.run());
    }

    void show(Work work) {
        boolean running = work.stage() == Work.Stage.RUNNING;
        setShown(this, work.stage() != Work.Stage.NONE);
        setShown(bar, running);
        setShown(cancel, running);
        bar.setProgress(running ? work.ratio() : 0);
        text.setText(work.text());
        text.setTooltip(work.text().isEmpty() ? null : new Tooltip(work.text()));
        text.pseudoClassStateChanged(FAILED, work.stage() == Work.Stage.FAILED);
    }

    private static void setShown(Region node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
