/// The panel StoreMode.
///
/// Start with [StoreModeViewModel]. May import: control, text, theme, session, pulse, panel.
package dev.storescope.app.panel.storemode;
