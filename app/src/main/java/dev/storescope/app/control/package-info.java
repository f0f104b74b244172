/// Controls that several panels use. They know no engine types and hold no texts of their own.
///
/// Start with [LiveText] (a number that changes all the time), [PanelHeader], and [DrawnRegion] (a canvas that takes its
/// colours from CSS). What can be set stands in a [FieldRow]: [EntryField], [LogSlider], [ChoiceButtons],
/// [SwitchButton] show a value and tell what the user wants it to be; who is told decides. Drawn are [Sparkline],
/// [HistogramChart] and [StackedBar]. What only one panel uses stays in that panel. May import: nothing of the app.
package dev.storescope.app.control;
