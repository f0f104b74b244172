/// The panel Dispatch: how far dispatch follows the log.
///
/// Start with [DispatchViewModel]. May import: control, text, theme, session, pulse, panel, and of the engine `api` and
/// `load`.
package dev.storescope.app.panel.dispatch;
