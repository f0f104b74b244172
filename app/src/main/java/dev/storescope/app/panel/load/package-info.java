/// The panel Load.
///
/// Start with [LoadViewModel]. May import: control, text, theme, session, pulse, panel.
package dev.storescope.app.panel.load;
