package dev.storescope.engine.api;

/// The one table of how full a disk may be and what a store does from there on. What holds below holds above, too.
///
/// Full means the disk that has the commit log, used by whatever is on it.
public enum DiskWatermark {
    /// Expired files are deleted at the hours of `deleteWhen`, whatever the disk has.
    EXPIRED_AT_HOUR,
    /// Expired files are deleted at any hour.
    EXPIRED_AT_ONCE,
    /// Files are deleted that have not expired, oldest first, if `cleanFileForciblyEnable`.
    UNEXPIRED,
    /// Puts are refused until the disk is below again.
    PUTS_REFUSED;

    /// From which used part of the disk on, 0 to 1.
    public double ratio(MessageStoreConfig config) {
        return switch (this) {
            case EXPIRED_AT_HOUR -> 0;
            case EXPIRED_AT_ONCE -> percent(config, StoreSetting.DISK_MAX_USED_SPACE_RATIO);
            case UNEXPIRED -> percent(config, StoreSetting.DISK_SPACE_CLEAN_FORCIBLY_RATIO);
            case PUTS_REFUSED -> percent(config, StoreSetting.DISK_SPACE_WARNING_LEVEL_RATIO);
        };
    }

    public boolean isReached(MessageStoreConfig config, double usedRatio) {
        return usedRatio >= ratio(config);
    }

    private static double percent(MessageStoreConfig config, StoreSetting setting) {
        return config.number(setting) / 100.0;
    }
}
