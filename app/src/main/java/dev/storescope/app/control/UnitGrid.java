package dev.storescope.app.control;

import java.util.Optional;
import javafx.scene.canvas.GraphicsContext;

/// A number of things, one small shape each: the first of them lit, the rest not. They get smaller when there are many;
/// when even the smallest have no room, a bar says how large the part is.
///
/// Style class: `unit-grid`. Lit ones have `-lab-accent-fill`, the others `-lab-faint-fill`.
public final class UnitGrid extends DrawnRegion {
    /// What stands for one thing.
    public enum Unit {
        CIRCLE, SQUARE
    }

    private static final double LARGEST_EM = 0.95;
    private static final double CORNER = 3;
    private static final double PREFERRED_HEIGHT_EM = 2.4;

    private Unit unit = Unit.SQUARE;
    private int count;
    private int lit;

    public UnitGrid() {
        getStyleClass().add("unit-grid");
    }

    public Unit getUnit() {
        return unit;
    }

    public void setUnit(Unit newUnit) {
        unit = newUnit;
        redraw();
    }

    /// @param newLit how many of them are lit, the first ones
    public void show(int newCount, int newLit) {
        if (newCount != count || newLit != lit) {
            count = newCount;
            lit = newLit;
            redraw();
        }
    }

    @Override
    protected void draw(GraphicsContext graphics, double width, double height) {
        if (count == 0) {
            return;
        }
        Optional<UnitSlots> fitting = slots(count, LARGEST_EM);
        if (fitting.isEmpty()) {
            drawBar(graphics, width, height);
            return;
        }
        UnitSlots slots = fitting.get();
        double size = slots.size();
        for (int i = 0; i < count; i++) {
            graphics.setFill(i < lit ? accentFill() : faintFill());
            double x = slots.x(i);
            double y = slots.y(i);
            switch (unit) {
                case CIRCLE -> graphics.fillOval(x, y, size, size);
                case SQUARE -> graphics.fillRoundRect(x, y, size, size, CORNER, CORNER);
            }
        }
    }

    private void drawBar(GraphicsContext graphics, double width, double height) {
        double split = width * lit / count;
        graphics.setFill(accentFill());
        graphics.fillRect(0, 0, split, height);
        graphics.setFill(faintFill());
        graphics.fillRect(split, 0, width - split, height);
    }

    /// Where so many things have their places, in coordinates of this region.
    ///
    /// @param em how large they may get, in ems
    /// @return nothing when there is no room for them
    public Optional<UnitSlots> slots(int number, double em) {
        return UnitSlots.fitting(number, Math.floor(getWidth()), Math.floor(getHeight()),
                Math.floor(textFont().getSize() * em));
    }

    @Override
    protected double computePrefHeight(double width) {
        return Math.rint(PREFERRED_HEIGHT_EM * textFont().getSize());
    }

    @Override
    protected double computePrefWidth(double height) {
        return 40;
    }
}
