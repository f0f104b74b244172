/// The panel Rates.
///
/// Start with [RatesViewModel]. May import: control, text, theme, session, pulse, panel.
package dev.storescope.app.panel.rates;
