/// The panel Allocator.
///
/// Start with [AllocatorViewModel]. May import: control, text, theme, session, pulse, panel.
package dev.storescope.app.panel.allocator;
