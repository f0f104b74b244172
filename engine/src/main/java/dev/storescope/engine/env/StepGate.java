package dev.storescope.engine.env;

import java.util.Set;

/// Holds background services: a held one stops at its next probe point until it is released. Threads that put
/// messages are never held.
///
/// It stands there with the locks that it has at that point, the flush lock at the begin or end of a force: who waits for
/// one of these waits until the release.
public interface StepGate {
    /// @param service name of its thread
    void hold(String service);

    void release(String service);

    void releaseAll();

    /// Services that are to be held, whether or not they have reached a probe point yet.
    Set<String> held();

    /// Whether any is to be held.
    boolean isHolding();

    /// Whether the service stands at the gate now.
    boolean isStandingAtGate(String service);
}
