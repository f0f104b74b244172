package dev.storescope.app.shell;

import dev.storescope.app.control.SwitchButton;
import dev.storescope.engine.api.SettingKind;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A setting as a line of the sheet: its name, what it is edited with, its unit, and how it stands to its default; below,
/// when what was entered is not taken, why.
///
/// Style class `setting-row`; pseudo-classes `changed`, `wrong`, `read-only`, and `other` for what is not the default.
final class SettingRow extends VBox {
    private static final PseudoClass CHANGED = PseudoClass.getPseudoClass("changed");
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
    private static final PseudoClass READ_ONLY = PseudoClass.getPseudoClass("read-only");
    private static final PseudoClass OTHER = PseudoClass.getPseudoClass("other");
    private static final double TOOLTIP_WIDTH = 420;

    private final SettingItem item;
    private final Control editor;
    private final Label unit = new Label();
    private final Label note = new Label();
    private final Label problem = new Label();

    /// @param chosen is told when the keyboard comes to it
    SettingRow(SettingItem item, Consumer<SettingItem> chosen) {
        this.item = item;
        getStyleClass().add("setting-row");
        editor = makeEditor();
        editor.setId("setting-" + item.name());
        editor.setAccessibleText(item.name());
        editor.setTooltip(tooltip());
        editor.focusedProperty().addListener((_, _, focused) -> {
            if (focused) {
                chosen.accept(item);
            }
        });
        var name = new Label(item.name());
        name.getStyleClass().add("setting-name");
        name.setLabelFor(editor);
        name.setTooltip(tooltip());
        var editing = new HBox(editor);
        editing.getStyleClass().add("setting-editor");
        editing.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(editor, Priority.ALWAYS);
        HBox.setHgrow(editing, Priority.ALWAYS);
        unit.getStyleClass().add("setting-unit");
        note.getStyleClass().add("setting-note");
        var line = new HBox(name, editing, unit, note);
        line.getStyleClass().add("setting-line");
        line.setAlignment(Pos.CENTER_LEFT);
        problem.getStyleClass().add("setting-problem");
        problem.setWrapText(true);
        problem.setMinHeight(Region.USE_PREF_SIZE);
        problem.visibleProperty().bind(problem.textProperty().isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        getChildren().addAll(line, problem);
        managedProperty().bind(visibleProperty());
        pseudoClassStateChanged(READ_ONLY, !item.canChange());
        refresh();
    }

    private Tooltip tooltip() {
        var tooltip = new Tooltip(item.description());
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(TOOLTIP_WIDTH);
        return tooltip;
    }

    private Control makeEditor() {
        ObjectProperty<Object> value = item.valueProperty();
        return switch (item.setting().kind()) {
            case SettingKind.Flag _ -> {
                var button = new SwitchButton();
                button.onProperty().set((Boolean) value.get());
                button.setOnSwitch(value::set);
                value.addListener((_, _, now) -> button.onProperty().set((Boolean) now));
                button.setDisable(!item.canChange());
                yield button;
            }
            case SettingKind.Choice choice -> {
                var box = new ComboBox<Object>();
                box.getItems().setAll(List.copyOf(choice.options()));
                box.valueProperty().bindBidirectional(value);
                box.setDisable(!item.canChange());
                yield box;
            }
            case SettingKind.Whole _,SettingKind.Text _ -> {
                var field = new TextField(value.get().toString());
                field.textProperty().addListener((_, _, text) -> value.set(text));
                value.addListener((_, _, now) -> field.setText(now.toString()));
                field.setEditable(item.canChange());
                yield field;
            }
        };
    }

    /// What was entered has changed.
    void refresh() {
        unit.setText(item.unit());
        note.setText(item.note());
        problem.setText(item.problem());
        editor.setAccessibleHelp(item.problem().isEmpty() ? item.note() + "\n" + item.description() : item.problem());
        pseudoClassStateChanged(CHANGED, item.isChanged());
        pseudoClassStateChanged(WRONG, !item.isValid());
        pseudoClassStateChanged(OTHER, !item.isDefault());
    }

    SettingItem item() {
        return item;
    }

    Control editor() {
        return editor;
    }
}
