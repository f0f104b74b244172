/// The panel Durability: what would be lost now.
///
/// Start with [DurabilityViewModel]. May import: control, text, theme, session, pulse, panel.
package dev.storescope.app.panel.durability;
