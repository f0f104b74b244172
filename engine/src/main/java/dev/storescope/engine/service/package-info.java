/// Background jobs: each is a [Service], one turn of work; the loop around it lives once, in [ServiceThread].
///
/// Start with [Service].
///
/// Who writes a service names the exceptions that it survives (`IOException`, `RuntimeException`, `InternalError` for a
/// fault in mapped memory) and never catches `Throwable` or `Error`. In a simulated world a thread will die in mid-step,
/// when the process is killed or the power fails: by an `Error` of that world's own, no `VirtualMachineError`, thrown out
/// of whatever it asked of its environment, which has to pass all the way up. A `finally` on that way may run; what it then asks of the environment
/// has no effect on what the crash left.
///
/// A held service (`StepGate`) stands at a probe point, with whatever locks it has there: at the begin and end of a force
/// it holds the flush lock, of a commit the commit lock. Until it is released, `flush()` waits for it, and so does each
/// service that needs the same lock; a stop and a kill therefore open all gates first. No probe point at which a service
/// may be held lies under the put lock.
///
/// May import: api, probe, env.
package dev.storescope.engine.service;
