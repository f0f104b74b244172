/// Runs a store through random loads, settings, faults and crashes in the simulated world, and looks whether it keeps what
/// it promises: the strongest test that a store can have.
///
/// Start with [TortureCase] (what one seed means), [TortureRun] (plays it) and [TortureCampaign] (many seeds). May import:
/// every package of the engine.
package dev.storescope.engine.torture;
