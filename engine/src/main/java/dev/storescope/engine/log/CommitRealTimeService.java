package dev.storescope.engine.log;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.StoreEnvironment;

/// With the transient pool: moves bytes from the write buffers to the page cache, and wakes the flush service when it
/// did (RocketMQ `CommitRealTimeService`).
final class CommitRealTimeService extends PacedService {
    private final LogFlusher flusher;
    private final Runnable wakeFlush;

    CommitRealTimeService(StoreEnvironment environment, LogFlusher flusher, MessageStoreConfig config,
            Runnable wakeFlush) {
        super(environment, new Pace(config.nanos(StoreSetting.COMMIT_INTERVAL_COMMIT_LOG),
                config.number(StoreSetting.COMMIT_COMMIT_LOG_LEAST_PAGES),
                config.nanos(StoreSetting.COMMIT_COMMIT_LOG_THOROUGH_INTERVAL)));
        this.flusher = flusher;
        this.wakeFlush = wakeFlush;
    }

    @Override
    public String name() {
        return "CommitRealTimeService";
    }

    @Override
    long act(long leastPages) {
        long bytes = flusher.commit(leastPages);
        if (bytes > 0) {
            wakeFlush.run();
        }
        return bytes;
    }
}
