/// The commit log: the bytes of a record, the append under the put lock, and the services that bring it to disk.
///
/// Start with [MessageLayout] for the bytes and [CommitLog] for the append. May import: api, probe, env, service, file.
package dev.storescope.engine.log;
