package dev.storescope.app.panel.commitlog;

/// Where in the log one looks, and how closely. Knows nothing of what is there.
///
/// Offsets are bytes from the start of the log, positions bytes from the start of a file.
final class LogBrowser {
    /// The log as far as it matters for looking around.
    ///
    /// @param from the first byte of the first file
    /// @param to behind the last byte of the last file
    /// @param activeFrom the first byte of the file that is written to
    record Extent(long from, long to, long fileBytes, long activeFrom, long wrote) {
        static final Extent NONE = new Extent(0, 0, CellGrid.PAGE_BYTES, 0, 0);

        long fileOf(long offset) {
            return offset - Math.floorMod(offset - from, fileBytes);
        }

        /// The nearest offset that lies in the log.
        long clamp(long offset) {
            return Math.clamp(offset, from, Math.max(from, to - 1));
        }
    }

    /// The room on the screen, in pixels.
    ///
    /// @param tiles how many files there is room for
    /// @param tileWidth of the grid in a tile
    /// @param closeWidth of the grid when one file is looked at closely
    record Room(int tiles, double tileWidth, double tileHeight, double closeWidth, double closeHeight) {
        static final Room NONE = new Room(3, 0, 0, 0, 0);
    }

    private static final int ROWS_BEFORE_TAIL = 3;

    private Extent extent = Extent.NONE;
    private Room room = Room.NONE;
    private boolean following = true;
    private long firstTile;
    /// 0 while whole files are shown.
    private long rowBytes;
    private long closeFile;
    private long topPosition;
    private long cursor = -1;

    // --- what is shown ---

    /// The log has grown, or is another one.
    void see(Extent newExtent) {
        extent = newExtent;
        settle();
    }

    void use(Room newRoom) {
        room = newRoom;
        settle();
    }

    private void settle() {
        if (following) {
            firstTile = Math.max(extent.from, extent.activeFrom - tilesBeforeActive() * extent.fileBytes);
            closeFile = extent.activeFrom;
        } else {
            firstTile = extent.fileOf(Math.clamp(firstTile, extent.from, Math.max(extent.from, extent.activeFrom)));
            closeFile = extent.fileOf(extent.clamp(closeFile));
        }
        cursor = cursor < 0 ? -1 : extent.clamp(cursor);
        if (rowBytes > 0) {
            rowBytes = Math.min(rowBytes, firstRowBytes());
            if (following && !closeGrid().shows(extent.wrote - closeFile)) {
                showRow(extent.wrote - closeFile, Math.clamp((closeRows() - 1) / 2, 0, ROWS_BEFORE_TAIL));
            }
            topPosition = alignedTop(topPosition);
        }
    }

    /// The next file matters more than one more of the past, except where there is room for two only.
    private long tilesBeforeActive() {
        return room.tiles <= 2 ? room.tiles - 1 : room.tiles - 2;
    }

    boolean isFollowing() {
        return following;
    }

    boolean isClose() {
        return rowBytes > 0;
    }

    int tiles() {
        return isClose() ? 1 : room.tiles;
    }

    long firstTile() {
        return isClose() ? closeFile : firstTile;
    }

    CellGrid grid() {
        return isClose() ? closeGrid() : CellGrid.wholeFile(extent.fileBytes, room.tileWidth, room.tileHeight);
    }

    private CellGrid closeGrid() {
        return CellGrid.partOfFile(extent.fileBytes, topPosition, rowBytes, room.closeWidth, room.closeHeight);
    }

    long windowFrom() {
        return isClose() ? closeFile + topPosition : firstTile;
    }

    long windowTo() {
        return isClose() ? closeFile + closeGrid().toPosition() : firstTile + room.tiles * extent.fileBytes;
    }

    boolean shows(long offset) {
        return offset >= windowFrom() && offset < windowTo();
    }

    // --- going elsewhere ---

    void follow() {
        following = true;
        settle();
    }

    /// Goes to an offset and stays there.
    void show(long offset) {
        following = false;
        long there = extent.clamp(offset);
        firstTile = extent.fileOf(there) - room.tiles / 2 * extent.fileBytes;
        closeFile = extent.fileOf(there);
        showRow(there - closeFile, closeRows() / 2);
        settle();
    }

    /// Goes on by so many windows, or back when negative.
    void turnPages(int pages) {
        if (isClose()) {
            show(windowFrom() + (windowTo() - windowFrom()) * pages + (windowTo() - windowFrom()) / 2);
        } else {
            following = false;
            firstTile += pages * extent.fileBytes;
            settle();
        }
    }

    // --- zoom ---

    boolean canZoomIn() {
        return extent.to > extent.from && rowBytes != CellGrid.PAGE_BYTES;
    }

    boolean canZoomOut() {
        return isClose();
    }

    /// @param offset that stays where it is on the screen
    void zoomIn(long offset) {
        if (!canZoomIn()) {
            return;
        }
        look(offset);
        if (isClose()) {
            changeRowBytes(rowBytes / 2, offset);
        } else {
            closeFile = extent.fileOf(extent.clamp(offset));
            rowBytes = firstRowBytes();
            topPosition = 0;
        }
        settle();
    }

    void zoomOut(long offset) {
        if (!isClose()) {
            return;
        }
        if (rowBytes < firstRowBytes()) {
            changeRowBytes(rowBytes * 2, offset);
        } else {
            zoomToFiles();
        }
        settle();
    }

    /// Shows whole files again.
    void zoomToFiles() {
        boolean shown = closeFile >= firstTile && closeFile < firstTile + room.tiles * extent.fileBytes;
        firstTile = shown ? firstTile : closeFile - room.tiles / 2 * extent.fileBytes;
        rowBytes = 0;
        topPosition = 0;
        settle();
    }

    /// Who looks closely at a place that is not the tail wants to stay there.
    private void look(long offset) {
        long distance = Math.abs(offset - extent.wrote);
        following &= distance <= (windowTo() - windowFrom()) / 8 && extent.fileOf(offset) == extent.activeFrom;
    }

    private void changeRowBytes(long newRowBytes, long offset) {
        long position = Math.clamp(offset - closeFile, 0, extent.fileBytes - 1);
        long row = Math.clamp((position - topPosition) / rowBytes, 0, Math.max(0, closeRows() - 1));
        rowBytes = newRowBytes;
        topPosition = alignedTop(position - position % newRowBytes - Math.min(row, closeRows() - 1) * newRowBytes);
    }

    private void showRow(long position, long rowsBefore) {
        if (isClose()) {
            topPosition = alignedTop(position - position % rowBytes - rowsBefore * rowBytes);
        }
    }

    /// On a row, and so that the window is full if the file is large enough.
    private long alignedTop(long position) {
        long rowsOfFile = Math.ceilDiv(extent.fileBytes, rowBytes);
        long last = Math.max(0, rowsOfFile - closeRows());
        return Math.clamp(position / rowBytes, 0, last) * rowBytes;
    }

    /// Rows that there is room for.
    private long closeRows() {
        return isClose()
                ? (long) (room.closeHeight
                        / CellGrid.partOfFile(extent.fileBytes, 0, rowBytes, room.closeWidth, room.closeHeight)
                                .rowPitch())
                : 0;
    }

    private long firstRowBytes() {
        return CellGrid.rowBytesOfWholeFile(extent.fileBytes, room.closeWidth, room.closeHeight);
    }

    // --- the cursor of the keyboard ---

    /// -1 while there is none.
    long cursor() {
        return cursor;
    }

    void putCursor(long offset) {
        cursor = extent.clamp(offset);
    }

    void dropCursor() {
        cursor = -1;
    }

    /// Moves the cursor by cells and rows; the first move puts it where the log is written.
    void moveCursor(int columns, int rows) {
        if (extent.to <= extent.from) {
            return;
        }
        CellGrid grid = grid();
        if (cursor < 0) {
            cursor = extent.clamp(shows(extent.wrote) ? extent.wrote : windowFrom());
        } else {
            long file = extent.fileOf(cursor);
            long cell = file + grid.cellStart(cursor - file);
            cursor = extent.clamp(cell + columns * grid.bytesPerCell() + rows * grid.rowBytes());
        }
        reveal(cursor);
    }

    void moveCursorTo(long offset) {
        if (extent.to > extent.from) {
            cursor = extent.clamp(offset);
            reveal(cursor);
        }
    }

    /// Scrolls as little as needed.
    private void reveal(long offset) {
        if (shows(offset)) {
            return;
        }
        following = false;
        if (isClose()) {
            boolean above = offset < windowFrom();
            closeFile = extent.fileOf(offset);
            showRow(offset - closeFile, above ? 0 : closeRows() - 1);
        } else {
            firstTile = offset < firstTile
                    ? extent.fileOf(offset)
                    : extent.fileOf(offset) - (room.tiles - 1) * extent.fileBytes;
        }
        settle();
    }

    /// Where zooming by the keyboard aims.
    long aim() {
        return cursor >= 0 && shows(cursor) ? cursor : extent.clamp(following ? extent.wrote : windowFrom());
    }
}
