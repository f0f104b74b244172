/// Controls that several panels use. They know no engine types and hold no texts of their own.
///
/// Start with [LiveText] (a number that changes all the time), [PanelHeader], and [DrawnRegion] (a canvas that takes its
/// colours from CSS). What only one panel uses stays in that panel. May import: nothing of the app.
package dev.storescope.app.control;
