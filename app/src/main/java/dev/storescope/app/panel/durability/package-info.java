/// The panel Durability.
///
/// Start with [DurabilityViewModel]. May import: control, text, theme, session, pulse, panel.
package dev.storescope.app.panel.durability;
