package dev.storescope.engine.recovery;

import dev.storescope.engine.api.RecoveryReport.LastStop;

/// What is known of the run before, and what follows for its records.
///
/// @param stop how it ended
/// @param flushedTimestamp store time of the last message that is known to have been on disk, milliseconds since 1970;
///     0 for unknown
public record LastRun(LastStop stop, long flushedTimestamp) {

    /// Whether a record may not have come to the disk as a whole.
    boolean mayHaveLost(long storeTimestamp) {
        return stop == LastStop.UNCLEAN && storeTimestamp >= flushedTimestamp;
    }

    /// Whether anything behind a bad record can prove that it is damage.
    boolean canProveDamage() {
        return stop != LastStop.UNCLEAN || flushedTimestamp != 0;
    }

    /// Whether a sound record behind a bad one proves that the bad one was on disk before, so that it is damaged and
    /// not torn. Then it was stored after everything in front of the bad record, and is known to have been on disk: by the
    /// checkpoint after a crash, in any case after a clean stop, which leaves no torn tail (and whose checkpoint may lag
    /// or be missing).
    ///
    /// Within one millisecond nobody can tell after a crash: the system may have written a later page before an
    /// earlier one. An older record is a stale one that RocketMQ, which zeroes nothing, left behind its end.
    ///
    /// @param storeTimestamp of the sound record
    /// @param latestBefore the latest store time in front of the bad record
    boolean provesDamage(long storeTimestamp, long latestBefore) {
        return switch (stop) {
            case UNCLEAN -> storeTimestamp <= flushedTimestamp && storeTimestamp > latestBefore;
            case CLEAN, NEW_STORE -> storeTimestamp >= latestBefore;
        };
    }

    /// Whether a sound record behind damage may be one of the log: it is not older than what stands in front of the damage,
    /// and after a crash it is known to have been on disk.
    ///
    /// @param latestBefore the latest store time in front of the damage
    boolean mayFollowDamage(long storeTimestamp, long latestBefore) {
        return switch (stop) {
            case UNCLEAN -> storeTimestamp <= flushedTimestamp && storeTimestamp >= latestBefore;
            case CLEAN, NEW_STORE -> storeTimestamp >= latestBefore;
        };
    }
}
