/// Scenarios: what a simulated world is, what is done to it and when, and what is expected to come of it. Window, command
/// line and tests run the same ones.
///
/// Start with [Scenario], which is what a file says, and [ScenarioRun], which runs it. May import: text, the engine's `api`,
/// `load`, `probe` and `sim`.
package dev.storescope.app.session.scenario;
