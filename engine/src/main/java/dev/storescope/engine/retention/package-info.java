/// What a store forgets, and when: files of the log that have expired or for which the disk has no room, and with them
/// what stands in queues and index for messages that are gone.
///
/// Start with [CleanCommitLogService]. May import: api, probe, env, service, file, log.
package dev.storescope.engine.retention;
