package dev.storescope.app.control;

import atlantafx.base.controls.ToggleSwitch;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

/// A switch that is on or off.
///
/// [#onProperty()] says which; when the user presses it, [#setOnSwitch] is told what he wants, and whoever is told
/// changes the property if he agrees.
///
/// Style class: `switch-button` beside that of a toggle switch.
public final class SwitchButton extends ToggleSwitch {
    private final BooleanProperty on = new SimpleBooleanProperty(this, "on");
    private Consumer<Boolean> onSwitch = _ -> {
    };
    private boolean showing;

    public SwitchButton() {
        getStyleClass().add("switch-button");
        on.addListener((_, _, _) -> show());
        selectedProperty().addListener((_, _, selected) -> {
            if (!showing) {
                pressed(selected);
            }
        });
    }

    private void pressed(boolean wanted) {
        if (wanted != on.get()) {
            onSwitch.accept(wanted);
        }
        show();
    }

    private void show() {
        showing = true;
        setSelected(on.get());
        showing = false;
    }

    public BooleanProperty onProperty() {
        return on;
    }

    /// Is told what the user wants it to be.
    public void setOnSwitch(Consumer<Boolean> consumer) {
        onSwitch = consumer;
    }
}
