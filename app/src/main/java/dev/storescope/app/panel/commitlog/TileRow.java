package dev.storescope.app.panel.commitlog;

import dev.storescope.app.panel.commitlog.FileTileView.Overlay;
import dev.storescope.app.panel.commitlog.FileTileView.Pointing;
import dev.storescope.app.panel.commitlog.FileTileView.Width;
import dev.storescope.app.panel.commitlog.LogBrowser.Room;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.geometry.Insets;
import javafx.scene.AccessibleRole;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;

/// Tiles beside each other, as many as there is room for. Takes the keyboard for all of them.
public final class TileRow extends Region {
    private static final double SPACE = 12;
    private static final double NARROWEST_EM = 12;
    private static final double WISHED_EM = 21;
    /// Below this the name and the state stand one below the other, the figures too.
    private static final double WIDE_FROM_EM = 19.5;
    /// Three figures beside each other: of a digit the width, and what is between and around them.
    private static final double DIGIT_EM = 0.553;
    private static final double FIGURES_SPACE = 48;
    private static final int FIGURES = 3;
    private static final int USUAL_TILES = 3;
    private static final int MOST_TILES = 6;
    private static final double LEAST_HEIGHT_EM = 17;
    private static final double PREFERRED_HEIGHT_EM = 18;
    private static final double USUAL_EM_PIXELS = 13;

    private final List<FileTileView> views = new ArrayList<>();
    private Texts texts;
    private Pointing pointing;
    private LogPicture picture = LogPicture.NOTHING;
    private Room room = Room.NONE;

    public TileRow() {
        getStyleClass().add("tile-row");
        setAccessibleRole(AccessibleRole.NODE);
        setFocusTraversable(true);
        setOnScroll(this::turned);
    }

    /// Anywhere on the tiles and between them: what is nearest to the mouse is meant.
    private void turned(ScrollEvent event) {
        if (event.getDeltaY() != 0) {
            long offset = views.stream()
                    .min(Comparator.comparingDouble(view -> distance(view, event.getX())))
                    .map(view -> view.offsetNear(event.getSceneX(), event.getSceneY()))
                    .orElse(-1L);
            pointing.wheel(offset, event.getDeltaY());
            event.consume();
        }
    }

    private static double distance(FileTileView view, double x) {
        return Math.max(view.getLayoutX() - x, x - view.getLayoutX() - view.getWidth());
    }

    /// Before anything is shown.
    void setUp(Texts usedTexts, Pointing usedPointing) {
        texts = usedTexts;
        pointing = usedPointing;
    }

    /// How much room there is, as of the last layout. To be asked for once a frame: what is shown must not change while
    /// it is being laid out.
    Room room() {
        return room;
    }

    void show(LogPicture newPicture, Overlay overlay) {
        if (views.size() != newPicture.tiles().size()) {
            makeViews(newPicture.tiles().size());
        }
        boolean anotherView = picture.view() != newPicture.view();
        picture = newPicture;
        for (int i = 0; i < views.size(); i++) {
            views.get(i)
                    .show(newPicture.tiles().get(i), newPicture.said().get(i), newPicture.grid(), newPicture.view(),
                            overlay);
        }
        if (anotherView) {
            requestLayout();
        }
    }

    private void makeViews(int count) {
        while (views.size() < count) {
            views.add(new FileTileView(texts, pointing));
        }
        while (views.size() > count) {
            views.removeLast();
        }
        getChildren().setAll(views);
    }

    private double emPixels() {
        return views.isEmpty() ? USUAL_EM_PIXELS : views.getFirst().emPixels();
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        int count = Math.max(1, views.size());
        // All equally wide: they share one layout of cells.
        double tileWidth = Math.floor((width + SPACE) / count - SPACE);
        double pitch = count == 1 ? 0 : (width - tileWidth) / (count - 1);
        views.forEach(FileTileView::applyCss);
        Width kind = tileWidth < widestNeed() ? Width.NARROW : Width.WIDE;
        for (int i = 0; i < views.size(); i++) {
            FileTileView view = views.get(i);
            view.setTileWidth(kind);
            view.resizeRelocate(Math.rint(i * pitch), 0, tileWidth, getHeight());
            view.layout();
        }
        room = measure(width);
    }

    /// From which width on a tile has room for all side by side; the figures of longer files have more digits.
    private double widestNeed() {
        double em = emPixels();
        int digits = Formats.count(picture.grid().fileBytes()).length();
        double figures = FIGURES * digits * DIGIT_EM * em + FIGURES_SPACE;
        double heads = views.stream().mapToDouble(FileTileView::headNeed).max().orElse(0);
        return Math.max(WIDE_FROM_EM * em, Math.max(figures, heads));
    }

    /// How many whole files there would be room for, and how much room each has.
    private Room measure(double width) {
        double em = emPixels();
        int wished = (int) ((width + SPACE) / (WISHED_EM * em + SPACE));
        int possible = (int) ((width + SPACE) / (NARROWEST_EM * em + SPACE));
        int tiles = Math.clamp(Math.max(wished, Math.min(possible, USUAL_TILES)), 1, MOST_TILES);
        if (views.isEmpty()) {
            return new Room(tiles, 0, 0, 0, 0);
        }
        FileTileView first = views.getFirst();
        Insets insets = first.getInsets();
        double sides = insets.getLeft() + insets.getRight();
        double areaWidth = Math.floor(first.areaWidth());
        double areaHeight = Math.floor(first.areaHeight());
        if (picture.view() == LogPicture.View.CLOSE) {
            return new Room(tiles, Math.floor((width + SPACE) / tiles - SPACE - sides), areaHeight, areaWidth,
                    areaHeight);
        }
        double gutter = RowGutter.widthFor(picture.grid().fileBytes(), em);
        return new Room(tiles, areaWidth, areaHeight, Math.floor(width - sides - gutter), areaHeight);
    }

    @Override
    protected double computeMinHeight(double width) {
        return Math.rint(LEAST_HEIGHT_EM * emPixels());
    }

    @Override
    protected double computePrefHeight(double width) {
        return Math.rint(PREFERRED_HEIGHT_EM * emPixels());
    }

    @Override
    protected double computeMinWidth(double height) {
        return Math.rint(NARROWEST_EM * emPixels());
    }

    @Override
    protected double computePrefWidth(double height) {
        return Math.rint((NARROWEST_EM * USUAL_TILES) * emPixels() + 2 * SPACE);
    }
}
