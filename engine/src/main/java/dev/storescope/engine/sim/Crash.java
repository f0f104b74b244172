package dev.storescope.engine.sim;

/// A crash, and where the pointers of the log stood.
///
/// @param step at which it happened
/// @param nanos since the beginning
/// @param flushedOffset up to where the disk had been forced
/// @param cachedOffset up to where bytes were in the page cache
/// @param wroteOffset up to where bytes had been put
public record Crash(Kind kind, long step, long nanos, long flushedOffset, long cachedOffset, long wroteOffset) {
    /// What died.
    public enum Kind {
        JVM_KILLED, POWER_CUT
    }
}
