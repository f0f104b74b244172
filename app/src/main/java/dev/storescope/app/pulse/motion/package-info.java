/// Motion between two true states of a simulated world, when its time passes slowly enough to be followed.
///
/// Start with [Motion]. May import: control, text, theme, session.
package dev.storescope.app.pulse.motion;
