package dev.storescope.app.panel.timeline;

import dev.storescope.app.session.trace.LaneGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where the rows and the axis of time lie, for a size of text; the same for the names beside them.
///
/// @param scrolled how far the rows are moved up, pixels
record RowPlaces(List<Row> rows, double emPixels, double height, double scrolled) {
    private static final double ROW_EM = 1.15;
    /// A group of threads that do different things at a time is read by its heights.
    private static final int PRODUCERS_ROWS = 2;
    private static final double GAP_PIXELS = 3;
    private static final double AXIS_EM = 1.5;

    RowPlaces {
        scrolled = Math.max(0, Math.min(scrolled, contentHeight(rows, emPixels) - (height - axis(emPixels))));
    }

    static RowPlaces of(List<Row> rows, double emPixels, double height, double scrolled) {
        return new RowPlaces(rows, emPixels, height, scrolled);
    }

    private static double axis(double emPixels) {
        return Math.rint(AXIS_EM * emPixels);
    }

    /// Of all rows and the axis.
    static double wholeHeight(List<Row> rows, double emPixels) {
        return contentHeight(rows, emPixels) + axis(emPixels);
    }

    private static double contentHeight(List<Row> rows, double emPixels) {
        return rows.stream().mapToDouble(row -> heightOf(row, emPixels) + GAP_PIXELS).sum();
    }

    private static double heightOf(Row row, double emPixels) {
        boolean isTall = row.isGroup() && row.group() == LaneGroup.PRODUCERS;
        double one = Math.rint(ROW_EM * emPixels);
        return isTall ? PRODUCERS_ROWS * one : one;
    }

    double rowHeight(int row) {
        return heightOf(rows.get(row), emPixels);
    }

    double axisTop() {
        return height - axis(emPixels);
    }

    double top(int row) {
        double top = 0;
        for (int i = 0; i < row; i++) {
            top += rowHeight(i) + GAP_PIXELS;
        }
        return Math.rint(top - scrolled);
    }

    boolean isSeen(int row) {
        return top(row) + rowHeight(row) > 0 && top(row) < axisTop();
    }

    /// Whether rows lie outside of what is seen.
    boolean overflows() {
        return contentHeight(rows, emPixels) > axisTop();
    }

    /// The share of the rows that is seen, and where it begins.
    double seenPart() {
        return axisTop() / contentHeight(rows, emPixels);
    }

    double seenFrom() {
        return scrolled / contentHeight(rows, emPixels);
    }

    boolean isAxis(double y) {
        return y >= axisTop();
    }

    Optional<Row> rowAt(double y) {
        if (isAxis(y) || y < 0) {
            return Optional.empty();
        }
        for (int i = 0; i < rows.size(); i++) {
            if (y < top(i) + rowHeight(i) + GAP_PIXELS) {
                return Optional.of(rows.get(i));
            }
        }
        return Optional.empty();
    }

    /// The rows that are seen, for pixels of another scale.
    List<LaneRaster.Place> inPixels(double scale) {
        var places = new ArrayList<LaneRaster.Place>();
        for (int i = 0; i < rows.size(); i++) {
            if (isSeen(i)) {
                places.add(new LaneRaster.Place(rows.get(i), (int) (top(i) * scale), (int) (rowHeight(i) * scale)));
            }
        }
        return places;
    }
}
