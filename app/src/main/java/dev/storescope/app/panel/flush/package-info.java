/// The panel Flush.
///
/// Start with [FlushViewModel]. May import: control, text, theme, session, pulse, panel.
package dev.storescope.app.panel.flush;
