package dev.storescope.app.panel.commitlog;

import dev.storescope.app.control.DrawnRegion;
import dev.storescope.app.session.RecordHead;
import dev.storescope.app.text.Formats;
import java.util.List;
import javafx.scene.canvas.GraphicsContext;

/// Where each message begins, over the pages; with its name where there is room.
final class RecordLayer extends DrawnRegion {
    private static final double TEXT_SCALE = 0.77;
    /// Closer ones would be a grey haze.
    private static final double LEAST_DISTANCE = 4;

    private long fromOffset;
    private CellGrid grid = CellGrid.NONE;
    private List<RecordHead> heads = List.of();

    RecordLayer() {
        setMouseTransparent(true);
    }

    void show(long newFromOffset, CellGrid newGrid, List<RecordHead> newHeads) {
        boolean same = newFromOffset == fromOffset && newHeads == heads && newGrid.equals(grid);
        if (!same) {
            boolean nothing = newHeads.isEmpty() && heads.isEmpty();
            fromOffset = newFromOffset;
            grid = newGrid;
            heads = newHeads;
            if (!nothing) {
                redraw();
            }
        }
    }

    @Override
    protected void draw(GraphicsContext graphics, double width, double height) {
        if (grid.rows() == 0 || heads.isEmpty() || areTooClose()) {
            return;
        }
        graphics.setFont(textFont(TEXT_SCALE));
        for (RecordHead head : heads) {
            long position = head.place().commitLogOffset() - fromOffset;
            if (grid.shows(position)) {
                graphics.setFill(surfaceFill());
                double x = Math.rint(grid.x(position));
                int row = grid.rowOf(position);
                graphics.fillRect(x - 1, grid.top(row), 2, grid.cellHeight(row));
                name(graphics, head, position, x, row);
            }
        }
    }

    private boolean areTooClose() {
        long bytes = heads.getLast().place().endOffset() - heads.getFirst().place().commitLogOffset();
        return grid.pitch() * bytes / heads.size() / grid.bytesPerCell() < LEAST_DISTANCE;
    }

    private void name(GraphicsContext graphics, RecordHead head, long position, double x, int row) {
        long end = Math.min(position + head.place().sizeBytes(),
                grid.fromPosition() + (row + 1) * grid.rowBytes());
        double letter = textFont().getSize() * TEXT_SCALE * 0.56;
        int letters = (int) ((grid.x(end - 1) - x - letter) / letter);
        String name = name(head, letters);
        if (!name.isEmpty() && grid.cellHeight(row) >= textFont().getSize() * TEXT_SCALE * 1.3) {
            graphics.fillText(name, x + letter * 0.75,
                    grid.top(row) + grid.cellHeight(row) / 2 + textFont().getSize() * 0.27);
        }
    }

    /// As much as there is room for: topic, queue and index; queue and index; index; nothing.
    private static String name(RecordHead head, int letters) {
        String index = "#" + Formats.count(head.queueOffset());
        String queue = head.queueId() + " / " + index;
        String full = head.topic() + " / " + queue;
        return full.length() <= letters
                ? full
                : queue.length() <= letters ? queue : index.length() <= letters ? index : "";
    }
}
