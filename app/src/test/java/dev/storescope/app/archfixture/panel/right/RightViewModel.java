package dev.storescope.app.archfixture.panel.right;

import javafx.scene.control.Label;

/// Cannot be tested without a window.
public final class RightViewModel {

    Label label;
}
