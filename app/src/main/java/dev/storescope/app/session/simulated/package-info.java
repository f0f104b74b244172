/// The simulated world as the window sees it: how it is run, stepped, gone back in, and what a crash left.
///
/// Start with [SimulatedWorld]. May import: text, session.trace, session.scenario.
package dev.storescope.app.session.simulated;
