package dev.storescope.app.control;

import javafx.scene.canvas.GraphicsContext;

/// How far something has come: a bar that fills. Empty and hollow while that is not known.
///
/// Style class: `meter`. The filled part has `-lab-accent-fill`.
public final class Meter extends DrawnRegion {
    private static final double HEIGHT = 8;

    private double part = Double.NaN;
    private long drawnPixels = -1;

    public Meter() {
        getStyleClass().add("meter");
    }

    /// @param newPart 0 to 1; more is drawn as 1; NaN when it is not known
    public void show(double newPart) {
        part = newPart;
        if (pixels() != drawnPixels) {
            redraw();
        }
    }

    private long pixels() {
        return Double.isNaN(part) ? -1 : Math.round(Math.clamp(part, 0, 1) * getWidth());
    }

    @Override
    protected void draw(GraphicsContext graphics, double width, double height) {
        drawnPixels = pixels();
        double thick = Math.min(HEIGHT, height);
        double top = Math.rint((height - thick) / 2);
        if (drawnPixels < 0) {
            graphics.setStroke(lineStroke());
            graphics.setLineWidth(1);
            graphics.strokeRoundRect(0.5, top + 0.5, width - 1, thick - 1, thick, thick);
            return;
        }
        graphics.setFill(lineStroke());
        graphics.fillRoundRect(0, top, width, thick, thick, thick);
        if (drawnPixels > 0) {
            graphics.setFill(accentFill());
            graphics.fillRoundRect(0, top, Math.max(drawnPixels, thick), thick, thick, thick);
        }
    }

    @Override
    protected double computePrefHeight(double width) {
        return HEIGHT + 4;
    }

    @Override
    protected double computeMinHeight(double width) {
        return HEIGHT;
    }

    @Override
    protected double computePrefWidth(double height) {
        return 40;
    }
}
