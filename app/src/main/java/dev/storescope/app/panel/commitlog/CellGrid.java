package dev.storescope.app.panel.commitlog;

/// How a range of one file is laid out as rows of cells: which bytes lie where.
///
/// A cell is a page, or a power of two of pages where single pages would be too small to see. Positions are bytes from
/// the start of the file, coordinates pixels from the top left corner of the grid.
///
/// @param fileBytes size of the file
/// @param fromPosition of the first cell
/// @param bytesPerCell a power of two of pages
/// @param columns cells in a row
/// @param rows that there are, the last may be short
/// @param width of all columns, in pixels
/// @param rowPitch from one row to the next, in pixels; rows begin on whole ones
record CellGrid(long fileBytes, long fromPosition, long bytesPerCell, int columns, int rows, double width,
        double rowPitch) {
    static final int PAGE_BYTES = 4096;
    static final CellGrid NONE = new CellGrid(0, 0, PAGE_BYTES, 1, 0, 0, 1);

    private static final double LEAST_PITCH = 6;
    private static final int LARGEST_ZOOMED_ROW_PITCH = 26;
    private static final double ZOOMED_ROW_TO_COLUMN = 0.8;
    private static final double WIDEST_TO_HIGH = 3;
    private static final double HIGHEST_TO_WIDE = 1.25;
    private static final double FULL_ROWS_COUNT_MORE = 1.3;
    /// Cells get a wider gap from this size on.
    private static final double WIDE_GAP_FROM = 11;

    /// The whole of a file in all the room there is, with the smallest cells that can be told apart.
    static CellGrid wholeFile(long fileBytes, double width, double height) {
        for (long pagesPerCell = 1; pagesPerCell > 0; pagesPerCell *= 2) {
            CellGrid best = bestColumns(fileBytes, pagesPerCell * PAGE_BYTES, width, height);
            if (best.rows > 0) {
                return best;
            }
            if (pagesPerCell * PAGE_BYTES > fileBytes) {
                break;
            }
        }
        return NONE;
    }

    private static CellGrid bestColumns(long fileBytes, long bytesPerCell, double width, double height) {
        long cells = Math.ceilDiv(fileBytes, bytesPerCell);
        CellGrid best = NONE;
        double bestArea = 0;
        for (int columns = 1; columns <= cells && columns * LEAST_PITCH <= width; columns++) {
            if (!isRound(columns)) {
                continue;
            }
            long rows = Math.ceilDiv(cells, columns);
            double pitch = width / columns;
            double rowPitch = height / rows;
            if (rowPitch < LEAST_PITCH) {
                continue;
            }
            // What is longer than it should be counts only as far as it should.
            double area = Math.min(pitch, rowPitch * WIDEST_TO_HIGH) * Math.min(rowPitch, pitch * HIGHEST_TO_WIDE);
            // Full rows look calmer than cells that are a little larger.
            area *= cells % columns == 0 ? FULL_ROWS_COUNT_MORE : 1;
            if (area > bestArea) {
                bestArea = area;
                best = new CellGrid(fileBytes, 0, bytesPerCell, columns, (int) rows, width, rowPitch);
            }
        }
        return best;
    }

    /// A row then stands for a number of bytes that one can remember.
    private static boolean isRound(int columns) {
        int odd = columns >> Integer.numberOfTrailingZeros(columns);
        return odd == 1 || odd == 3;
    }

    /// A part of a file in rows of a given number of bytes.
    ///
    /// @param rowBytes a power of two of pages
    static CellGrid partOfFile(long fileBytes, long fromPosition, long rowBytes, double width, double height) {
        long mostColumns = Long.highestOneBit(Math.max(1, (long) (width / LEAST_PITCH)));
        int columns = (int) Math.min(rowBytes / PAGE_BYTES, mostColumns);
        int rowPitch = (int) Math.clamp(Math.floor(width / columns * ZOOMED_ROW_TO_COLUMN), LEAST_PITCH,
                LARGEST_ZOOMED_ROW_PITCH);
        long rowsLeft = Math.ceilDiv(Math.max(0, fileBytes - fromPosition), rowBytes);
        int rows = (int) Math.min(rowsLeft, (long) (height / rowPitch));
        return new CellGrid(fileBytes, fromPosition, rowBytes / columns, columns, rows, width, rowPitch);
    }

    /// The fewest bytes a row may have so that the whole file can be seen: the first step of zooming in.
    static long rowBytesOfWholeFile(long fileBytes, double width, double height) {
        long rowBytes = PAGE_BYTES;
        while (rowBytes < fileBytes) {
            CellGrid grid = partOfFile(fileBytes, 0, rowBytes, width, height);
            if (grid.rows * rowBytes >= fileBytes) {
                break;
            }
            rowBytes *= 2;
        }
        return rowBytes;
    }

    long rowBytes() {
        return bytesPerCell * columns;
    }

    /// Behind the last byte that can be seen.
    long toPosition() {
        return Math.min(fileBytes, fromPosition + rows * rowBytes());
    }

    double height() {
        return top(rows);
    }

    /// Pixels from one column to the next.
    double pitch() {
        return width / columns;
    }

    /// Pixels between two cells.
    double gap() {
        return Math.min(pitch(), rowPitch) < WIDE_GAP_FROM ? 1 : 2;
    }

    boolean shows(long position) {
        return position >= fromPosition && position < toPosition();
    }

    int rowOf(long position) {
        return (int) ((position - fromPosition) / rowBytes());
    }

    int columnOf(long position) {
        return (int) ((position - fromPosition) % rowBytes() / bytesPerCell);
    }

    /// Where the cell of a position begins.
    long cellStart(long position) {
        return position - (position - fromPosition) % bytesPerCell;
    }

    /// Behind the cell of a position.
    long cellEnd(long position) {
        return Math.min(fileBytes, cellStart(position) + bytesPerCell);
    }

    /// Left edge of a column, on a whole pixel.
    double left(int column) {
        return Math.rint(column * pitch());
    }

    /// Right edge of the cells of a column, without the gap.
    double right(int column) {
        return left(column + 1) - gap();
    }

    double top(int row) {
        return Math.rint(row * rowPitch);
    }

    /// Lower edge of the cells of a row, without the gap.
    double bottom(int row) {
        return top(row + 1) - gap();
    }

    /// Height of the cells of a row: where the rows do not divide the room, one pixel more or less.
    double cellHeight(int row) {
        return bottom(row) - top(row);
    }

    /// Where a position lies, exactly: inside its cell in proportion.
    double x(long position) {
        int column = columnOf(position);
        long inCell = (position - fromPosition) % bytesPerCell;
        return left(column) + (right(column) - left(column)) * inCell / bytesPerCell;
    }

    /// The position at a point; -1 when there is none.
    long positionAt(double x, double y) {
        if (x < 0 || y < 0 || x >= width || y >= height()) {
            return -1;
        }
        int column = (int) Math.min(columns - 1, x / pitch());
        while (column > 0 && x < left(column)) {
            column--;
        }
        while (column < columns - 1 && x >= left(column + 1)) {
            column++;
        }
        double part = Math.clamp((x - left(column)) / (right(column) - left(column)), 0, 1);
        long inCell = Math.min(bytesPerCell - 1, (long) (part * bytesPerCell));
        int row = (int) Math.min(rows - 1, y / rowPitch);
        row = y < top(row) ? row - 1 : y >= top(row + 1) && row < rows - 1 ? row + 1 : row;
        long position = fromPosition + row * rowBytes() + column * bytesPerCell + inCell;
        return position < fileBytes ? position : -1;
    }
}
