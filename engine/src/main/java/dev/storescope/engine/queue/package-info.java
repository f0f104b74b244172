/// Where the messages of one topic and queue stand in the log: rows of entries of 20 bytes, derived from the log and always
/// to be had from it again.
///
/// Start with [ConsumeQueueStore], then [ConsumeQueue]. May import: api, probe, env, service, file, log, dispatch.
package dev.storescope.engine.queue;
