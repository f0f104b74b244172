package dev.storescope.app.panel.commitlog;

import dev.storescope.app.control.DrawnRegion;
import dev.storescope.app.panel.commitlog.FileTile.Flags;
import dev.storescope.app.session.RecordPlace;
import dev.storescope.app.text.Formats;
import dev.storescope.engine.sim.disk.CutPages.Fate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Paint;

/// What lies over the cells: the three pointers as flags, the cell under the mouse, the cursor, the selected message.
final class GridMarks extends DrawnRegion {
    private static final double POLE = 2;
    private static final double NARROWEST_SELECTION = 4;
    private static final double TEXT_SCALE = 0.8;
    private static final double TEXT_LINE = 1.35;

    private static final double UNDERLINE = 3;
    /// Of a cell's shorter side, around the sign of what a power cut made of it.
    private static final double CUT_INSET = 0.25;
    private static final double CUT_LINE = 1.5;
    private static final double FORCED_OPACITY = 0.35;

    private final PointerNames names;
    private Optional<FileTile> tile = Optional.empty();
    private CutMarks cut = CutMarks.NONE;
    private ForceUnderWay force = ForceUnderWay.NONE;
    private Marks marks = new Marks(0, 0, Flags.NONE, Flags.NONE, CellGrid.NONE, -1, -1, Optional.empty());

    /// What the pointers are called, as they are written on their flags.
    record PointerNames(String flushed, String committed, String wrote) {
    }

    /// All that is drawn. Positions are bytes from the start of the file; -1 for none.
    ///
    /// @param flags where they stand
    /// @param said the numbers written on them
    private record Marks(long fromOffset, long fileBytes, Flags flags, Flags said, CellGrid grid, long hovered,
            long cursor, Optional<RecordPlace> selected) {
    }

    GridMarks(PointerNames names) {
        this.names = names;
        setMouseTransparent(true);
    }

    /// @param nowCut what a power cut made of the pages
    void show(FileTile newTile, CutMarks nowCut) {
        tile = Optional.of(newTile);
        if (!nowCut.equals(cut)) {
            cut = nowCut;
            redraw();
        }
    }

    /// @param nowForced positions that are being forced
    void show(ForceUnderWay nowForced) {
        if (!nowForced.equals(force)) {
            force = nowForced;
            redraw();
        }
    }

    /// @param said the pointers as they are spoken of: numbers are written ten times a second, the flags move all the time
    /// @param hovered offset under the mouse, -1 for none
    /// @param cursor offset of the cursor, -1 for none
    void show(FileTile tile, Flags said, CellGrid grid, long hovered, long cursor, Optional<RecordPlace> selected) {
        var now = new Marks(tile.fromOffset(), tile.sizeBytes(), tile.flags(), said, grid,
                inFile(tile, grid, hovered), inFile(tile, grid, cursor),
                selected.filter(place -> place.endOffset() > tile.fromOffset()
                        && place.commitLogOffset() < tile.endOffset()));
        if (!now.equals(marks)) {
            marks = now;
            redraw();
        }
    }

    /// Every offset of a cell is the same here, so that nothing is drawn while the mouse moves within one.
    private static long inFile(FileTile tile, CellGrid grid, long offset) {
        long position = offset - tile.fromOffset();
        return offset >= 0 && grid.rows() > 0 && grid.shows(position) && position < tile.sizeBytes()
                ? grid.cellStart(position)
                : -1;
    }

    @Override
    protected void draw(GraphicsContext graphics, double width, double height) {
        if (marks.grid.rows() == 0) {
            return;
        }
        if (cut.isAny()) {
            tile.ifPresent(file -> drawCut(graphics, file));
        }
        underline(graphics, force.from(), force.to(), FORCED_OPACITY);
        underline(graphics, force.from(), force.reached(), 1);
        marks.selected.ifPresent(place -> drawSelected(graphics, place));
        if (marks.hovered >= 0) {
            outline(graphics, marks.hovered, textFill(), 1);
        }
        if (marks.cursor >= 0) {
            outline(graphics, marks.cursor, accentFill(), 2);
        }
        drawFlags(graphics, height);
    }

    /// Cells of which a power cut took something, or might have: as they are on the disk now.
    private void drawCut(GraphicsContext graphics, FileTile file) {
        CellGrid grid = marks.grid;
        for (long at = grid.fromPosition(); at < grid.toPosition(); at = grid.cellEnd(at)) {
            int column = grid.columnOf(at);
            int row = grid.rowOf(at);
            cut.in(file, at, grid.cellEnd(at))
                    .ifPresent(fate -> drawCut(graphics, fate, grid.left(column), grid.top(row),
                            grid.right(column) - grid.left(column), grid.cellHeight(row)));
        }
    }

    private void drawCut(GraphicsContext graphics, Fate fate, double x, double y, double width, double height) {
        double inset = Math.min(width, height) * CUT_INSET;
        graphics.setFill(fate == Fate.KEPT ? flushedFill() : surfaceFill());
        graphics.fillRect(x, y, width, height);
        graphics.setStroke(dangerFill());
        graphics.setLineWidth(CUT_LINE);
        switch (fate) {
            case KEPT -> {
                double size = Math.min(width, height) - 2 * inset;
                graphics.setFill(surfaceFill());
                graphics.fillOval(x + (width - size) / 2, y + (height - size) / 2, size, size);
            }
            case PARTLY -> graphics.strokeLine(x + inset, y + height - inset, x + width - inset, y + inset);
            case TAKEN -> {
                graphics.strokeLine(x + inset, y + height - inset, x + width - inset, y + inset);
                graphics.strokeLine(x + inset, y + inset, x + width - inset, y + height - inset);
            }
        }
    }

    /// A line at the foot of the cells: the cells themselves keep the colour of what they are until the force has ended.
    private void underline(GraphicsContext graphics, long fromPosition, long toPosition, double opacity) {
        CellGrid grid = marks.grid;
        long from = Math.max(fromPosition, grid.fromPosition());
        long to = Math.min(toPosition, grid.toPosition());
        graphics.setGlobalAlpha(opacity);
        graphics.setFill(flushedFill());
        for (long at = from; at < to; at = grid.cellEnd(at)) {
            long end = Math.min(to, grid.cellEnd(at));
            double left = grid.x(at);
            double right = end == grid.cellEnd(at) ? grid.right(grid.columnOf(at)) : grid.x(end);
            graphics.fillRect(left, grid.bottom(grid.rowOf(at)) - UNDERLINE, Math.max(1, right - left), UNDERLINE);
        }
        graphics.setGlobalAlpha(1);
    }

    private void outline(GraphicsContext graphics, long position, Paint stroke, double lineWidth) {
        CellGrid grid = marks.grid;
        int column = grid.columnOf(position);
        double left = grid.left(column) - lineWidth / 2;
        int row = grid.rowOf(position);
        double top = grid.top(row) - lineWidth / 2;
        graphics.setStroke(stroke);
        graphics.setLineWidth(lineWidth);
        graphics.strokeRect(left, top, grid.right(column) - left + lineWidth / 2,
                grid.cellHeight(row) + lineWidth);
    }

    private void drawSelected(GraphicsContext graphics, RecordPlace place) {
        CellGrid grid = marks.grid;
        long from = Math.max(place.commitLogOffset() - marks.fromOffset, grid.fromPosition());
        long to = Math.min(place.endOffset() - marks.fromOffset, grid.toPosition());
        if (from >= to) {
            return;
        }
        graphics.setStroke(accentFill());
        graphics.setLineWidth(2);
        for (int row = grid.rowOf(from); row <= grid.rowOf(to - 1); row++) {
            long rowFrom = Math.max(from, grid.fromPosition() + row * grid.rowBytes());
            long rowTo = Math.min(to, grid.fromPosition() + (row + 1) * grid.rowBytes());
            double left = grid.x(rowFrom);
            double right = Math.max(grid.x(rowTo - 1), left + NARROWEST_SELECTION);
            graphics.strokeRect(left, grid.top(row), right - left, grid.cellHeight(row));
        }
    }

    /// Pointers that were one when their numbers were written share a flag until they are written anew.
    private void drawFlags(GraphicsContext graphics, double height) {
        double fontSize = textFont().getSize() * TEXT_SCALE;
        var placing = new FlagPlacing(marks.grid, height, Math.rint(fontSize * TEXT_LINE));
        List<Flag> flags = new ArrayList<>();
        tags().forEach((position, tag) -> place(placing, position, tag).ifPresent(flags::add));
        graphics.setFont(numberFont(TEXT_SCALE));
        // All poles before all texts: none is drawn through what is written on another flag.
        flags.forEach(flag -> drawPole(graphics, flag));
        flags.forEach(flag -> drawText(graphics, flag));
    }

    /// What stands where, in the order in which room is found for it.
    private Map<Long, Tag> tags() {
        Flags at = marks.flags;
        Flags said = marks.said;
        Map<Long, Tag> tags = new LinkedHashMap<>();
        if (at.wrote() >= 0) {
            tags.put(at.wrote(), new Tag(said.wrote() < 0 ? names.wrote : joinedNames(said.wrote()), said.wrote(),
                    paintOf(said.wrote(), wroteFill()), FlagPlacing.Side.BELOW));
        }
        boolean committedApart = said.committed() < 0 || said.committed() != said.wrote();
        if (at.committed() >= 0 && committedApart) {
            tags.putIfAbsent(at.committed(),
                    new Tag(said.committed() < 0 ? names.committed : joinedNames(said.committed()), said.committed(),
                            paintOf(said.committed(), committedFill()), FlagPlacing.Side.ABOVE));
        }
        boolean flushedApart = said.flushed() < 0
                || said.flushed() != said.wrote() && said.flushed() != said.committed();
        if (at.flushed() >= 0 && flushedApart) {
            tags.putIfAbsent(at.flushed(),
                    new Tag(names.flushed, said.flushed(), flushedFill(), FlagPlacing.Side.ABOVE));
        }
        return tags;
    }

    /// What is written on a flag.
    ///
    /// @param number -1 when it is not known yet
    private record Tag(String name, long number, Paint paint, FlagPlacing.Side side) {
    }

    /// The names of all pointers that stood there when numbers were written: `wrote = committed`.
    private String joinedNames(long position) {
        var joined = new StringBuilder();
        append(joined, marks.said.wrote() == position, names.wrote);
        append(joined, marks.said.committed() == position, names.committed);
        append(joined, marks.said.flushed() == position, names.flushed);
        return joined.toString();
    }

    private static void append(StringBuilder joined, boolean isThere, String name) {
        if (isThere) {
            joined.append(joined.isEmpty() ? "" : " = ").append(name);
        }
    }

    /// The safest of those that stand there: up to it, bytes are at least so safe.
    private Paint paintOf(long position, Paint own) {
        if (position < 0) {
            return own;
        }
        return marks.said.flushed() == position
                ? flushedFill()
                : marks.said.committed() == position ? committedFill() : own;
    }

    /// A flag with its place.
    ///
    /// @param x of the pointer
    /// @param row in which it stands
    private record Flag(Tag written, String text, double x, int row, FlagPlacing.Tag place) {
    }

    /// Nothing when the position cannot be seen.
    private Optional<Flag> place(FlagPlacing placing, long position, Tag written) {
        CellGrid grid = marks.grid;
        if (position < grid.fromPosition() || position > grid.toPosition()) {
            return Optional.empty();
        }
        // The end of the file is no cell of its own: the flag stands behind the last byte.
        long last = Math.min(position, grid.toPosition() - 1);
        double x = last < position ? grid.right(grid.columnOf(last)) : grid.x(position);
        int row = grid.rowOf(last);
        String number = written.number < 0 ? "" : Formats.count(written.number);
        String text = number.isEmpty() ? written.name : written.name + " " + number;
        if (widthOf(text) > grid.width()) {
            // The numbers stand below the cells as well: what the flag is comes first.
            text = number.isEmpty() || widthOf(written.name) <= grid.width() ? written.name : number;
        }
        return Optional.of(new Flag(written, text, x, row, placing.place(x, row, widthOf(text), written.side)));
    }

    private double digitWidth() {
        return textFont().getSize() * TEXT_SCALE * 0.6;
    }

    private double widthOf(String text) {
        return (text.length() + 2) * digitWidth();
    }

    private void drawPole(GraphicsContext graphics, Flag flag) {
        double top = Math.min(marks.grid.top(flag.row) - 1, flag.place.top());
        double bottom = Math.max(marks.grid.bottom(flag.row) + 1, flag.place.top() + flag.place.height());
        graphics.setFill(textFill());
        graphics.fillRect(Math.rint(flag.x - POLE / 2), top, POLE, bottom - top);
    }

    private void drawText(GraphicsContext graphics, Flag flag) {
        FlagPlacing.Tag place = flag.place;
        Paint paint = flag.written.paint;
        graphics.setFill(surfaceFill());
        graphics.fillRoundRect(place.left(), place.top(), place.width(), place.height(), 4, 4);
        graphics.setFill(paint);
        graphics.fillRoundRect(place.left(), place.top(), 3, place.height(), 3, 3);
        graphics.setStroke(paint);
        graphics.setLineWidth(1);
        graphics.strokeRoundRect(place.left() + 0.5, place.top() + 0.5, place.width() - 1, place.height() - 1, 4, 4);
        graphics.setFill(textFill());
        graphics.fillText(flag.text, place.left() + digitWidth() + 1, place.top() + place.height() * 0.75);
    }
}
