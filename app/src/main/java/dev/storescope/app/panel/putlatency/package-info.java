/// The panel PutLatency: how long puts took, and where the time went.
///
/// Start with [PutLatencyViewModel]. May import: control, text, theme, session, pulse, panel.
package dev.storescope.app.panel.putlatency;
