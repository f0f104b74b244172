package dev.storescope.app.control;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;

/// A small chart of a [Series] over the last time, from 0 at its foot. A gap in the series is a gap in the line.
///
/// The mouse, or the arrow keys, point at a moment; whoever is told by [#setOnPoint] decides what is shown of it, and
/// marks it by [#point].
///
/// Drawn in columns of one pixel: a smooth line over hundreds of points costs ten times as much.
///
/// Style class `sparkline`; `-lab-series-fill` is the colour of the line.
public final class Sparkline extends DrawnRegion {
    private static final StyleablePropertyFactory<Sparkline> FACTORY = new StyleablePropertyFactory<>(
            DrawnRegion.getClassCssMetaData());
    private static final double LINE_PIXELS = 1.5;
    private static final double AREA_OPACITY = 0.16;
    /// Between the lowest and the highest.
    private static final double BAND_OPACITY = 0.4;
    private static final double HEADROOM = 1.08;
    private static final int KEY_STEPS = 60;

    private final StyleableProperty<Paint> seriesFill = FACTORY.createStyleablePaintProperty(this, "seriesFill",
            "-lab-series-fill", line -> line.seriesFill, Color.GRAY);
    private Series series = new Series(1);
    private long endNanos;
    private long spanNanos = 1;
    private OptionalLong pointed = OptionalLong.empty();
    private Consumer<OptionalLong> onPoint = _ -> {
    };

    public Sparkline() {
        getStyleClass().add("sparkline");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setFocusTraversable(true);
        ((javafx.beans.value.ObservableValue<?>) seriesFill).addListener((_, _, _) -> redraw());
        addEventHandler(MouseEvent.MOUSE_MOVED, event -> pointAt(event.getX()));
        addEventHandler(MouseEvent.MOUSE_DRAGGED, event -> pointAt(event.getX()));
        addEventHandler(MouseEvent.MOUSE_EXITED, _ -> onPoint.accept(OptionalLong.empty()));
        addEventHandler(MouseEvent.MOUSE_PRESSED, _ -> requestFocus());
        addEventHandler(KeyEvent.KEY_PRESSED, this::onKey);
        focusedProperty().addListener((_, _, focused) -> {
            if (!focused) {
                onPoint.accept(OptionalLong.empty());
            }
        });
    }

    private void pointAt(double x) {
        double age = (1 - Math.clamp(x / Math.max(1, getWidth()), 0, 1)) * spanNanos;
        onPoint.accept(OptionalLong.of((long) age));
    }

    private void onKey(KeyEvent event) {
        long step = spanNanos / KEY_STEPS;
        OptionalLong next = switch (event.getCode()) {
            case KeyCode.LEFT -> OptionalLong.of(Math.min(spanNanos, pointed.orElse(-step) + step));
            case KeyCode.RIGHT -> OptionalLong.of(Math.max(0, pointed.orElse(step) - step));
            default -> OptionalLong.empty();
        };
        boolean back = event.getCode() == KeyCode.ESCAPE && pointed.isPresent();
        if (next.isPresent() || back) {
            event.consume();
            onPoint.accept(next);
        }
    }

    /// Draws it.
    ///
    /// @param shown what is read now and at each later drawing
    /// @param end the moment at the right edge
    /// @param span from the left edge to the right
    public void show(Series shown, long end, long span) {
        series = shown;
        endNanos = end;
        spanNanos = span;
        redraw();
    }

    /// Marks a moment.
    ///
    /// @param ageNanos before the right edge
    public void point(OptionalLong ageNanos) {
        if (!ageNanos.equals(pointed)) {
            pointed = ageNanos;
            redraw();
        }
    }

    /// Is told the age of the moment that the user points at; nothing when he no longer does.
    public void setOnPoint(Consumer<OptionalLong> consumer) {
        onPoint = consumer;
    }

    @Override
    protected void draw(GraphicsContext graphics, double width, double height) {
        graphics.setFill(lineStroke());
        graphics.fillRect(0, height - 1, width, 1);
        double highest = Math.max(series.highestFrom(endNanos - spanNanos).orElse(0), Double.MIN_NORMAL) * HEADROOM;
        double room = height - 1 - LINE_PIXELS;
        graphics.setFill(seriesFill.getValue());
        for (int x = 0; x < width; x++) {
            Column column = column(x, width);
            if (column.known()) {
                double top = room * (1 - column.high / highest);
                double lineFoot = room * (1 - column.lineLow / highest) + LINE_PIXELS;
                double bandFoot = Math.max(lineFoot, room * (1 - column.low / highest));
                fill(graphics, x, bandFoot, height - 1, AREA_OPACITY);
                fill(graphics, x, lineFoot, bandFoot, BAND_OPACITY);
                fill(graphics, x, top, lineFoot, 1);
            }
        }
        graphics.setGlobalAlpha(1);
        pointed.ifPresent(age -> {
            graphics.setFill(mutedFill());
            graphics.fillRect(Math.rint((1 - (double) age / spanNanos) * (width - 1)), 0, 1, height - 1);
        });
    }

    private static void fill(GraphicsContext graphics, double x, double top, double foot, double opacity) {
        if (foot > top) {
            graphics.setGlobalAlpha(opacity);
            graphics.fillRect(x, top, 1, foot - top);
        }
    }

    /// What the series was in the time of one column; its line joined to the column before it.
    private Column column(int x, double width) {
        long from = timeAt(x, width);
        long to = timeAt(x + 1, width);
        int first = series.indexFrom(from);
        double low = Double.POSITIVE_INFINITY;
        double lineLow = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = first; i < series.size() && series.timeNanos(i) - to < 0; i++) {
            if (!series.isGap(i)) {
                low = Math.min(low, series.low(i));
                lineLow = Math.min(lineLow, series.high(i));
                high = Math.max(high, series.high(i));
            }
        }
        double before = between(first - 1, first, from);
        if (!Double.isNaN(before)) {
            low = Math.min(low, Math.min(before, series.low(first)));
            lineLow = Math.min(lineLow, before);
            high = Math.max(high, before);
        }
        return new Column(low, lineLow, high);
    }

    /// On the straight line between two values; not a number where one of them is unknown.
    private double between(int i, int next, long time) {
        if (i < 0 || next >= series.size() || series.isGap(i) || series.isGap(next)) {
            return Double.NaN;
        }
        double part = (double) (time - series.timeNanos(i)) / (series.timeNanos(next) - series.timeNanos(i));
        return series.high(i) + (series.high(next) - series.high(i)) * part;
    }

    private long timeAt(int x, double width) {
        return endNanos - spanNanos + (long) (spanNanos * (x / width));
    }

    /// @param low the least
    /// @param lineLow where the line of the highest values is lowest
    private record Column(double low, double lineLow, double high) {
        boolean known() {
            return high >= low;
        }
    }

    @Override
    protected double computePrefWidth(double height) {
        return 120;
    }

    /// For subclasses and for JavaFX.
    public static List<CssMetaData<? extends Styleable, ?>> getClassCssMetaData() {
        return FACTORY.getCssMetaData();
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return FACTORY.getCssMetaData();
    }
}
