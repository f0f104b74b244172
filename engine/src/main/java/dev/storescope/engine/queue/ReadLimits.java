package dev.storescope.engine.queue;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.StoreEnvironment;

/// How much one read gives at most: less of what is hardly in memory any more.
///
/// @param memoryBytes older than this many bytes of the log, a message is hardly in memory
record ReadLimits(Limit inMemory, Limit onDisk, long memoryBytes) {
    /// Of one read.
    record Limit(long messages, long bytes) {
    }

    static ReadLimits of(StoreEnvironment environment, MessageStoreConfig config) {
        return new ReadLimits(
                new Limit(config.number(StoreSetting.MAX_TRANSFER_COUNT_ON_MESSAGE_IN_MEMORY),
                        config.number(StoreSetting.MAX_TRANSFER_BYTES_ON_MESSAGE_IN_MEMORY)),
                new Limit(config.number(StoreSetting.MAX_TRANSFER_COUNT_ON_MESSAGE_IN_DISK),
                        config.number(StoreSetting.MAX_TRANSFER_BYTES_ON_MESSAGE_IN_DISK)),
                environment.memory().totalBytes() / 100
                        * config.number(StoreSetting.ACCESS_MESSAGE_IN_MEMORY_MAX_RATIO));
    }

    /// Whether what stands at an offset of the log is so old that it hardly is in memory.
    ///
    /// @param maxOffset where the log ends
    boolean isOnDisk(long commitLogOffset, long maxOffset) {
        return maxOffset - commitLogOffset > memoryBytes;
    }

    Limit at(long commitLogOffset, long maxOffset) {
        return isOnDisk(commitLogOffset, maxOffset) ? onDisk : inMemory;
    }
}
