/// What happens between opening a directory and taking the first put: the log is checked, its end found, and what
/// stands behind the end taken away.
///
/// Start with [StoreRecovery]. May import: api, probe, env, service, file, log, dispatch,
/// queue.
package dev.storescope.engine.recovery;
