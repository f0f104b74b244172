package dev.storescope.app.panel.commitlog;

import dev.storescope.app.control.DrawnRegion;
import dev.storescope.app.panel.commitlog.FileTile.Hole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Paint;

/// The pages of a file as cells in the colour of their region. A cell that a pointer stands in is coloured up to the
/// pointer. Paints only the rows over which a pointer has moved since the last time.
final class PageGrid extends DrawnRegion {
    private static final double ROUNDED_FROM = 9;
    private static final double CORNER = 3;
    private static final double HATCH_STEP = 5;
    private static final double UNWRITTEN_OPACITY = 0.55;

    private FileTile tile;
    private CellGrid grid = CellGrid.NONE;

    void show(FileTile newTile, CellGrid newGrid) {
        FileTile before = tile;
        boolean onlyMoved = before != null && newGrid.equals(grid)
                && before.fromOffset() == newTile.fromOffset()
                && before.state().isWritten() == newTile.state().isWritten()
                && before.blankPosition() == newTile.blankPosition()
                && before.holes().equals(newTile.holes())
                && !hasGoneBack(before, newTile);
        tile = newTile;
        grid = newGrid;
        if (!onlyMoved) {
            redraw();
            return;
        }
        repaint(before.flushed(), newTile.flushed());
        repaint(before.committed(), newTile.committed());
        repaint(before.wrote(), newTile.wrote());
    }

    private static boolean hasGoneBack(FileTile before, FileTile now) {
        return now.flushed() < before.flushed() || now.committed() < before.committed() || now.wrote() < before.wrote();
    }

    /// Paints the cells between two positions anew.
    private void repaint(long from, long to) {
        if (from == to || grid.rows() == 0) {
            return;
        }
        long first = grid.cellStart(Math.max(from, grid.fromPosition()));
        long end = Math.min(to, grid.toPosition());
        GraphicsContext graphics = graphics();
        for (long cell = first; cell < end; cell += grid.bytesPerCell()) {
            int column = grid.columnOf(cell);
            int row = grid.rowOf(cell);
            graphics.clearRect(grid.left(column), grid.top(row), grid.right(column) - grid.left(column),
                    grid.cellHeight(row));
            paintCell(graphics, cell, column, row);
        }
    }

    @Override
    protected void draw(GraphicsContext graphics, double width, double height) {
        if (tile == null) {
            return;
        }
        for (long cell = grid.fromPosition(); cell < grid.toPosition(); cell += grid.bytesPerCell()) {
            paintCell(graphics, cell, grid.columnOf(cell), grid.rowOf(cell));
        }
    }

    private void paintCell(GraphicsContext graphics, long from, int column, int row) {
        paintRegions(graphics, from, column, row);
        long to = grid.cellEnd(from);
        for (Hole hole : tile.holes()) {
            long begin = Math.max(from, hole.from());
            long end = Math.min(to, hole.to());
            if (begin < end) {
                fillPart(graphics, from, to, begin, end, column, row, dangerFill());
                hatch(graphics, begin, end, column, row);
            }
        }
    }

    private void paintRegions(GraphicsContext graphics, long from, int column, int row) {
        long to = grid.cellEnd(from);
        long dataEnd = tile.blankPosition() < 0 ? tile.wrote() : Math.min(tile.wrote(), tile.blankPosition());
        if (to <= Math.min(dataEnd, tile.flushed())) {
            fillCell(graphics, column, row, flushedFill());
            return;
        }
        graphics.setGlobalAlpha(tile.state().isWritten() ? 1 : UNWRITTEN_OPACITY);
        fillCell(graphics, column, row, emptyFill());
        graphics.setGlobalAlpha(1);
        if (from >= dataEnd) {
            if (tile.blankPosition() >= 0) {
                hatch(graphics, from, to, column, row);
            }
            return;
        }
        long flushed = Math.min(tile.flushed(), dataEnd);
        long committed = Math.clamp(tile.committed(), flushed, Math.max(flushed, dataEnd));
        fillPart(graphics, from, to, from, flushed, column, row, flushedFill());
        fillPart(graphics, from, to, flushed, committed, column, row, committedFill());
        fillPart(graphics, from, to, committed, dataEnd, column, row, wroteFill());
        if (tile.blankPosition() >= 0 && tile.blankPosition() < to) {
            hatch(graphics, tile.blankPosition(), to, column, row);
        }
    }

    private void fillCell(GraphicsContext graphics, int column, int row, Paint fill) {
        double left = grid.left(column);
        double width = grid.right(column) - left;
        double top = grid.top(row);
        double height = grid.cellHeight(row);
        graphics.setFill(fill);
        if (Math.min(width, height) >= ROUNDED_FROM) {
            graphics.fillRoundRect(left, top, width, height, CORNER, CORNER);
        } else {
            graphics.fillRect(left, top, width, height);
        }
    }

    /// Fills what lies in the cell of the bytes between two positions.
    private void fillPart(GraphicsContext graphics, long cellFrom, long cellTo, long from, long to, int column,
            int row, Paint fill) {
        long begin = Math.max(cellFrom, from);
        long end = Math.min(cellTo, to);
        if (begin >= end) {
            return;
        }
        if (begin == cellFrom && end == cellTo) {
            fillCell(graphics, column, row, fill);
            return;
        }
        double left = begin == cellFrom ? grid.left(column) : grid.x(begin);
        double right = end == cellTo ? grid.right(column) : grid.x(end);
        graphics.setFill(fill);
        graphics.fillRect(left, grid.top(row), Math.max(right - left, 0.5), grid.cellHeight(row));
    }

    private void hatch(GraphicsContext graphics, long from, long to, int column, int row) {
        double left = from == grid.cellStart(from) ? grid.left(column) : grid.x(Math.min(from, to - 1));
        double right = to == grid.cellEnd(from) ? grid.right(column) : grid.x(to);
        double top = grid.top(row);
        double bottom = grid.bottom(row);
        graphics.setStroke(hatchStroke());
        graphics.setLineWidth(1);
        double first = Math.ceil((left + top) / HATCH_STEP) * HATCH_STEP;
        for (double diagonal = first; diagonal < right + bottom; diagonal += HATCH_STEP) {
            double beginX = Math.max(left, diagonal - bottom);
            double endX = Math.min(right, diagonal - top);
            if (endX > beginX) {
                graphics.strokeLine(beginX, diagonal - beginX, endX, diagonal - endX);
            }
        }
    }
}
