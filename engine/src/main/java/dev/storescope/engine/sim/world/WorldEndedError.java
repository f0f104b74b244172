package dev.storescope.engine.sim.world;

/// Thrown out of whatever a thread asks of a world that has crashed: it must pass all the way up, so that the thread
/// ends. There is one, without a stack, as a million worlds may end.
final class WorldEndedError extends Error {
    static final WorldEndedError INSTANCE = new WorldEndedError();
    private static final long serialVersionUID = 1L;

    private WorldEndedError() {
        super("this world has ended: its process was killed, or its power failed", null, false, false);
    }
}
