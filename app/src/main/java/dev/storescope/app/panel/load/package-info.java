/// The panel Load: what is sent into the store, how fast, and how that goes.
///
/// Start with [LoadViewModel]. [LoadField] is the catalogue of all numbers that can be entered. May import:
/// control, text, theme, session, pulse, panel.
package dev.storescope.app.panel.load;
