/// The only door to clock, threads, waiting, locks, memory and disk; no other package names them.
///
/// Start with [StoreEnvironment]. [LiveEnvironment] is the real world. The idea is LevelDB's and RocksDB's `Env`, taken
/// as far as FoundationDB's and TigerBeetle's simulators take it. May import: api, probe.
package dev.storescope.engine.env;
