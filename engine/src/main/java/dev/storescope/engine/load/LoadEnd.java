package dev.storescope.engine.load;

/// Why a load ended.
///
/// @param reason a sentence for the user, with the figures
public record LoadEnd(Cause cause, String reason) {
    /// What ended it.
    public enum Cause {
        /// It was told to.
        STOPPED,
        /// All messages of [LoadLimits#messages()] are sent.
        MESSAGES_SENT,
        /// The time of [LoadLimits#durationNs()] is over.
        TIME_OVER,
        /// The log has the length of [LoadLimits#logBytes()].
        LOG_LENGTH_REACHED,
        /// Less than [LoadLimits#minFreeDiskRatio()] of the disk is free.
        DISK_NEARLY_FULL,
        /// The store was shut down, or turned unwriteable for good.
        STORE_REFUSES,
        /// Something unforeseen went wrong.
        FAILED
    }

    /// Whether it ended as planned or asked for.
    public boolean isRegular() {
        return switch (cause) {
            case STOPPED, MESSAGES_SENT, TIME_OVER, LOG_LENGTH_REACHED, DISK_NEARLY_FULL -> true;
            case STORE_REFUSES, FAILED -> false;
        };
    }
}
