package dev.storescope.engine.api;

import java.util.List;
import java.util.Optional;

/// What is deleted when, and how full the disk is. Immutable.
///
/// @param lookedAtNanos when the disk was last looked at; 0 for never, and the figures of the disk are 0 then
/// @param usedRatio 0 to 1, as [DiskWatermark] has it
/// @param usableBytes that may still be taken
/// @param totalBytes of the disk
/// @param watermarks the whole table, lowest first
/// @param nextTurnNanos when it is looked again at the latest
/// @param oldestExpiresAtMillis when the first file of the log expires, milliseconds since 1970; -1 while that is not
///     known, as it is as long as there is one file only
/// @param manualRounds how often it is still to be looked as if it were the hour, because somebody asked for it
/// @param filesDeleted of the log, since the start
/// @param lastDeletion of the log
/// @param heldFiles deleted files of the log that a reader still holds, or that the system has not let go
/// @param failure what stood last in the way of deleting; "" when nothing does
public record RetentionSnapshot(long lookedAtNanos, double usedRatio, long usableBytes, long totalBytes,
        List<Level> watermarks, long nextTurnNanos, long oldestExpiresAtMillis, int manualRounds, long filesDeleted,
        Optional<Deletion> lastDeletion, int heldFiles, String failure) {

    /// Of a store that never ran.
    public static final RetentionSnapshot NOTHING = new RetentionSnapshot(0, 0, 0, 0, List.of(), 0, -1, 0, 0,
            Optional.empty(), 0, "");

    /// A line of the table.
    ///
    /// @param fromRatio 0 to 1
    /// @param reached whether the disk is so full
    public record Level(DiskWatermark watermark, double fromRatio, boolean reached) {
    }

    /// A file of the log that was deleted.
    public record Deletion(long atNanos, long fromOffset, Cause cause) {
    }

    /// Why a file was deleted.
    public enum Cause {
        /// Expired, and it was the hour.
        HOUR,
        /// Expired, and somebody asked for it.
        MANUAL,
        /// Expired, and the disk was too full to wait for the hour.
        EXPIRED,
        /// Not expired, and the disk was too full.
        FORCED
    }
}
