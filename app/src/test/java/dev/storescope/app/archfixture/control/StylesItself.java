package dev.storescope.app.archfixture.control;

import javafx.scene.control.Label;

/// Has its looks in code.
public final class StylesItself extends Label {

    void alarm() {
        setStyle("-fx-text-fill: red");
    }
}
