/// The panel Faults: what can be made to go wrong in the world of the store, and what is.
///
/// Start with [FaultsViewModel]. May import: control, text, theme, session, pulse, panel.
package dev.storescope.app.panel.faults;
