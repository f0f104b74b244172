package dev.storescope.app.control;

import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Pane;

/// Two nodes at both ends of a line; where they have no room beside each other, the second goes below the first.
///
/// Style class: `spread-row`.
public final class SpreadRow extends Pane {
    private static final double LEAST_SPACE = 4;

    public SpreadRow() {
        getStyleClass().add("spread-row");
    }

    private Node first() {
        return getChildren().getFirst();
    }

    private Node second() {
        return getChildren().getLast();
    }

    /// @param width of the whole row; -1 for as wide as wanted
    private boolean isOneLine(double width) {
        return width < 0 || width - sides() >= first().prefWidth(-1) + LEAST_SPACE + second().prefWidth(-1);
    }

    private double sides() {
        return getInsets().getLeft() + getInsets().getRight();
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computeMinWidth(double height) {
        return sides() + Math.max(first().minWidth(-1), second().minWidth(-1));
    }

    @Override
    protected double computePrefWidth(double height) {
        return sides() + first().prefWidth(-1) + LEAST_SPACE + second().prefWidth(-1);
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefHeight(double width) {
        Insets insets = getInsets();
        double one = first().prefHeight(-1);
        double two = second().prefHeight(-1);
        return insets.getTop() + insets.getBottom() + (isOneLine(width) ? Math.max(one, two) : one + two);
    }

    @Override
    protected void layoutChildren() {
        Insets insets = getInsets();
        double room = getWidth() - sides();
        double oneWidth = Math.min(room, first().prefWidth(-1));
        double twoWidth = Math.min(room, second().prefWidth(-1));
        double oneHeight = first().prefHeight(-1);
        double twoHeight = second().prefHeight(-1);
        if (isOneLine(getWidth())) {
            double baseline = Math.max(first().getBaselineOffset(), second().getBaselineOffset());
            place(first(), insets.getLeft(), insets.getTop() + baseline - first().getBaselineOffset(), oneWidth,
                    oneHeight);
            place(second(), insets.getLeft() + room - twoWidth,
                    insets.getTop() + baseline - second().getBaselineOffset(), twoWidth, twoHeight);
        } else {
            place(first(), insets.getLeft(), insets.getTop(), oneWidth, oneHeight);
            place(second(), insets.getLeft() + room - twoWidth, insets.getTop() + oneHeight, twoWidth, twoHeight);
        }
    }

    private void place(Node node, double x, double y, double width, double height) {
        node.resizeRelocate(snapPositionX(x), snapPositionY(y), snapSizeX(width), snapSizeY(height));
    }
}
