/// The panel Retention: how full the disk is, what happens from which watermark on, and which file goes next.
///
/// Start with [RetentionViewModel]. May import: control, text, theme, session, pulse, panel, and of the engine `api`.
package dev.storescope.app.panel.retention;
