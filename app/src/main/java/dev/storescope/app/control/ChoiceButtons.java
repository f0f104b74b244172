package dev.storescope.app.control;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.DefaultProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.event.ActionEvent;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.StackPane;
import org.controlsfx.control.SegmentedButton;

/// Buttons in a row of which always one is chosen. Each is a toggle button with its own value as `userData`.
///
/// [#chosenProperty()] says which one; when the user presses another, or goes to it by arrow keys, Home or End,
/// [#setOnChoose] is told, and whoever is told changes the property if he agrees. What is drawn as chosen is the property
/// and nothing else.
///
/// All of them are one stop of the Tab key, as with radio buttons: the one that is chosen. Each says to a screen reader
/// what it is a choice of, when the whole has an accessible text.
///
/// Style class: `choice-buttons`; a button to which arrow keys went has the pseudo-class `key-focused`, since focus that
/// is asked for is not `focus-visible`.
@DefaultProperty("buttons")
public final class ChoiceButtons extends StackPane {
    private static final PseudoClass KEY_FOCUSED = PseudoClass.getPseudoClass("key-focused");

    private final StringProperty chosen = new SimpleStringProperty(this, "chosen", "");
    private final SegmentedButton segments = new SegmentedButton();
    private Consumer<String> onChoose = _ -> {
    };

    public ChoiceButtons() {
        getStyleClass().add("choice-buttons");
        getChildren().add(segments);
        chosen.addListener((_, _, _) -> show());
        accessibleTextProperty().addListener((_, _, _) -> getButtons().forEach(this::sayWhatItIs));
        getButtons().addListener((ListChangeListener<ToggleButton>) change -> {
            while (change.next()) {
                change.getAddedSubList().forEach(this::tie);
            }
            show();
        });
    }

    private void tie(ToggleButton button) {
        button.setMnemonicParsing(false);
        button.setAccessibleRole(AccessibleRole.RADIO_BUTTON);
        sayWhatItIs(button);
        button.setMinWidth(USE_PREF_SIZE);
        if (button.getTooltip() != null) {
            button.setAccessibleHelp(button.getTooltip().getText());
        }
        button.addEventHandler(ActionEvent.ACTION, _ -> pressed(button));
        // A button that is no stop of the Tab key does not take the focus by itself.
        button.addEventHandler(MouseEvent.MOUSE_PRESSED, _ -> button.requestFocus());
        button.focusedProperty().addListener((_, _, _) -> {
            // One that is disabled for a moment gets the keyboard back.
            if (!button.isDisabled()) {
                button.pseudoClassStateChanged(KEY_FOCUSED, false);
            }
        });
        button.addEventFilter(KeyEvent.KEY_PRESSED, event -> onKey(button, event));
    }

    /// In place of the toggle button's own arrow keys, which select the next one and tell nobody.
    private void onKey(ToggleButton button, KeyEvent event) {
        List<ToggleButton> usable = getButtons().stream().filter(each -> !each.isDisabled()).toList();
        int here = usable.indexOf(button);
        int last = usable.size() - 1;
        int there = switch (event.getCode()) {
            case LEFT, UP, KP_LEFT, KP_UP -> Math.max(here - 1, 0);
            case RIGHT, DOWN, KP_RIGHT, KP_DOWN -> Math.min(here + 1, last);
            case HOME -> 0;
            case END -> last;
            default -> -1;
        };
        if (there >= 0) {
            event.consume();
            ToggleButton next = usable.get(there);
            next.requestFocus();
            next.pseudoClassStateChanged(KEY_FOCUSED, true);
            pressed(next);
        }
    }

    private void pressed(ToggleButton button) {
        String value = valueOf(button);
        show();
        if (!value.equals(chosen.get())) {
            onChoose.accept(value);
        }
    }

    private void show() {
        getButtons().forEach(button -> button.setSelected(isChosen(button)));
        showTabStop();
    }

    /// The chosen one, or the first while none is.
    private void showTabStop() {
        Optional<ToggleButton> stop = getButtons().stream().min(Comparator.comparing(button -> !isChosen(button)));
        getButtons().forEach(button -> button.setFocusTraversable(stop.filter(button::equals).isPresent()));
    }

    private void sayWhatItIs(ToggleButton button) {
        button.setAccessibleText(getAccessibleText() == null || getAccessibleText().isEmpty()
                ? button.getText()
                : getAccessibleText() + ": " + button.getText());
    }

    private boolean isChosen(ToggleButton button) {
        return valueOf(button).equals(chosen.get());
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
