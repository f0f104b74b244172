/// The panel Rates: four numbers and their last minute.
///
/// Start with [RatesViewModel]. May import: control, text, theme, session, pulse, panel.
package dev.storescope.app.panel.rates;
