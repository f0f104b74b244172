package dev.storescope.app.control;

import java.util.Arrays;
import javafx.scene.canvas.GraphicsContext;

/// A few numbers as bars from left to right, the newest at the right edge; the tallest fills the height.
///
/// Style class: `bar-row`. Bars have `-lab-accent-fill`.
public final class BarRow extends DrawnRegion {
    private static final double LEAST_HEIGHT = 2;
    private static final double PREFERRED_HEIGHT_EM = 2;

    private double[] values = {};
    private int places = 64;

    public BarRow() {
        getStyleClass().add("bar-row");
    }

    /// How many bars there is room for.
    public int getPlaces() {
        return places;
    }

    public void setPlaces(int count) {
        places = count;
        redraw();
    }

    /// @param newValues oldest first, none negative; the last ones are shown
    public void show(double[] newValues) {
        if (!Arrays.equals(newValues, values)) {
            values = newValues.clone();
            redraw();
        }
    }

    @Override
    protected void draw(GraphicsContext graphics, double width, double height) {
        double largest = Arrays.stream(values).max().orElse(0);
        if (largest <= 0) {
            graphics.setFill(lineStroke());
            graphics.fillRect(0, height - 1, width, 1);
            return;
        }
        double pitch = Math.max(2, width / places);
        int shown = (int) Math.min(values.length, Math.floor(width / pitch));
        // On whole pixels, so that equal bars look equal.
        double bar = Math.max(1, Math.floor(pitch) - (pitch >= 5 ? 2 : 1));
        graphics.setFill(accentFill());
        for (int i = 0; i < shown; i++) {
            double value = values[values.length - 1 - i];
            double tall = Math.max(LEAST_HEIGHT, Math.rint(value / largest * height));
            graphics.fillRect(Math.floor(width - i * pitch) - bar, height - tall, bar, tall);
        }
    }

    @Override
    protected double computePrefHeight(double width) {
        return Math.rint(PREFERRED_HEIGHT_EM * textFont().getSize());
    }

    @Override
    protected double computePrefWidth(double height) {
        return 60;
    }
}
