/// The panel Rebuild: deleting queues and index to see them come back.
///
/// Start with [RebuildViewModel]. May import: control, text, theme, session, pulse, panel, and of the engine `api` and
/// `load`.
package dev.storescope.app.panel.rebuild;
