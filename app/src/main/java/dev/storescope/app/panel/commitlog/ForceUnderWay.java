package dev.storescope.app.panel.commitlog;

import dev.storescope.app.pulse.motion.Motion;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.FlushSnapshot;
import java.util.OptionalLong;

/// The part of the log that is being forced in a slow world, and how much of the time of that is over. Nothing of it is safe
/// before all of it is. Offsets of the log, or positions in a file.
///
/// @param from the first byte
/// @param to behind the last one
/// @param reached in proportion to the time that is over
record ForceUnderWay(long from, long to, long reached) {
    static final ForceUnderWay NONE = new ForceUnderWay(0, 0, 0);

    /// @return [#NONE] where nothing is forced, or nobody knows how long it takes
    static ForceUnderWay of(StoreSnapshot snapshot, Motion motion) {
        FlushSnapshot flush = snapshot.flush();
        if (!motion.showsSingle() || flush.forceStartedNanos() == 0) {
            return NONE;
        }
        String service = snapshot.config().flushDiskType() == FlushDiskType.SYNC_FLUSH
                ? "GroupCommitService"
                : "FlushRealTimeService";
        OptionalLong takesNs = motion.durationNs(service, flush.forceStartedNanos());
        if (takesNs.isEmpty()) {
            return NONE;
        }
        double part = (motion.nanos() - flush.forceStartedNanos()) / (double) takesNs.getAsLong();
        long bytes = flush.forceToOffset() - flush.forceFromOffset();
        return new ForceUnderWay(flush.forceFromOffset(), flush.forceToOffset(),
                flush.forceFromOffset() + (long) (bytes * Math.clamp(part, 0, 1)));
    }

    /// As positions in a file; [#NONE] when it is not this file that is forced.
    ForceUnderWay in(FileTile tile) {
        return from >= to || to <= tile.fromOffset() || from >= tile.endOffset()
                ? NONE
                : new ForceUnderWay(position(tile, from), position(tile, to), position(tile, reached));
    }

    private static long position(FileTile tile, long offset) {
        return Math.clamp(offset - tile.fromOffset(), 0, tile.sizeBytes());
    }
}
