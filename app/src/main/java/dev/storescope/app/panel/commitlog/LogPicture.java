package dev.storescope.app.panel.commitlog;

import dev.storescope.engine.api.LogHole;
import java.util.List;

/// All that the panel draws: shapes of one moment, numbers and words of the last text frame.
///
/// @param strip the row of all files
/// @param tiles the files that are shown large, by offset
/// @param said the same files as they are spoken of
/// @param grid how the bytes of each lie
/// @param view whether whole files are shown or one closely
record LogPicture(Strip strip, List<FileTile> tiles, List<FileTile> said, CellGrid grid, View view) {
    static final LogPicture NOTHING = new LogPicture(new Strip(0, 0, 0, 0, 0, 0, 0, 0, 0, List.of()), List.of(),
            List.of(),
            CellGrid.NONE,
            View.FILES);

    enum View {
        /// Several whole files, one tile each.
        FILES,
        /// A part of one file, in rows.
        CLOSE
    }

    /// The row of all files. All but the size are offsets of the log.
    ///
    /// @param from the first byte of the first file
    /// @param to behind the last byte of the last file
    /// @param written behind the last file that anything was written to; from there on files are preallocated
    /// @param windowFrom what the tiles show
    /// @param holes what cannot be read
    record Strip(long from, long to, long written, long fileBytes, long flushed, long committed, long wrote,
            long windowFrom, long windowTo, List<LogHole> holes) {
    }
}
