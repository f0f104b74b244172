/// The panel StoreMode: the settings that make the difference, and what each means in numbers.
///
/// Start with [StoreModeViewModel]; [ModeNotes] and [LossEstimate] work out the numbers. May import: control, text,
/// theme, session, pulse, panel.
package dev.storescope.app.panel.storemode;
