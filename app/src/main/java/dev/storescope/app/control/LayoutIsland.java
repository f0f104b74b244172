package dev.storescope.app.control;

import javafx.geometry.Orientation;
import javafx.scene.Parent;
import javafx.scene.layout.Region;

/// Holds one region whose layout changes often and whose height seldom does, such as a panel with numbers in it. A change
/// inside is laid out inside; only one that needs another height sets off the layout of what is around. Else one text
/// would have all that shares its column measured anew.
///
/// Its width is given by what it lies in: what its content would like to be as a width is not looked at once it has one.
public final class LayoutIsland extends Region {
    private final Region content;
    /// The heights below hold for it; not a number when they have to be asked for anew.
    private double measuredWidth = Double.NaN;
    private double leastHeight;
    private double wishedHeight;
    /// What its parent last laid it out by; not a number before that.
    private double givenLeastHeight = Double.NaN;
    private double givenWishedHeight = Double.NaN;

    public LayoutIsland(Region content) {
        this.content = content;
        getChildren().add(content);
    }

    @Override
    public void requestLayout() {
        measuredWidth = Double.NaN;
        if (Double.isNaN(givenWishedHeight)) {
            super.requestLayout();
        } else {
            setNeedsLayout(true);
        }
    }

    @Override
    protected void layoutChildren() {
        measure(getWidth());
        boolean isFirst = Double.isNaN(givenWishedHeight);
        boolean fits = leastHeight == givenLeastHeight && wishedHeight == givenWishedHeight;
        givenLeastHeight = leastHeight;
        givenWishedHeight = wishedHeight;
        content.resizeRelocate(0, 0, getWidth(), getHeight());
        Parent around = getParent();
        if (!isFirst && !fits && around != null) {
            around.requestLayout();
        }
    }

    private void measure(double width) {
        if (width != measuredWidth) {
            leastHeight = content.minHeight(width);
            wishedHeight = content.prefHeight(width);
            measuredWidth = width;
        }
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computeMinWidth(double height) {
        return content.minWidth(height);
    }

    @Override
    protected double computePrefWidth(double height) {
        return content.prefWidth(height);
    }

    @Override
    protected double computeMinHeight(double width) {
        measure(width);
        return leastHeight;
    }

    @Override
    protected double computePrefHeight(double width) {
        measure(width);
        return wishedHeight;
    }

    @Override
    protected double computeMaxHeight(double width) {
        return content.maxHeight(width);
    }
}
