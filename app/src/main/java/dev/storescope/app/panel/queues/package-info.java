/// The panel Queues: all consume queues, with what is flushed, dispatched and consumed.
///
/// Start with [QueuesViewModel]. May import: control, text, theme, session, pulse, panel, and of the engine `api` and
/// `load`.
package dev.storescope.app.panel.queues;
