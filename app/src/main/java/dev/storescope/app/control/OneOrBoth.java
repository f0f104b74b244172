package dev.storescope.app.control;

import java.util.List;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Pane;

/// Two views of one thing: one below the other when there is room for both, else the chosen one. It asks for the room
/// of the larger one only; with both shown the first gets what is left over.
///
/// Style class: `one-or-both`.
public final class OneOrBoth extends Pane {
    private static final double GAP_PIXELS = 16;

    private final IntegerProperty chosen = new SimpleIntegerProperty(this, "chosen");
    private final ReadOnlyBooleanWrapper both = new ReadOnlyBooleanWrapper(this, "both");

    public OneOrBoth() {
        getStyleClass().add("one-or-both");
        chosen.addListener((_, _, _) -> requestLayout());
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefHeight(double width) {
        return getManagedChildren().stream().mapToDouble(child -> child.prefHeight(width)).max().orElse(0);
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefWidth(double height) {
        return getManagedChildren().stream().mapToDouble(child -> child.prefWidth(height)).max().orElse(0);
    }

    @Override
    protected double computeMinWidth(double height) {
        return getManagedChildren().stream().mapToDouble(child -> child.minWidth(height)).max().orElse(0);
    }

    @Override
    protected void layoutChildren() {
        List<Node> views = getManagedChildren();
        double width = getWidth();
        double height = getHeight();
        double second = views.get(1).prefHeight(width);
        both.set(height >= views.get(0).prefHeight(width) + GAP_PIXELS + second);
        if (both.get()) {
            views.get(0).resizeRelocate(0, 0, width, height - second - GAP_PIXELS);
            views.get(1).resizeRelocate(0, height - second, width, second);
        } else {
            views.forEach(view -> view.resizeRelocate(0, 0, width, height));
        }
        for (int i = 0; i < views.size(); i++) {
            views.get(i).setVisible(both.get() || i == chosen.get());
        }
    }

    /// Which one is shown when there is no room for both: 0 or 1.
    public IntegerProperty chosenProperty() {
        return chosen;
    }

    /// Whether both are shown.
    public ReadOnlyBooleanProperty bothProperty() {
        return both.getReadOnlyProperty();
    }
}
