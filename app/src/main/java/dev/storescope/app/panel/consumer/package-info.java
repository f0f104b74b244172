/// The panel Consumer: a consumer that pulls from queues.
///
/// Start with [ConsumerViewModel]. May import: control, text, theme, session, pulse, panel, and of the engine `api` and
/// `load`.
package dev.storescope.app.panel.consumer;
