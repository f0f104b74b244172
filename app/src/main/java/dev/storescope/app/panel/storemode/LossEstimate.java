package dev.storescope.app.panel.storemode;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;

/// The most that can be lost at a rate, worked out from the settings: what is put between two looks of the services that
/// move bytes on.
///
/// @param powerFailsNs the longest time that a byte waits for the disk
/// @param jvmDiesNs the longest time that a byte waits, in a buffer of the process, for the page cache
record LossEstimate(long powerFailsNs, long jvmDiesNs) {
    static final long PAGE_BYTES = 4096;
    private static final long MILLI_NS = 1_000_000;

    /// Only puts that are acknowledged count: under sync flush none of these is at risk.
    ///
    /// @param bytesPerSecond of records
    /// @param forceNs how long a force takes at worst
    static LossEstimate of(MessageStoreConfig config, double bytesPerSecond, long forceNs) {
        if (config.flushDiskType() == FlushDiskType.SYNC_FLUSH) {
            return new LossEstimate(0, 0);
        }
        boolean pool = config.transientStorePoolActs();
        long commitNs = pool ? commitWaitNs(config, bytesPerSecond) : 0;
        return new LossEstimate(commitNs + flushWaitNs(config, bytesPerSecond, pool) + forceNs, commitNs);
    }

    /// Messages put in a time.
    static long messages(long nanos, double messagesPerSecond) {
        return (long) Math.ceil(nanos / 1e9 * messagesPerSecond);
    }

    private static long flushWaitNs(MessageStoreConfig config, double bytesPerSecond, boolean pool) {
        boolean woken = !config.flag(StoreSetting.FLUSH_COMMIT_LOG_TIMED)
                && (pool || config.flag(StoreSetting.WAKE_FLUSH_WHEN_PUT_MESSAGE));
        return waitNs(config.number(StoreSetting.FLUSH_INTERVAL_COMMIT_LOG),
                config.number(StoreSetting.FLUSH_COMMIT_LOG_LEAST_PAGES),
                config.number(StoreSetting.FLUSH_COMMIT_LOG_THOROUGH_INTERVAL), bytesPerSecond,
                woken ? Look.WHEN_WOKEN : Look.TIMED);
    }

    private static long commitWaitNs(MessageStoreConfig config, double bytesPerSecond) {
        return waitNs(config.number(StoreSetting.COMMIT_INTERVAL_COMMIT_LOG),
                config.number(StoreSetting.COMMIT_COMMIT_LOG_LEAST_PAGES),
                config.number(StoreSetting.COMMIT_COMMIT_LOG_THOROUGH_INTERVAL), bytesPerSecond,
                config.flag(StoreSetting.WAKE_COMMIT_WHEN_PUT_MESSAGE) ? Look.WHEN_WOKEN : Look.TIMED);
    }

    /// When a service looks whether there is something to do.
    private enum Look {
        TIMED, WHEN_WOKEN
    }

    /// A service that looks every `intervalMs` does nothing before `leastPages` have filled or `thoroughMs` have passed.
    private static long waitNs(long intervalMs, long leastPages, long thoroughMs, double bytesPerSecond, Look look) {
        double fillMs = leastPages == 0 ? 0 : leastPages * PAGE_BYTES / Math.max(bytesPerSecond, 1e-3) * 1e3;
        double dueMs = Math.min(fillMs, Math.max(thoroughMs, 1));
        return switch (look) {
            case TIMED -> (long) (Math.max(1, Math.ceil(dueMs / intervalMs)) * intervalMs) * MILLI_NS;
            case WHEN_WOKEN -> (long) (dueMs * MILLI_NS);
        };
    }
}
