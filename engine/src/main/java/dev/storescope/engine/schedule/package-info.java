/// Delayed messages: kept back in queues of a topic of their own, one for each level, and put again under their real topic
/// when they are due.
///
/// Start with [ScheduleMessageService]. May import: api, probe, env, service, file, log, dispatch.
package dev.storescope.engine.schedule;
