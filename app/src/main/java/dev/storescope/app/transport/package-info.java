/// The bar that runs the time of a simulated world: run, pause, step, step back, speed, clock, seed, breakpoints.
///
/// Start with [TransportViewModel]. May import: control, text, theme, session, pulse, panel.
package dev.storescope.app.transport;
