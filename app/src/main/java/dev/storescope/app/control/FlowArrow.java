package dev.storescope.app.control;

import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.TextAlignment;

/// From one stage to the next: an arrow to the right, with what happens on the way written above it, and something that is on
/// the way.
///
/// Style class: `flow-arrow`. What is on the way has `-lab-accent-fill`.
public final class FlowArrow extends DrawnRegion {
    private static final double TEXT_SCALE = 0.77;
    private static final double HEAD = 5;
    private static final double WIDTH_EM = 3.2;
    /// Where it is narrower, the text is left out.
    private static final double TEXT_FROM_EM = 2.5;

    private static final double THING = 4;

    private double part = Double.NaN;
    private final StringProperty text = new SimpleStringProperty(this, "text", "");

    public FlowArrow() {
        getStyleClass().add("flow-arrow");
        text.addListener((_, _, _) -> redraw());
    }

    @Override
    protected void draw(GraphicsContext graphics, double width, double height) {
        double middle = Math.rint(height / 2) + 0.5;
        graphics.setStroke(mutedFill());
        graphics.setLineWidth(1);
        graphics.strokeLine(2, middle, width - 3, middle);
        graphics.setFill(mutedFill());
        graphics.fillPolygon(new double[] {width - 2, width - 2 - HEAD, width - 2 - HEAD},
                new double[] {middle, middle - HEAD * 0.7, middle + HEAD * 0.7}, 3);
        if (!Double.isNaN(part)) {
            double x = THING + (width - 2 * THING) * part;
            graphics.setFill(accentFill());
            graphics.fillRect(2, middle - 1, x - 2, 2);
            graphics.fillRoundRect(x - THING, middle - THING, 2 * THING, 2 * THING, 3, 3);
        }
        graphics.setFill(mutedFill());
        if (width < TEXT_FROM_EM * textFont().getSize()) {
            return;
        }
        graphics.setFont(textFont(TEXT_SCALE));
        graphics.setTextAlign(TextAlignment.CENTER);
        graphics.fillText(text.get(), width / 2, middle - 6);
    }

    /// Shows something on the way.
    ///
    /// @param newPart how far it has come, 0 to 1; NaN for nothing
    public void showPart(double newPart) {
        if (Double.compare(part, newPart) != 0) {
            part = newPart;
            redraw();
        }
    }

    public StringProperty textProperty() {
        return text;
    }

    public String getText() {
        return text.get();
    }

    public void setText(String newText) {
        text.set(newText);
    }

    @Override
    protected double computePrefWidth(double height) {
        return Math.rint(WIDTH_EM * textFont().getSize());
    }

    @Override
    protected double computePrefHeight(double width) {
        return 40;
    }
}
