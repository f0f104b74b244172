/// From memory to disk: fixed-size files, how they are made ahead of time, filled, committed, flushed and retired.
///
/// Start with [MappedFileQueue] and [MappedFile]. Knows nothing of messages. May import: api, probe, env, service.
package dev.storescope.engine.file;
