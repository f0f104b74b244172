/// The panel CommitLog: the row of files, some of them large, and what is under the cursor.
///
/// Start with [CommitLogViewModel]. It asks [LogBrowser] where one looks, [LogReading] what is there, and hands a
/// [LogPicture] to the view: [LogStrip] draws all files in one line, [TileRow] some of them large, each a [FileTileView]
/// with its cells laid out by [CellGrid]. May import: control, text, theme, session, pulse, panel, and of the engine
/// api, probe and load.
package dev.storescope.app.panel.commitlog;
