package dev.storescope.app.panel.dispatch;

import dev.storescope.app.control.DrawnRegion;
import dev.storescope.app.panel.dispatch.DispatchViewModel.Line;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Paint;

/// The end of the log, and below it how much of that is dispatched; a dashed line where dispatch has to stop.
///
/// Style class: `dispatch-line`.
public final class DispatchLine extends DrawnRegion {
    private static final double LOG_PIXELS = 16;
    private static final double GAP_PIXELS = 4;
    private static final double REPUT_PIXELS = 10;
    private static final double OVERHANG_PIXELS = 4;
    private static final double FLAG_PIXELS = 2;

    private Line line = Line.NOTHING;

    public DispatchLine() {
        getStyleClass().add("dispatch-line");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    }

    void show(Line now) {
        if (!now.equals(line)) {
            line = now;
            redraw();
        }
    }

    @Override
    protected void draw(GraphicsContext graphics, double width, double height) {
        double top = OVERHANG_PIXELS;
        double below = top + LOG_PIXELS + GAP_PIXELS;
        graphics.setFill(emptyFill());
        graphics.fillRect(0, top, width, LOG_PIXELS);
        graphics.fillRect(0, below, width, REPUT_PIXELS);
        if (line.to() <= line.begin()) {
            return;
        }
        fill(graphics, line.begin(), line.flushed(), flushedFill(), top, LOG_PIXELS, width);
        fill(graphics, line.flushed(), line.committed(), committedFill(), top, LOG_PIXELS, width);
        fill(graphics, line.committed(), line.wrote(), wroteFill(), top, LOG_PIXELS, width);
        fill(graphics, line.begin(), line.reput(), dispatchFill(), below, REPUT_PIXELS, width);
        flag(graphics, line.reput(), dispatchFill(), width, height);
        graphics.setStroke(textFill());
        graphics.setLineWidth(1);
        graphics.setLineDashes(2, 2);
        double limit = Math.clamp(Math.rint(x(line.limit(), width)) - 0.5, 0.5, width - 0.5);
        graphics.strokeLine(limit, 0, limit, height);
        graphics.setLineDashes();
    }

    private void fill(GraphicsContext graphics, long from, long to, Paint paint, double y, double thick, double width) {
        double left = Math.rint(Math.max(0, x(from, width)));
        double right = Math.rint(x(to, width));
        if (to > from && right >= 0) {
            graphics.setFill(paint);
            graphics.fillRect(left, y, Math.max(1, right - left), thick);
        }
    }

    private void flag(GraphicsContext graphics, long offset, Paint paint, double width, double height) {
        graphics.setFill(paint);
        double x = Math.clamp(Math.rint(x(offset, width)) - FLAG_PIXELS, 0, width - FLAG_PIXELS);
        graphics.fillRect(x, 0, FLAG_PIXELS, height);
    }

    private double x(long offset, double width) {
        return width * (offset - line.from()) / (line.to() - line.from());
    }

    @Override
    protected double computePrefHeight(double width) {
        return 2 * OVERHANG_PIXELS + LOG_PIXELS + GAP_PIXELS + REPUT_PIXELS;
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefWidth(double height) {
        return 200;
    }
}
