package dev.storescope.app.panel.commitlog;

import dev.storescope.app.control.DrawnRegion;
import dev.storescope.app.panel.commitlog.FileTile.Flags;
import dev.storescope.app.session.RecordPlace;
import dev.storescope.app.text.Formats;
import java.util.Optional;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Paint;

/// What lies over the cells: the three pointers as flags, the cell under the mouse, the cursor, the selected message.
final class GridMarks extends DrawnRegion {
    private static final double POLE = 2;
    private static final double NARROWEST_SELECTION = 4;
    private static final double TEXT_SCALE = 0.8;
    private static final double TEXT_LINE = 1.35;

    private final PointerNames names;
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
        marks.selected.ifPresent(place -> drawSelected(graphics, place));
        if (marks.hovered >= 0) {
            outline(graphics, marks.hovered, textFill(), 1);
        }
        if (marks.cursor >= 0) {
            outline(graphics, marks.cursor, accentFill(), 2);
        }
        drawFlags(graphics, height);
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
        Flags at = marks.flags;
        Flags said = marks.said;
        double fontSize = textFont().getSize() * TEXT_SCALE;
        double tagHeight = Math.rint(fontSize * TEXT_LINE);
        var placing = new FlagPlacing(marks.grid, height, tagHeight);
        graphics.setFont(numberFont(TEXT_SCALE));
        if (at.wrote() >= 0) {
            drawFlag(graphics, placing, at.wrote(), new Tag(said.wrote() < 0 ? names.wrote : joinedNames(said.wrote()),
                    said.wrote(), paintOf(said.wrote(), wroteFill()), FlagPlacing.Side.BELOW));
        }
        boolean committedApart = said.committed() < 0 || said.committed() != said.wrote();
        if (at.committed() >= 0 && committedApart) {
            drawFlag(graphics, placing, at.committed(),
                    new Tag(said.committed() < 0 ? names.committed : joinedNames(said.committed()), said.committed(),
                            paintOf(said.committed(), committedFill()), FlagPlacing.Side.ABOVE));
        }
        boolean flushedApart = said.flushed() < 0
                || said.flushed() != said.wrote() && said.flushed() != said.committed();
        if (at.flushed() >= 0 && flushedApart) {
            drawFlag(graphics, placing, at.flushed(),
                    new Tag(names.flushed, said.flushed(), flushedFill(), FlagPlacing.Side.ABOVE));
        }
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

    private void drawFlag(GraphicsContext graphics, FlagPlacing placing, long position, Tag written) {
        CellGrid grid = marks.grid;
        // The end of the file is no cell of its own: the flag stands behind the last byte.
        long last = Math.min(position, grid.toPosition() - 1);
        if (position < grid.fromPosition() || position > grid.toPosition()) {
            return;
        }
        double x = last < position ? grid.right(grid.columnOf(last)) : grid.x(position);
        int row = grid.rowOf(last);
        String number = written.number < 0 ? "" : Formats.count(written.number);
        double digit = textFont().getSize() * TEXT_SCALE * 0.6;
        String text = number.isEmpty() ? written.name : written.name + " " + number;
        double textWidth = text.length() * digit;
        if (textWidth + digit * 2 > grid.width()) {
            text = number.isEmpty() ? written.name : number;
            textWidth = text.length() * digit;
        }
        FlagPlacing.Tag tag = placing.place(x, row, textWidth + digit * 2, written.side);
        graphics.setFill(textFill());
        double poleTop = Math.min(grid.top(row) - 1, tag.top());
        double poleBottom = Math.max(grid.bottom(row) + 1, tag.top() + tag.height());
        graphics.fillRect(Math.rint(x - POLE / 2), poleTop, POLE, poleBottom - poleTop);
        Paint paint = written.paint;
        graphics.setFill(surfaceFill());
        graphics.fillRoundRect(tag.left(), tag.top(), tag.width(), tag.height(), 4, 4);
        graphics.setFill(paint);
        graphics.fillRoundRect(tag.left(), tag.top(), 3, tag.height(), 3, 3);
        graphics.setStroke(paint);
        graphics.setLineWidth(1);
        graphics.strokeRoundRect(tag.left() + 0.5, tag.top() + 0.5, tag.width() - 1, tag.height() - 1, 4, 4);
        graphics.setFill(textFill());
        graphics.fillText(text, tag.left() + digit + 1, tag.top() + tag.height() * 0.75);
    }
}
