package dev.storescope.engine.env;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// Where held services stand. Only threads that were started by [StoreEnvironment#start] have a gate.
final class LiveStepGate implements StepGate {
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();
    // Written with the object locked, read by any.
    private volatile boolean holding;

    /// The gate of a service, for the thread that runs it.
    Gate gateOf(String service) {
        return gates.computeIfAbsent(service, name -> new Gate());
    }

    @Override
    public void hold(String service) {
        gateOf(service).held = true;
        noteHolding();
    }

    @Override
    public void release(String service) {
        Gate gate = gates.get(service);
        if (gate != null) {
            gate.release();
        }
        noteHolding();
    }

    @Override
    public void releaseAll() {
        gates.values().forEach(Gate::release);
        noteHolding();
    }

    private synchronized void noteHolding() {
        holding = gates.values().stream().anyMatch(Gate::isHeld);
    }

    @Override
    public boolean isHolding() {
        return holding;
    }

    @Override
    public Set<String> held() {
        return gates.entrySet()
                .stream()
                .filter(entry -> entry.getValue().held)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean isStandingAtGate(String service) {
        Gate gate = gates.get(service);
        return gate != null && gate.standing != null;
    }

    /// The gate of one service.
    static final class Gate {
        // Written by whoever holds and releases, read by the service at each of its probe points.
        private volatile boolean held;
        // Written by the service, read by whoever releases or asks.
        private volatile Thread standing;

        boolean isHeld() {
            return held;
        }

        /// Returns when the gate is open.
        void pass() {
            boolean interrupted = false;
            standing = Thread.currentThread();
            try {
                while (held) {
                    LockSupport.park(this);
                    interrupted |= Thread.interrupted();
                }
            } finally {
                standing = null;
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private void release() {
            held = false;
            LockSupport.unpark(standing);
        }
    }
}
