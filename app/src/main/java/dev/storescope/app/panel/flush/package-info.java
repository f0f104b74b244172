/// The panel Flush: how bytes get to the disk, and who waits for it. Under sync flush it is called "Group commit".
///
/// Start with [FlushViewModel]; [FlushReading] turns a snapshot into a [FlushPicture]. May import: control, text, theme,
/// session, pulse, panel, and of the engine api, probe and load.
package dev.storescope.app.panel.flush;
