package dev.storescope.engine.log;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.StoreEnvironment;

/// Async flush: forces the disk every so often, when enough pages are dirty or long enough was none forced (RocketMQ
/// `FlushRealTimeService`). Nobody waits for it.
final class FlushRealTimeService extends PacedService {
    private final LogFlusher flusher;
    private final boolean wakeable;

    FlushRealTimeService(StoreEnvironment environment, LogFlusher flusher, MessageStoreConfig config) {
        super(environment, new Pace(config.nanos(StoreSetting.FLUSH_INTERVAL_COMMIT_LOG),
                config.number(StoreSetting.FLUSH_COMMIT_LOG_LEAST_PAGES),
                config.nanos(StoreSetting.FLUSH_COMMIT_LOG_THOROUGH_INTERVAL)));
        this.flusher = flusher;
        this.wakeable = !config.flag(StoreSetting.FLUSH_COMMIT_LOG_TIMED);
    }

    @Override
    public String name() {
        return "FlushRealTimeService";
    }

    @Override
    public boolean isWakeable() {
        return wakeable;
    }

    @Override
    long act(long leastPages) {
        return flusher.flush(leastPages, 0);
    }
}
