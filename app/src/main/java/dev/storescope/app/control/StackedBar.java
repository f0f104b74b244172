package dev.storescope.app.control;

import java.util.List;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Paint;

/// Parts of a whole, side by side. However small, a part that is there can be seen.
///
/// Style class: `stacked-bar`.
public final class StackedBar extends DrawnRegion {
    private static final double LEAST_PIXELS = 3;
    private static final double GAP_PIXELS = 1;
    private static final double HATCH_STEP = 5;

    private List<Part> parts = List.of();
    private double whole = 1;

    /// What a part stands for; the look follows from it.
    public enum Role {
        WROTE, COMMITTED, FLUSHED, DISPATCH, ACCENT, MUTED, FAINT, HATCHED
    }

    /// @param size in the unit of the whole; nothing is drawn of 0
    public record Part(Role role, double size) {
    }

    public StackedBar() {
        getStyleClass().add("stacked-bar");
    }

    /// @param total the size of the whole bar; what the parts leave over stays empty
    public void show(List<Part> newParts, double total) {
        if (!newParts.equals(parts) || total != whole) {
            parts = List.copyOf(newParts);
            whole = total;
            redraw();
        }
    }

    @Override
    protected void draw(GraphicsContext graphics, double width, double height) {
        graphics.setFill(emptyFill());
        graphics.fillRect(0, 0, width, height);
        if (!(whole > 0)) {
            return;
        }
        List<Part> present = parts.stream().filter(part -> part.size > 0).toList();
        double reserved = present.size() * LEAST_PIXELS;
        double perUnit = Math.max(0, width - reserved) / whole;
        double x = 0;
        for (Part part : present) {
            double wide = LEAST_PIXELS + part.size * perUnit;
            double from = Math.rint(x);
            double to = Math.min(width, Math.rint(x + wide));
            drawPart(graphics, part.role, from, Math.max(1, to - from - GAP_PIXELS), height);
            x += wide;
        }
    }

    private void drawPart(GraphicsContext graphics, Role role, double x, double width, double height) {
        graphics.setFill(fillOf(role));
        graphics.fillRect(x, 0, width, height);
        if (role == Role.HATCHED) {
            graphics.save();
            graphics.beginPath();
            graphics.rect(x, 0, width, height);
            graphics.clip();
            graphics.setStroke(hatchStroke());
            graphics.setLineWidth(1);
            for (double at = x - height; at < x + width; at += HATCH_STEP) {
                graphics.strokeLine(at, height, at + height, 0);
            }
            graphics.restore();
        }
    }

    private Paint fillOf(Role role) {
        return switch (role) {
            case WROTE -> wroteFill();
            case COMMITTED -> committedFill();
            case FLUSHED -> flushedFill();
            case DISPATCH -> dispatchFill();
            case ACCENT -> accentFill();
            case MUTED -> mutedFill();
            case FAINT -> hatchStroke();
            case HATCHED -> emptyFill();
        };
    }

    @Override
    protected double computePrefWidth(double height) {
        return 80;
    }
}
