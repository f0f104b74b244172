package dev.storescope.app.control;

import java.util.stream.Collectors;
import javafx.beans.DefaultProperty;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// One thing that can be set: its name on the left, its controls on the right; below them a slider where there is one, a
/// quiet note of what the value means, and, when an entry was refused, why.
///
/// Name and help are what a screen reader says of the controls, unless they have their own; the help is the tooltip of
/// all of it.
///
/// Style classes: `field-row`, inside `field-line`, `field-name`, `field-note`, `field-problem`.
@DefaultProperty("controls")
public final class FieldRow extends VBox {
    private final StringProperty text = new SimpleStringProperty(this, "text", "");
    private final StringProperty help = new SimpleStringProperty(this, "help", "");
    private final StringProperty note = new SimpleStringProperty(this, "note", "");
    private final Label name = new Label();
    private final HBox controls = new HBox();
    private final Label noteLabel = new Label();
    private final Label problemLabel = new Label();
    private final Tooltip tooltip = new Tooltip();
    private Node below;

    public FieldRow() {
        getStyleClass().add("field-row");
        name.getStyleClass().add("field-name");
        name.textProperty().bind(text);
        name.setTooltip(tooltip);
        name.setMinWidth(Region.USE_PREF_SIZE);
        controls.getStyleClass().add("field-controls");
        controls.getChildren().addListener((ListChangeListener<Node>) _ -> tieControls());
        HBox.setHgrow(controls, Priority.ALWAYS);
        var line = new HBox(name, controls);
        line.getStyleClass().add("field-line");
        tooltip.textProperty().bind(help);
        quiet(noteLabel, "field-note");
        noteLabel.textProperty().bind(note);
        quiet(problemLabel, "field-problem");
        getChildren().addAll(line, noteLabel, problemLabel);
    }

    private void quiet(Label label, String styleClass) {
        label.getStyleClass().add(styleClass);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.visibleProperty().bind(label.textProperty().isNotEmpty());
        label.managedProperty().bind(label.visibleProperty());
    }

    private void tieControls() {
        controls.getChildren().forEach(this::name);
        controls.getChildren().stream().findFirst().ifPresent(name::setLabelFor);
        var fields = controls.getChildren()
                .stream()
                .filter(EntryField.class::isInstance)
                .map(EntryField.class::cast)
                .toList();
        problemLabel.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> fields.stream()
                                .filter(EntryField::isRefused)
                                .map(field -> problemOf(field, fields.size()))
                                .collect(Collectors.joining("\n")),
                        fields.stream().map(EntryField::problemProperty).toArray(ReadOnlyStringProperty[]::new)));
    }

    /// Says which field is meant where there are several.
    private static String problemOf(EntryField field, int fieldsInRow) {
        String problem = field.problemProperty().get();
        return fieldsInRow > 1 ? field.getAccessibleText() + ": " + problem : problem;
    }

    private void name(Node node) {
        if (node.getAccessibleText() == null && !node.accessibleTextProperty().isBound()) {
            node.accessibleTextProperty().bind(text);
        }
        if (node.getAccessibleHelp() == null && !node.accessibleHelpProperty().isBound()) {
            node.accessibleHelpProperty().bind(help);
        }
        if (node instanceof Control control && control.getTooltip() == null) {
            control.setTooltip(tooltip);
        }
        if (node instanceof LogRangeSlider range) {
            range.slider().setTooltip(tooltip);
        }
    }

    /// What stands on the right.
    public ObservableList<Node> getControls() {
        return controls.getChildren();
    }

    public Node getBelow() {
        return below;
    }

    /// A slider, say, as wide as the row.
    public void setBelow(Node node) {
        if (below != null) {
            getChildren().remove(below);
        }
        below = node;
        getChildren().add(1, node);
        name(node);
    }

    public StringProperty textProperty() {
        return text;
    }

    public String getText() {
        return text.get();
    }

    public void setText(String value) {
        text.set(value);
    }

    public StringProperty helpProperty() {
        return help;
    }

    public String getHelp() {
        return help.get();
    }

    public void setHelp(String value) {
        help.set(value);
    }

    public StringProperty noteProperty() {
        return note;
    }

    public String getNote() {
        return note.get();
    }

    public void setNote(String value) {
        note.set(value);
    }
}
