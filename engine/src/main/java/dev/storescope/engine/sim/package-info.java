/// A store in a simulated world: the same engine, in which time, threads and the disk are ours. The same seed gives the same
/// run, to the byte and to the nanosecond, on every machine.
///
/// Start with [Simulation]: one run, step by step, with loads, faults, crashes and recoveries; [SimulationSpec] is all that
/// it depends on, [Ledger] says what a crash left. `sim.world` has clock, threads and waits, `sim.disk` the disk.
/// May import: every package of the engine.
package dev.storescope.engine.sim;
