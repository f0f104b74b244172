package dev.storescope.engine.sim.world;

/// Thrown out of whatever a thread asks of a world that has crashed: it must pass all the way up, so that the thread
/// ends. Without a stack, as a million worlds may end; a new one each time, since one that is thrown while another unwinds
/// may be added to that.
final class WorldEndedError extends Error {
    private static final long serialVersionUID = 1L;

    WorldEndedError() {
        super("this world has ended: its process was killed, or its power failed", null, false, false);
    }
}
