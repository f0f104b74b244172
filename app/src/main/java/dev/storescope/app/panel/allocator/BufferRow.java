package dev.storescope.app.panel.allocator;

import dev.storescope.app.control.DrawnRegion;
import javafx.scene.canvas.GraphicsContext;

/// The buffers of the pool, a box each: the lent ones are full, one that goes out or comes back is so in part.
///
/// Style class: `buffer-row`. What is lent has `-lab-wrote-fill`.
public final class BufferRow extends DrawnRegion {
    private static final double WIDTH_EM = 1.4;
    private static final double HEIGHT_EM = 1.1;
    private static final double GAP = 5;
    private static final double ARC = 4;

    private int buffers;
    private double lent;

    /// Made by FXML.
    public BufferRow() {
        getStyleClass().add("buffer-row");
    }

    /// @param nowLent of them; a part of one counts too
    void show(int nowBuffers, double nowLent) {
        if (nowBuffers != buffers) {
            requestLayout();
        }
        if (nowBuffers != buffers || Double.compare(nowLent, lent) != 0) {
            buffers = nowBuffers;
            lent = nowLent;
            redraw();
        }
    }

    private double boxWidth() {
        return Math.rint(WIDTH_EM * textFont().getSize());
    }

    private double boxHeight() {
        return Math.rint(HEIGHT_EM * textFont().getSize());
    }

    private int columns(double width) {
        return (int) Math.max(1, Math.floor((width + GAP) / (boxWidth() + GAP)));
    }

    @Override
    protected void draw(GraphicsContext graphics, double width, double height) {
        int columns = columns(width);
        for (int i = 0; i < buffers; i++) {
            double x = i % columns * (boxWidth() + GAP);
            double y = i / columns * (boxHeight() + GAP);
            double part = Math.clamp(lent - i, 0, 1);
            graphics.setStroke(hatchStroke());
            graphics.setLineWidth(1);
            graphics.strokeRoundRect(x + 0.5, y + 0.5, boxWidth() - 1, boxHeight() - 1, ARC, ARC);
            if (part > 0) {
                graphics.setFill(wroteFill());
                graphics.fillRoundRect(x, y, Math.max(1, boxWidth() * part), boxHeight(), ARC, ARC);
            }
        }
    }

    @Override
    protected double computePrefWidth(double height) {
        return 40;
    }

    @Override
    public javafx.geometry.Orientation getContentBias() {
        return javafx.geometry.Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefHeight(double width) {
        int rows = Math.ceilDiv(Math.max(1, buffers), columns(width < 0 ? getWidth() : width));
        return rows * (boxHeight() + GAP) - GAP;
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }
}
