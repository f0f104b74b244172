/// A simulated world: its clock, its threads that take turns in an order drawn from a seed, its locks and waits, and the log
/// of its events.
///
/// Start with [SimulatedEnvironment]; [Baton] says who runs. May import: every package of the engine, and `sim.disk`.
package dev.storescope.engine.sim.world;
