package dev.storescope.engine.queue;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.StoreCheckpoint;
import dev.storescope.engine.service.Service;
import java.io.IOException;
import java.util.function.Supplier;

/// Forces the queues to disk every so often, where enough pages are dirty; once in a longer while, the first time at once,
/// whatever there is (RocketMQ `FlushConsumeQueueService`). Nobody waits for it: a queue that is not on disk is no lost
/// message, for it is made again from the log.
///
/// A thorough flush owns the two fields of the checkpoint that say how far the queues are on disk. After a failed force
/// they stay as they are: nothing is known of those pages any more.
///
/// Threads: the service's own.
public final class FlushConsumeQueueService implements Service {
    private final StoreEnvironment environment;
    private final ConsumeQueueStore queues;
    private final Supplier<StoreCheckpoint> checkpoint;
    private final long intervalNs;
    private final long leastPages;
    private final long thoroughIntervalNs;
    private boolean flushedThoroughly;
    private long lastThoroughNanos;
    private boolean failed;

    /// @param checkpoint asked for from the first turn on
    public FlushConsumeQueueService(StoreEnvironment environment, MessageStoreConfig config, ConsumeQueueStore queues,
            Supplier<StoreCheckpoint> checkpoint) {
        this.environment = environment;
        this.queues = queues;
        this.checkpoint = checkpoint;
        this.intervalNs = config.nanos(StoreSetting.FLUSH_INTERVAL_CONSUME_QUEUE);
        this.leastPages = config.number(StoreSetting.FLUSH_CONSUME_QUEUE_LEAST_PAGES);
        this.thoroughIntervalNs = config.nanos(StoreSetting.FLUSH_CONSUME_QUEUE_THOROUGH_INTERVAL);
    }

    @Override
    public String name() {
        return "FlushConsumeQueueService";
    }

    /// @return bytes forced
    @Override
    public int doWork() throws IOException {
        long now = environment.nanoTime();
        if (flushedThoroughly && now - lastThoroughNanos < thoroughIntervalNs) {
            return (int) Math.min(Integer.MAX_VALUE, flush(leastPages));
        }
        flushedThoroughly = true;
        lastThoroughNanos = now;
        return (int) Math.min(Integer.MAX_VALUE, flushThoroughly());
    }

    @Override
    public long waitNs(int workDone) {
        return intervalNs;
    }

    @Override
    public void onStop() throws IOException {
        flushThoroughly();
    }

    private long flushThoroughly() throws IOException {
        // Before the flush: what is dispatched meanwhile may not be in it.
        long offset = queues.dispatchedOffset();
        long timestamp = queues.dispatchedTimestamp();
        long bytes = flush(0);
        if (!failed && queues.gaps() == 0) {
            checkpoint.get().logics(timestamp, Math.max(0, offset));
        }
        return bytes;
    }

    private long flush(long least) throws IOException {
        long bytes = 0;
        for (ConsumeQueue queue : queues.all()) {
            try {
                bytes += queue.flush(least);
            } catch (IOException e) {
                failed = true;
                throw e;
            }
        }
        return bytes;
    }
}
