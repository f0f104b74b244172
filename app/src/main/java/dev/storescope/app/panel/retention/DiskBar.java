package dev.storescope.app.panel.retention;

import dev.storescope.app.control.DrawnRegion;
import dev.storescope.app.panel.retention.RetentionViewModel.Line;
import dev.storescope.app.panel.retention.RetentionViewModel.Shown;
import dev.storescope.app.panel.retention.RetentionViewModel.State;
import dev.storescope.engine.api.DiskWatermark;
import java.util.List;
import javafx.scene.canvas.GraphicsContext;

/// The disk as a bar: how much of it is used, and a mark where each watermark lies. Hollow while that is not known.
///
/// Style class `disk-bar`.
public final class DiskBar extends DrawnRegion {
    private static final double THICK = 10;
    private static final double MARK = 3;

    private double used = Double.NaN;
    private List<Line> marks = List.of();

    public DiskBar() {
        getStyleClass().add("disk-bar");
    }

    void show(Shown now) {
        if (Double.compare(now.used(), used) != 0 || !now.lines().equals(marks)) {
            used = now.used();
            marks = now.lines();
            redraw();
        }
    }

    @Override
    protected void draw(GraphicsContext graphics, double width, double height) {
        double top = MARK;
        graphics.setFill(emptyFill());
        graphics.fillRect(0, top, width, THICK);
        if (!Double.isNaN(used)) {
            boolean full = marks.stream()
                    .anyMatch(line -> line.watermark() == DiskWatermark.PUTS_REFUSED
                            && line.state() == State.REACHED);
            graphics.setFill(full ? dangerFill() : accentFill());
            graphics.fillRect(0, top, Math.rint(width * Math.clamp(used, 0, 1)), THICK);
        } else {
            graphics.setStroke(lineStroke());
            graphics.setLineWidth(1);
            graphics.strokeRect(0.5, top + 0.5, width - 1, THICK - 1);
        }
        graphics.setFill(textFill());
        for (Line mark : marks) {
            if (mark.fromRatio() > 0) {
                graphics.fillRect(Math.rint(width * mark.fromRatio()) - 1, 0, 2, THICK + 2 * MARK);
            }
        }
    }

    @Override
    protected double computePrefHeight(double width) {
        return THICK + 2 * MARK;
    }

    @Override
    protected double computeMinHeight(double width) {
        return THICK + 2 * MARK;
    }
}
