package dev.storescope.app.control;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.css.PseudoClass;
import javafx.event.EventHandler;
import javafx.scene.Scene;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;

/// A field for one value that is written as text.
///
/// It shows [#valueTextProperty()] until the user types. Enter, or leaving the field, hands the text over (leaving it by
/// mouse does when the button is released: what is said of a wrong text makes room for itself, and would push away what is
/// being clicked); when that is
/// refused, the field is marked, [#problemProperty()] says what is wrong, and the text stays for correction. Escape goes
/// back to the value. Up and Down change it by one step, where steps make sense.
///
/// Style class `entry-field`, pseudo-class `danger` while marked.
public final class EntryField extends TextField {
    private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");

    private final StringProperty valueText = new SimpleStringProperty(this, "valueText", "");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");
    private Function<String, Optional<String>> onEntry = _ -> Optional.empty();
    private Optional<IntConsumer> onStep = Optional.empty();
    private String shown = "";
    private final EventHandler<MouseEvent> onMouse = this::mouse;
    private Optional<Scene> heard = Optional.empty();
    private boolean mouseIsDown;

    public EntryField() {
        getStyleClass().add("entry-field");
        valueText.addListener((_, _, text) -> valueChanged(text));
        problem.addListener((_, _, text) -> pseudoClassStateChanged(DANGER, !text.isEmpty()));
        focusedProperty().addListener((_, _, focused) -> {
            if (focused) {
                hear();
            } else if (!mouseIsDown) {
                leave();
            }
        });
        setOnAction(_ -> {
            hand();
            selectAll();
        });
        addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
    }

    private void hear() {
        if (heard.isEmpty() && getScene() != null) {
            heard = Optional.of(getScene());
            getScene().addEventFilter(MouseEvent.MOUSE_PRESSED, onMouse);
            getScene().addEventFilter(MouseEvent.MOUSE_RELEASED, onMouse);
        }
    }

    private void mouse(MouseEvent event) {
        mouseIsDown = event.getEventType() == MouseEvent.MOUSE_PRESSED;
        if (!mouseIsDown && !isFocused()) {
            leave();
        }
    }

    private void leave() {
        heard.ifPresent(scene -> {
            scene.removeEventFilter(MouseEvent.MOUSE_PRESSED, onMouse);
            scene.removeEventFilter(MouseEvent.MOUSE_RELEASED, onMouse);
        });
        heard = Optional.empty();
        mouseIsDown = false;
        hand();
    }

    private void valueChanged(String text) {
        if (getText().equals(shown)) {
            show(text);
        }
        shown = text;
    }

    private void show(String text) {
        int caret = getCaretPosition();
        setText(text);
        positionCaret(Math.min(caret, text.length()));
    }

    private void hand() {
        if (getText().equals(shown)) {
            problem.set("");
            return;
        }
        Optional<String> refused = onEntry.apply(getText());
        problem.set(refused.orElse(""));
        if (refused.isEmpty()) {
            // What was taken is often written in another way, with units and groups of digits.
            shown = valueText.get();
            show(shown);
        }
    }

    private void onKey(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && !getText().equals(valueText.get())) {
            event.consume();
            takeBack();
        } else if (onStep.isPresent() && (event.getCode() == KeyCode.UP || event.getCode() == KeyCode.DOWN)) {
            event.consume();
            takeBack();
            onStep.get().accept(event.getCode() == KeyCode.UP ? 1 : -1);
        }
    }

    /// Drops what was typed and shows the value in force, as when that is changed by other means.
    public void takeBack() {
        problem.set("");
        shown = valueText.get();
        show(shown);
    }

    /// @param entry takes the text, and brings the value text up to date before it returns; returns what is wrong, or
    ///     nothing
    public void setOnEntry(Function<String, Optional<String>> entry) {
        onEntry = entry;
    }

    /// @param step is told 1 for up, -1 for down
    public void setOnStep(IntConsumer step) {
        onStep = Optional.of(step);
    }

    /// The value in force, as it is written.
    public StringProperty valueTextProperty() {
        return valueText;
    }

    /// Whether the text was refused, so that what is seen is not what is in force.
    public boolean isRefused() {
        return !problem.get().isEmpty();
    }

    /// What is wrong with the text; "" while nothing is.
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
