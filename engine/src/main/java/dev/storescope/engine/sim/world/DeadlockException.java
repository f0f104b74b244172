package dev.storescope.engine.sim.world;

/// No thread of a simulated world can run and none is due: the message says who waits for what.
public final class DeadlockException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    DeadlockException(String message) {
        super(message);
    }
}
