package dev.storescope.app.control;

import java.util.function.Consumer;
import javafx.beans.DefaultProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.event.ActionEvent;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.StackPane;
import org.controlsfx.control.SegmentedButton;

/// Buttons in a row of which always one is chosen. Each is a toggle button with its own value as `userData`.
///
/// [#chosenProperty()] says which one; when the user presses another, [#setOnChoose] is told, and whoever is told
/// changes the property if he agrees.
///
/// Style class: `choice-buttons`.
@DefaultProperty("buttons")
public final class ChoiceButtons extends StackPane {
    private final StringProperty chosen = new SimpleStringProperty(this, "chosen", "");
    private final SegmentedButton segments = new SegmentedButton();
    private Consumer<String> onChoose = _ -> {
    };

    public ChoiceButtons() {
        getStyleClass().add("choice-buttons");
        getChildren().add(segments);
        chosen.addListener((_, _, _) -> show());
        getButtons().addListener((ListChangeListener<ToggleButton>) change -> {
            while (change.next()) {
                change.getAddedSubList().forEach(this::tie);
            }
            show();
        });
    }

    private void tie(ToggleButton button) {
        button.setMnemonicParsing(false);
        button.setMinWidth(USE_PREF_SIZE);
        if (button.getTooltip() != null) {
            button.setAccessibleHelp(button.getTooltip().getText());
        }
        button.addEventHandler(ActionEvent.ACTION, _ -> pressed(button));
    }

    private void pressed(ToggleButton button) {
        String value = valueOf(button);
        show();
        if (!value.equals(chosen.get())) {
            onChoose.accept(value);
        }
    }

    private void show() {
        getButtons().forEach(button -> button.setSelected(valueOf(button).equals(chosen.get())));
    }

    private static String valueOf(ToggleButton button) {
        return String.valueOf(button.getUserData());
    }

    public ObservableList<ToggleButton> getButtons() {
        return segments.getButtons();
    }

    /// The value of the button that is chosen; "" for none.
    public StringProperty chosenProperty() {
        return chosen;
    }

    public String getChosen() {
        return chosen.get();
    }

    public void setChosen(String value) {
        chosen.set(value);
    }

    /// Is told the value of the button that the user pressed.
    public void setOnChoose(Consumer<String> consumer) {
        onChoose = consumer;
    }
}
