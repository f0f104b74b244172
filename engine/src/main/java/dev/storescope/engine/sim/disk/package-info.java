/// A disk of a simulated world: what is on the platter apart from what is in the page cache, how long things take, what
/// goes wrong, and what a crash leaves.
///
/// Start with [SimulatedDisk]; [DiskModel] has the times, [Fault] what may go wrong. May import: every package of the
/// engine but those of `sim`.
package dev.storescope.engine.sim.disk;
