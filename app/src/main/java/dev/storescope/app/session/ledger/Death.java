package dev.storescope.app.session.ledger;

import dev.storescope.engine.sim.Crash;
import java.util.OptionalLong;

/// A crash, and where the pointers of the log stood.
///
/// @param nanos of the world's clock; nothing in Live, where no clock goes on over crashes
/// @param flushedOffset up to where the disk had been forced
/// @param cachedOffset up to where bytes were in the page cache
/// @param wroteOffset up to where bytes had been put
public record Death(Crash.Kind kind, OptionalLong nanos, long flushedOffset, long cachedOffset, long wroteOffset) {
    static Death of(Crash crash) {
        return new Death(crash.kind(), OptionalLong.of(crash.nanos()), crash.flushedOffset(), crash.cachedOffset(),
                crash.wroteOffset());
    }

    /// Up to where nothing may be lost.
    public long safeOffset() {
        return switch (kind) {
            case JVM_KILLED -> cachedOffset;
            case POWER_CUT -> flushedOffset;
        };
    }
}
