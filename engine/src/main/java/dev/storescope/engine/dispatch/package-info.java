/// Behind the append: the records of the log, one after another, handed to whoever derives something from them.
///
/// Start with [CommitLogDispatcher] and [DispatchRequest]. May import: api, probe, env, service, file, log.
package dev.storescope.engine.dispatch;
