package dev.storescope.app.control;

import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.TextAlignment;

/// Bars over an axis, with marks where something stands.
///
/// Positions are 0 at the left end of the axis, 1 at the right. A bar of anything at all is a line at least.
///
/// Style class: `histogram-chart`.
public final class HistogramChart extends DrawnRegion {
    private static final double SMALL = 0.8;
    private static final double GAP_EM = 0.35;
    private static final double LEAST_BAR_PIXELS = 1.5;
    private static final double BAR_OPACITY = 0.85;
    /// About how wide a character is, in em.
    private static final double CHARACTER_EM = 0.68;

    private Content content = Content.NONE;

    /// Something at a place of the axis.
    public record Mark(double position, String text) {
    }

    /// @param bars heights from 0 to 1, from left to right, equally wide
    /// @param ticks below the axis
    /// @param marks lines over the bars, from left to right
    public record Content(List<Double> bars, List<Mark> ticks, List<Mark> marks) {
        public static final Content NONE = new Content(List.of(), List.of(), List.of());

        public Content {
            bars = List.copyOf(bars);
            ticks = List.copyOf(ticks);
            marks = List.copyOf(marks);
        }
    }

    public HistogramChart() {
        getStyleClass().add("histogram-chart");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    }

    public void show(Content newContent) {
        if (!newContent.equals(content)) {
            content = newContent;
            redraw();
        }
    }

    @Override
    protected void draw(GraphicsContext graphics, double width, double height) {
        double em = textFont().getSize() * SMALL;
        double top = Math.rint(em + em * GAP_EM);
        double foot = Math.rint(height - em * (1 + GAP_EM));
        drawMarks(graphics, width, em, foot);
        drawBars(graphics, width, top, foot);
        graphics.setFill(lineStroke());
        graphics.fillRect(0, foot, width, 1);
        drawTicks(graphics, width, height, foot, em);
    }

    private void drawBars(GraphicsContext graphics, double width, double top, double foot) {
        int count = content.bars.size();
        graphics.setFill(accentFill());
        graphics.setGlobalAlpha(BAR_OPACITY);
        for (int i = 0; i < count; i++) {
            double bar = content.bars.get(i);
            if (bar > 0) {
                double left = Math.rint(width * i / count);
                double wide = Math.rint(width * (i + 1) / count) - left;
                double high = Math.max(LEAST_BAR_PIXELS, bar * (foot - top));
                graphics.fillRect(left, foot - high, Math.max(1, wide - 1), high);
            }
        }
        graphics.setGlobalAlpha(1);
    }

    /// The lines of all, the texts of those that have room, the last ones first: the tail is what one looks for.
    private void drawMarks(GraphicsContext graphics, double width, double em, double foot) {
        graphics.setFont(textFont(SMALL));
        graphics.setTextBaseline(VPos.TOP);
        graphics.setTextAlign(TextAlignment.LEFT);
        double free = width;
        for (int i = content.marks.size() - 1; i >= 0; i--) {
            Mark mark = content.marks.get(i);
            double x = Math.rint(mark.position * (width - 1));
            double wide = mark.text.length() * em * CHARACTER_EM;
            double left = Math.clamp(x - wide / 2, 0, Math.max(0, width - wide));
            boolean room = left + wide <= free;
            graphics.setFill(room ? mutedFill() : lineStroke());
            double lineTop = room ? em * (1 + GAP_EM) : em * (1 + 2 * GAP_EM);
            for (double y = Math.rint(lineTop); y < foot; y += 4) {
                graphics.fillRect(x, y, 1, 2);
            }
            if (room) {
                graphics.setFill(mutedFill());
                graphics.fillText(mark.text, left, 0);
                free = left - em * GAP_EM;
            }
        }
    }

    private void drawTicks(GraphicsContext graphics, double width, double height, double foot, double em) {
        graphics.setFont(numberFont(SMALL * 0.95));
        graphics.setTextBaseline(VPos.BOTTOM);
        graphics.setTextAlign(TextAlignment.LEFT);
        double free = 0;
        for (Mark tick : content.ticks) {
            double x = Math.rint(tick.position * (width - 1));
            double wide = tick.text.length() * em * CHARACTER_EM;
            double left = Math.clamp(x - wide / 2, 0, Math.max(0, width - wide));
            graphics.setFill(lineStroke());
            graphics.fillRect(x, foot, 1, 4);
            if (left >= free) {
                graphics.setFill(faintFill());
                graphics.fillText(tick.text, left, height);
                free = left + wide + em;
            }
        }
    }

    @Override
    protected double computePrefWidth(double height) {
        return 160;
    }
}
