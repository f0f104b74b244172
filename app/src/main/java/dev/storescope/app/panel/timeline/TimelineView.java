package dev.storescope.app.panel.timeline;

import dev.storescope.app.control.DrawnRegion;
import dev.storescope.app.panel.timeline.Ink.Role;
import dev.storescope.app.session.trace.Lane;
import dev.storescope.app.session.trace.TraceKind.Level;
import dev.storescope.app.session.trace.Track;
import dev.storescope.app.text.Formats;
import java.nio.IntBuffer;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.text.TextAlignment;

/// Draws the lanes of [TimelineViewModel], the axis of time below them, markers and cursor over them.
///
/// Lanes are pixels ([LaneRaster]) and cost the same however much happened; only the few texts are drawn as text.
public final class TimelineView extends DrawnRegion {
    private static final StyleablePropertyFactory<TimelineView> FACTORY = new StyleablePropertyFactory<>(
            DrawnRegion.getClassCssMetaData());
    private static final double TEXT_SCALE = 0.8;
    private static final double TICK_EM = 7;
    /// Times since the beginning have more figures.
    private static final double CLOCK_TICK_EM = 9.5;
    private static final double LABEL_FROM_EM = 5;
    private static final double CHARACTER_EM = 0.55;
    private static final int MOST_LABELS = 36;
    private static final int LABELLED_SPANS = 300;
    private static final double BAND_OPACITY = 0.14;
    private static final double GRID_OPACITY = 0.22;
    private static final double BADGE_CORNER = 5;
    private static final double THUMB_PIXELS = 3;
    private static final double VEIL_OPACITY = 0.62;
    private static final double GRIP_EM = 0.38;
    /// More rows than have room in that, as of a group that is unfolded, are scrolled.
    private static final double HIGHEST_EM = 17;

    private final StyleableProperty<Paint> groundFill = FACTORY.createStyleablePaintProperty(this, "groundFill",
            "-lab-ground-fill", view -> view.groundFill, Color.BLACK);
    private final StyleableProperty<Paint> labelFill = FACTORY.createStyleablePaintProperty(this, "labelFill",
            "-lab-label-fill", view -> view.labelFill, Color.BLACK);
    private final LaneRaster raster = new LaneRaster();
    private Optional<PixelBuffer<IntBuffer>> buffer = Optional.empty();
    private WritableImage image;
    private TimelineViewModel model;
    private String emptyText = "";
    private double scrolled;
    private double asked;
    private int labels;

    public TimelineView() {
        getStyleClass().add("timeline-view");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setFocusTraversable(true);
        ((ObservableValue<?>) groundFill).addListener((_, _, _) -> redraw());
        ((ObservableValue<?>) labelFill).addListener((_, _, _) -> redraw());
    }

    /// @param nothingYet said while nothing is recorded
    void setUp(TimelineViewModel shown, String nothingYet) {
        model = shown;
        emptyText = nothingYet;
    }

    RowPlaces places() {
        return RowPlaces.of(model.rows(), textFont().getSize(), Math.floor(getHeight()), scrolled);
    }

    /// Moves the rows up by so many pixels, as far as there are any.
    void scrollRows(double pixels) {
        scrolled = RowPlaces
                .of(model.rows(), textFont().getSize(), Math.floor(getHeight()), scrolled + pixels)
                .scrolled();
        redraw();
    }

    long nanosAt(double x) {
        return model.window().nanosAt(x, Math.floor(getWidth()));
    }

    double xOf(long nanoTime) {
        return model.window().x(nanoTime, Math.floor(getWidth()));
    }

    @Override
    protected void draw(GraphicsContext graphics, double width, double height) {
        if (model == null) {
            return;
        }
        RowPlaces places = places();
        scrolled = places.scrolled();
        if (model.rows().isEmpty()) {
            graphics.setFont(textFont(1));
            graphics.setFill(faintFill());
            graphics.setTextAlign(TextAlignment.CENTER);
            graphics.fillText(emptyText, width / 2, height / 2);
            return;
        }
        drawLanes(graphics, width, places);
        drawAxis(graphics, width, places);
        drawLabels(graphics, width, places);
        drawChosen(graphics, width, places);
        drawMarkers(graphics, width, places);
        drawCursor(graphics, places);
        drawPlayhead(graphics, width, places);
        drawThumb(graphics, width, places);
    }

    private void drawLanes(GraphicsContext graphics, double width, RowPlaces places) {
        int pixelsWide = (int) (width * pictureScale());
        int pixelsHigh = (int) (places.axisTop() * pictureScale());
        if (pixelsWide <= 0 || pixelsHigh <= 0) {
            return;
        }
        raster.begin(pixelsWide, pixelsHigh, palette(), model.window(), model.nowNanos());
        raster.draw(model.recording(), places.inPixels(pictureScale()));
        if (buffer.isEmpty() || buffer.get().getWidth() != pixelsWide || buffer.get().getHeight() != pixelsHigh) {
            var fresh = new PixelBuffer<>(pixelsWide, pixelsHigh, IntBuffer.wrap(raster.pixels()),
                    PixelFormat.getIntArgbPreInstance());
            buffer = Optional.of(fresh);
            image = new WritableImage(fresh);
        } else {
            buffer.get().updateBuffer(_ -> null);
        }
        graphics.drawImage(image, 0, 0, width, places.axisTop());
    }

    private LaneRaster.Palette palette() {
        int[] roles = new int[Role.values().length];
        for (Role role : Role.values()) {
            roles[role.ordinal()] = argb(switch (role) {
                case WROTE -> wroteFill();
                case COMMITTED -> committedFill();
                case FLUSHED -> flushedFill();
                case DISPATCH -> dispatchFill();
                case DANGER -> dangerFill();
                case ACCENT -> accentFill();
                case MUTED -> mutedFill();
                case TEXT -> textFill();
            });
        }
        return new LaneRaster.Palette(argb(groundFill.getValue()), argb(surfaceFill()), roles);
    }

    private static int argb(Paint paint) {
        Color colour = paint instanceof Color plain ? plain : Color.GRAY;
        return 0xff << 24 | (int) Math.round(colour.getRed() * 255) << 16
                | (int) Math.round(colour.getGreen() * 255) << 8
                | (int) Math.round(colour.getBlue() * 255);
    }

    private void drawAxis(GraphicsContext graphics, double width, RowPlaces places) {
        double em = textFont().getSize();
        graphics.setFont(numberFont(TEXT_SCALE));
        double baseline = Math.rint(places.axisTop() + em * 1.15);
        TimeOrigin origin = model.origin();
        int most = (int) (width / ((origin.kind() == TimeOrigin.Kind.PRESENT ? TICK_EM : CLOCK_TICK_EM) * em));
        long step = TimeTicks.step(model.window().spanNs(), Math.max(1, most));
        for (long tick : TimeTicks.of(model.window(), origin.nanos(), most)) {
            if (origin.kind() == TimeOrigin.Kind.BEGINNING && tick < 0) {
                continue;
            }
            double x = Math.rint(xOf(tick));
            graphics.setFill(mutedFill());
            graphics.setGlobalAlpha(GRID_OPACITY);
            graphics.fillRect(x, 0, 1, places.axisTop());
            graphics.setGlobalAlpha(1);
            graphics.fillRect(x, places.axisTop(), 1, 3);
            String text = origin.tick(tick, step);
            double room = text.length() * em * TEXT_SCALE * 0.31;
            graphics.setTextAlign(x < room
                    ? TextAlignment.LEFT
                    : x > width - room
                            ? TextAlignment.RIGHT
                            : TextAlignment.CENTER);
            graphics.setFill(faintFill());
            graphics.fillText(text, Math.clamp(x, 0, width), baseline);
        }
    }

    private void drawLabels(GraphicsContext graphics, double width, RowPlaces places) {
        labels = 0;
        graphics.setFont(textFont(TEXT_SCALE));
        graphics.setTextAlign(TextAlignment.LEFT);
        for (int i = 0; i < places.rows().size() && labels < MOST_LABELS; i++) {
            Row row = places.rows().get(i);
            boolean isWhole = places.top(i) >= 0 && places.top(i) + places.rowHeight(i) <= places.axisTop();
            if (row.lanes().size() == 1 && isWhole) {
                double baseline = Math.rint(places.top(i) + places.rowHeight(i) / 2 + textFont().getSize() * 0.29);
                Lane lane = row.lanes().getFirst();
                labelTrack(graphics, width, lane, lane.track(Level.WORK), baseline);
                labelTrack(graphics, width, lane, lane.track(Level.PART), baseline);
                lane.open(Level.WORK)
                        .filter(_ -> lane.open(Level.PART).isEmpty())
                        .ifPresent(open -> label(graphics, width, Hit.of(lane, open, model.nowNanos()), baseline));
            }
        }
    }

    private void labelTrack(GraphicsContext graphics, double width, Lane lane, Track track, double baseline) {
        long first = track.firstEndingFrom(model.window().fromNanos());
        long end = track.firstStartingFrom(model.window().toNanos());
        if (end - first > LABELLED_SPANS) {
            return;
        }
        for (long i = first; i < end && labels < MOST_LABELS; i++) {
            Hit hit = Hit.of(lane, track, i);
            switch (hit.kind()) {
                case FORCE, COMMIT, ALLOCATION, RECOVERY, FLUSH_WAIT, LOCK_WAIT ->
                        label(graphics, width, hit, baseline);
                default -> {
                    // what is within says more
                }
            }
        }
    }

    private void label(GraphicsContext graphics, double width, Hit hit, double baseline) {
        double em = textFont().getSize();
        double from = Math.max(0, xOf(hit.startNanos()));
        double to = Math.min(width, xOf(hit.endNanos()));
        if (to - from < LABEL_FROM_EM * em) {
            return;
        }
        String text = model.words().label(hit);
        int most = (int) ((to - from - em) / (em * TEXT_SCALE * CHARACTER_EM));
        String name = model.words().kind(hit.kind());
        String fitting = text.length() <= most ? text : name.length() <= most ? name : "";
        if (!fitting.isEmpty()) {
            graphics.setFill(labelFill.getValue());
            graphics.fillText(fitting, Math.rint(from + em / 2), baseline);
            labels++;
        }
    }

    private void drawChosen(GraphicsContext graphics, double width, RowPlaces places) {
        model.pointing().related().forEach(hit -> outline(graphics, width, places, hit, accentFill()));
        model.pointing().chosen().ifPresent(hit -> outline(graphics, width, places, hit, textFill()));
    }

    private void outline(GraphicsContext graphics, double width, RowPlaces places, Hit hit, Paint stroke) {
        for (int i = 0; i < places.rows().size(); i++) {
            Row row = places.rows().get(i);
            boolean isHere = row.lanes()
                    .stream()
                    .anyMatch(lane -> lane.threadName().equals(hit.lane().threadName()));
            if (isHere && places.isSeen(i)
                    && row.kind() != Row.Kind.UNFOLDED
                    && hit.endNanos() >= model.window()
                            .fromNanos()
                    && hit.startNanos() <= model.window().toNanos()) {
                double from = Math.rint(Math.max(-2, xOf(hit.startNanos())));
                double to = Math.rint(Math.min(width + 2, Math.max(from + 2, xOf(hit.endNanos()))));
                graphics.setStroke(stroke);
                graphics.setLineWidth(1);
                graphics.strokeRect(from - 0.5, places.top(i) - 0.5, to - from + 1, places.rowHeight(i) + 1);
            }
        }
    }

    private void drawMarkers(GraphicsContext graphics, double width, RowPlaces places) {
        Markers markers = model.measuring().markers();
        graphics.setFill(accentFill());
        if (markers.areBoth()) {
            double from = Math.clamp(xOf(markers.from()), 0, width);
            double to = Math.clamp(xOf(markers.to()), 0, width);
            graphics.setGlobalAlpha(BAND_OPACITY);
            graphics.fillRect(from, 0, to - from, places.axisTop());
            graphics.setGlobalAlpha(1);
            drawBadge(graphics, width, from, to, "Δ " + Formats.duration(markers.to() - markers.from()));
        }
        markers.first().ifPresent(time -> drawMarker(graphics, time, places));
        markers.second().ifPresent(time -> drawMarker(graphics, time, places));
    }

    private void drawMarker(GraphicsContext graphics, long time, RowPlaces places) {
        double x = Math.rint(xOf(time));
        graphics.setFill(accentFill());
        graphics.fillRect(x, 0, 1, places.axisTop());
        graphics.fillPolygon(new double[] {x - 4, x + 5, x + 0.5},
                new double[] {places.axisTop() + 5, places.axisTop() + 5, places.axisTop()}, 3);
    }

    private void drawBadge(GraphicsContext graphics, double width, double from, double to, String text) {
        if (to <= 0 || from >= width) {
            return;
        }
        double em = textFont().getSize() * TEXT_SCALE;
        double badge = Math.ceil(text.length() * em * 0.62 + em);
        double left = Math.rint(Math.clamp((from + to - badge) / 2, 0, Math.max(0, width - badge)));
        graphics.fillRoundRect(left, 1, badge, Math.ceil(em * 1.6), BADGE_CORNER, BADGE_CORNER);
        graphics.setFill(labelFill.getValue());
        graphics.setFont(numberFont(TEXT_SCALE));
        graphics.setTextAlign(TextAlignment.CENTER);
        graphics.fillText(text, left + badge / 2, Math.rint(1 + em * 1.17));
    }

    private void drawCursor(GraphicsContext graphics, RowPlaces places) {
        model.pointing().cursor().ifPresent(time -> {
            graphics.setFill(textFill());
            graphics.setGlobalAlpha(0.75);
            graphics.fillRect(Math.rint(xOf(time)), 0, 1, places.height() - 1);
            graphics.setGlobalAlpha(1);
        });
    }

    /// Where the world is, and over what it has not come to a veil.
    private void drawPlayhead(GraphicsContext graphics, double width, RowPlaces places) {
        if (!model.playhead().isThere()) {
            return;
        }
        double x = Math.rint(xOf(model.playhead().nanos()));
        double ahead = Math.clamp(x, 0, width);
        double known = Math.clamp(xOf(model.playhead().latestNanos()), 0, width);
        if (known > ahead) {
            graphics.setGlobalAlpha(VEIL_OPACITY);
            graphics.setFill(groundFill.getValue());
            graphics.fillRect(ahead, 0, known - ahead, places.axisTop());
            graphics.setGlobalAlpha(1);
        }
        model.playhead().wish().ifPresent(wish -> {
            graphics.setFill(accentFill());
            graphics.fillRect(Math.rint(xOf(wish)), 0, 1, places.height() - 1);
        });
        graphics.setFill(textFill());
        graphics.fillRect(x - 1, 0, 2, places.axisTop());
        double grip = Math.rint(textFont().getSize() * GRIP_EM);
        graphics.fillPolygon(new double[] {x - grip, x + grip, x + grip, x, x - grip},
                new double[] {0, 0, grip, 2 * grip, grip}, 5);
        graphics.fillPolygon(new double[] {x - grip, x, x + grip},
                new double[] {places.axisTop() + grip, places.axisTop(), places.axisTop() + grip}, 3);
    }

    /// Whether it is where one takes hold of the playhead; below, one points at what happened then.
    boolean isOnGrip(double x, double y) {
        double grip = Math.rint(textFont().getSize() * GRIP_EM);
        return model.playhead().isThere() && y <= 2 * grip
                && Math.abs(xOf(model.playhead().nanos()) - x) <= grip + 1;
    }

    /// Which part of the rows is seen.
    private void drawThumb(GraphicsContext graphics, double width, RowPlaces places) {
        if (places.overflows()) {
            graphics.setFill(mutedFill());
            graphics.fillRoundRect(width - THUMB_PIXELS, places.seenFrom() * places.axisTop(), THUMB_PIXELS,
                    places.seenPart() * places.axisTop(), THUMB_PIXELS, THUMB_PIXELS);
        }
    }

    /// Asks for as much room as the rows need, when that has changed.
    void fitRows() {
        double needed = neededHeight();
        if (needed != asked) {
            asked = needed;
            requestLayout();
        }
    }

    private double neededHeight() {
        double em = textFont().getSize();
        return model == null ? 0 : Math.min(RowPlaces.wholeHeight(model.rows(), em), Math.rint(HIGHEST_EM * em));
    }

    @Override
    protected double computePrefHeight(double width) {
        return neededHeight();
    }

    @Override
    protected double computePrefWidth(double height) {
        return textFont().getSize() * 24;
    }

    @Override
    protected double computeMinWidth(double height) {
        return textFont().getSize() * 12;
    }

    /// For subclasses with CSS properties of their own.
    public static List<CssMetaData<? extends Styleable, ?>> getClassCssMetaData() {
        return FACTORY.getCssMetaData();
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return FACTORY.getCssMetaData();
    }
}
