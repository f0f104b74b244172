/// The panel Index: the hash index, and looking up a key in it.
///
/// Start with [IndexViewModel]. May import: control, text, theme, session, pulse, panel, and of the engine `api` and
/// `load`.
package dev.storescope.app.panel.index;
