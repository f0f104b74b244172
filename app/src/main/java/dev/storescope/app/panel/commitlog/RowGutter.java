package dev.storescope.app.panel.commitlog;

import dev.storescope.app.control.DrawnRegion;
import dev.storescope.app.text.Formats;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.TextAlignment;

/// Where each row of a file begins, in bytes from the start of the file.
final class RowGutter extends DrawnRegion {
    private static final double TEXT_SCALE = 0.8;
    private static final double DIGIT_TO_SIZE = 0.6;

    private CellGrid grid = CellGrid.NONE;

    void show(CellGrid newGrid) {
        if (!newGrid.equals(grid)) {
            grid = newGrid;
            redraw();
        }
    }

    /// What it takes to write every position of a file.
    static double widthFor(long fileBytes, double fontSize) {
        return Math.ceil((Formats.count(fileBytes).length() + 1.5) * fontSize * TEXT_SCALE * DIGIT_TO_SIZE);
    }

    @Override
    protected void draw(GraphicsContext graphics, double width, double height) {
        double fontSize = textFont().getSize() * TEXT_SCALE;
        int every = (int) Math.max(1, Math.ceil(fontSize * 1.6 / grid.rowPitch()));
        graphics.setFont(numberFont(TEXT_SCALE));
        graphics.setTextAlign(TextAlignment.RIGHT);
        graphics.setFill(faintFill());
        for (int row = 0; row < grid.rows(); row += every) {
            double baseline = grid.top(row)
                    + Math.min(grid.cellHeight(row) / 2 + fontSize * 0.36, grid.cellHeight(row) - 1);
            graphics.fillText(Formats.count(grid.fromPosition() + row * grid.rowBytes()),
                    width - fontSize * DIGIT_TO_SIZE, Math.max(baseline, fontSize * 0.8));
        }
    }
}
