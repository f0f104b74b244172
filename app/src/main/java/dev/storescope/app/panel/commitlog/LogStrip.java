package dev.storescope.app.panel.commitlog;

import dev.storescope.app.control.DrawnRegion;
import dev.storescope.app.session.RecordPlace;
import dev.storescope.engine.api.LogHole;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseEvent;
import javafx.scene.paint.Paint;

/// All files of the log in one line, thousands if need be, with what the tiles show framed. A click or a drag goes there.
public final class LogStrip extends DrawnRegion {
    private static final double FRAME = 4;
    private static final double SMALLEST_FRAME = 12;
    private static final double ARC = 4;
    private static final double GAP_FROM = 8;
    private static final double WRITTEN_FILE_OPACITY = 0.8;

    private LogPicture.Strip strip = LogPicture.NOTHING.strip();
    private Optional<RecordPlace> selected = Optional.empty();
    private Pixels drawn = new Pixels(0, 0, 0, 0, 0, 0, -1, 0, List.of());
    private LongConsumer onGo = _ -> {
    };

    /// What is drawn, rounded to whole pixels.
    private record Pixels(long flushed, long committed, long wrote, long written, long from, long to, long selected,
            long files, List<LogHole> holes) {
    }

    public LogStrip() {
        getStyleClass().add("log-strip");
        setAccessibleRole(AccessibleRole.SLIDER);
        setFocusTraversable(true);
        setOnMousePressed(this::go);
        setOnMouseDragged(this::go);
    }

    /// @param handler is given the offset that the user asked for
    void setOnGo(LongConsumer handler) {
        onGo = handler;
    }

    private void go(MouseEvent event) {
        requestFocus();
        double part = Math.clamp(event.getX() / Math.max(1, getWidth()), 0, 1);
        if (strip.to() > strip.from()) {
            onGo.accept(strip.from() + (long) (part * (strip.to() - strip.from())));
        }
        event.consume();
    }

    void show(LogPicture.Strip newStrip, Optional<RecordPlace> newSelected) {
        strip = newStrip;
        selected = newSelected;
        Pixels now = pixels();
        if (!now.equals(drawn)) {
            drawn = now;
            redraw();
        }
    }

    private Pixels pixels() {
        return new Pixels(pixel(strip.flushed()), pixel(strip.committed()), pixel(strip.wrote()),
                pixel(strip.written()), pixel(strip.windowFrom()), pixel(strip.windowTo()),
                selected.map(place -> pixel(place.commitLogOffset())).orElse(-1L), files(), strip.holes());
    }

    private long files() {
        return strip.fileBytes() == 0 ? 0 : (strip.to() - strip.from()) / strip.fileBytes();
    }

    private long pixel(long offset) {
        return Math.round(x(offset));
    }

    private double x(long offset) {
        double length = strip.to() - strip.from();
        return length <= 0 ? 0 : Math.clamp((offset - strip.from()) / length, 0, 1) * getWidth();
    }

    private double width(long bytes) {
        return getWidth() * bytes / (strip.to() - strip.from());
    }

    @Override
    protected void draw(GraphicsContext graphics, double width, double height) {
        drawn = pixels();
        double top = FRAME;
        double thick = height - 2 * FRAME;
        graphics.setFill(emptyFill());
        graphics.fillRoundRect(0, top, width, thick, ARC, ARC);
        if (files() == 0) {
            return;
        }
        fill(graphics, strip.from(), strip.flushed(), flushedFill());
        fill(graphics, strip.flushed(), strip.committed(), committedFill());
        fill(graphics, strip.committed(), strip.wrote(), wroteFill());
        for (LogHole hole : strip.holes()) {
            fill(graphics, hole.fromOffset(), hole.toOffset(), dangerFill());
        }
        graphics.setGlobalAlpha(1);
        drawPreallocated(graphics, top, thick);
        drawGaps(graphics, top, thick);
        selected.ifPresent(place -> {
            graphics.setFill(accentFill());
            graphics.fillRect(Math.rint(x(place.commitLogOffset())) - 1, 1, 2, height - 2);
        });
        drawFrame(graphics, width, height);
    }

    private void fill(GraphicsContext graphics, long from, long to, Paint paint) {
        if (to > from) {
            double left = x(from);
            graphics.setGlobalAlpha(WRITTEN_FILE_OPACITY);
            graphics.setFill(paint);
            graphics.fillRect(left, FRAME, Math.max(1, x(to) - left), getHeight() - 2 * FRAME);
        }
    }

    private void drawPreallocated(GraphicsContext graphics, double top, double thick) {
        double left = x(strip.written());
        double right = x(strip.to());
        if (right - left < 4) {
            return;
        }
        graphics.setStroke(hatchStroke());
        graphics.setLineWidth(1);
        if (width(strip.fileBytes()) >= GAP_FROM) {
            graphics.setLineDashes(3, 2);
        }
        for (long file = strip.written(); file < strip.to(); file += strip.fileBytes()) {
            double fileLeft = Math.rint(x(file)) + 1.5;
            graphics.strokeRect(fileLeft, top + 1.5,
                    Math.max(2, Math.rint(x(file + strip.fileBytes())) - fileLeft - 1.5),
                    thick - 3);
        }
        graphics.setLineDashes();
    }

    /// Between files, as long as they are wide enough to be told apart.
    private void drawGaps(GraphicsContext graphics, double top, double thick) {
        double fileWidth = width(strip.fileBytes());
        if (fileWidth < GAP_FROM) {
            return;
        }
        double gap = fileWidth < 3 * GAP_FROM ? 1 : 2;
        for (long file = strip.from() + strip.fileBytes(); file < strip.to(); file += strip.fileBytes()) {
            graphics.clearRect(Math.rint(x(file)) - gap / 2, top, gap, thick);
        }
    }

    private void drawFrame(GraphicsContext graphics, double width, double height) {
        double left = x(strip.windowFrom());
        double right = Math.max(x(strip.windowTo()), left + SMALLEST_FRAME);
        double shift = Math.max(0, right - width);
        left = Math.rint(Math.max(0, left - shift)) + 0.75;
        right = Math.rint(right - shift) - 0.75;
        graphics.setStroke(accentFill());
        graphics.setLineWidth(1.5);
        graphics.strokeRoundRect(left, 0.75, right - left, height - 1.5, 6, 6);
    }
}
