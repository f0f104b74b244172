/// The panel Timeline: what each thread did when, as spans and instants, with two markers between which is measured.
///
/// Start with [TimelineViewModel]; [LaneRaster] draws, [TimelineView] takes mouse and keys. May import: control, text,
/// theme, session, pulse, panel.
package dev.storescope.app.panel.timeline;
