/// The panel PutLatency.
///
/// Start with [PutLatencyViewModel]. May import: control, text, theme, session, pulse, panel.
package dev.storescope.app.panel.putlatency;
