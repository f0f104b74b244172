package dev.storescope.app.control;

import java.util.List;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.text.Font;

/// Its children in as many columns of one width as there is room for, each as wide as [#leastColumnEmProperty()] at
/// least. Rows are of one height and share what is there.
///
/// Style class: `even-columns`.
public final class EvenColumns extends Pane {
    private static final double COLUMN_GAP_EM = 1.5;
    private static final double ROW_GAP_PIXELS = 4;

    private final DoubleProperty leastColumnEm = new SimpleDoubleProperty(this, "leastColumnEm", 15);
    private double emPixels = Font.getDefault().getSize();

    public EvenColumns() {
        getStyleClass().add("even-columns");
        leastColumnEm.addListener((_, _, _) -> requestLayout());
    }

    /// The size of the text, in pixels: what an em is.
    public void setEmPixels(double pixels) {
        if (pixels != emPixels) {
            emPixels = pixels;
            requestLayout();
        }
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    private int columns(double width) {
        double gap = COLUMN_GAP_EM * emPixels;
        int fitting = (int) ((width + gap) / (leastColumnEm.get() * emPixels + gap));
        int columns = Math.clamp(fitting, 1, Math.max(1, getManagedChildren().size()));
        // The last row is full, or there is only one: a hole would look like something that is missing.
        while (getManagedChildren().size() % columns != 0) {
            columns--;
        }
        return columns;
    }

    private int rows(double width) {
        return Math.ceilDiv(getManagedChildren().size(), columns(width));
    }

    @Override
    protected double computePrefHeight(double width) {
        double given = width < 0 ? getWidth() : width;
        double tallest = getManagedChildren().stream().mapToDouble(child -> child.prefHeight(-1)).max().orElse(0);
        Insets insets = getInsets();
        int rows = rows(given - insets.getLeft() - insets.getRight());
        return insets.getTop() + insets.getBottom() + rows * tallest + (rows - 1) * ROW_GAP_PIXELS;
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefWidth(double height) {
        return leastColumnEm.get() * emPixels;
    }

    @Override
    protected void layoutChildren() {
        List<Node> children = getManagedChildren();
        Insets insets = getInsets();
        double width = getWidth() - insets.getLeft() - insets.getRight();
        double height = getHeight() - insets.getTop() - insets.getBottom();
        int columns = columns(width);
        int rows = rows(width);
        double gap = COLUMN_GAP_EM * emPixels;
        double columnWidth = (width - (columns - 1) * gap) / columns;
        double rowHeight = (height - (rows - 1) * ROW_GAP_PIXELS) / rows;
        for (int i = 0; i < children.size(); i++) {
            double x = snapPositionX(insets.getLeft() + i % columns * (columnWidth + gap));
            double y = snapPositionY(insets.getTop() + i / columns * (rowHeight + ROW_GAP_PIXELS));
            children.get(i).resizeRelocate(x, y, Math.floor(columnWidth), Math.floor(rowHeight));
        }
    }

    public DoubleProperty leastColumnEmProperty() {
        return leastColumnEm;
    }

    public double getLeastColumnEm() {
        return leastColumnEm.get();
    }

    public void setLeastColumnEm(double em) {
        leastColumnEm.set(em);
    }
}
