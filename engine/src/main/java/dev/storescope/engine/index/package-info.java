/// Where the messages with a key stand: a row of hash files, derived from the log and rebuilt from it at need.
///
/// Start with [IndexFile] for the bytes and [IndexService] for what is done with them. May import: api, probe, env,
/// service, file, log, dispatch.
package dev.storescope.engine.index;
