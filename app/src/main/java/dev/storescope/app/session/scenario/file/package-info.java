/// Scenarios as YAML files: read with every error told by line, column and field, and written back without loss.
///
/// Start with [ScenarioReader] and [ScenarioWriter]. What stands in a file is described by the classes that end in
/// `Fields`, each of which reads and writes its part. May import: session.scenario, the engine's `api`, `load`, `probe`
/// and `sim`.
package dev.storescope.app.session.scenario.file;
