package dev.storescope.engine.queue;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.StoreCheckpoint;
import dev.storescope.engine.service.Service;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/// Forces the queues to disk every so often, where enough pages are dirty; once in a longer while, the first time at once,
/// whatever there is (RocketMQ `FlushConsumeQueueService`). Nobody waits for it: a queue that is not on disk is no lost
/// message, for it is made again from the log.
///
/// A thorough flush owns the two fields of the checkpoint that say how far the queues are on disk. After a failed force
/// they stay as they are: nothing is known of those pages any more. Nor is anything forced again, for a success would move the
/// queues' own pointers over what the disk may not have; the stop is no clean one then. It is also what a [RecoveryPoint] needs, and comes
/// sooner when much was dispatched since the last, so that the next opening has little to check. A point that still waits for the log a
/// turn later has the log forced: an async flush leaves its last pages for a while, and puts may have come to an end.
///
/// Threads: the service's own; before it runs, [#onStop()] by the one that loads the store.
public final class FlushConsumeQueueService implements Service {
    /// So much of the log at most, and what comes in one turn's time, lies behind the last point.
    private static final long POINT_EVERY_BYTES = 64L << 20;

    private final StoreEnvironment environment;
    private final ConsumeQueueStore queues;
    private final Supplier<StoreCheckpoint> checkpoint;
    private final long intervalNs;
    private final long leastPages;
    private final long thoroughIntervalNs;
    private boolean flushedThoroughly;
    private long lastThoroughNanos;
    private long lastThoroughOffset;
    private Runnable forceLog = () -> {
    };
    // Written by the service's thread, read by the owner when it has ended.
    private volatile boolean failed;
    private final RecoveryPointWriter points;

    /// @param checkpoint asked for from the load on
    public FlushConsumeQueueService(StoreEnvironment environment, MessageStoreConfig config, ConsumeQueueStore queues,
            Supplier<StoreCheckpoint> checkpoint) {
        this.environment = environment;
        this.queues = queues;
        this.checkpoint = checkpoint;
        this.intervalNs = config.nanos(StoreSetting.FLUSH_INTERVAL_CONSUME_QUEUE);
        this.leastPages = config.number(StoreSetting.FLUSH_CONSUME_QUEUE_LEAST_PAGES);
        this.thoroughIntervalNs = config.nanos(StoreSetting.FLUSH_CONSUME_QUEUE_THOROUGH_INTERVAL);
        this.points = new RecoveryPointWriter(environment.disk(), RecoveryPoint.path(config.storePathRootDir()),
                queues.log()::flushedOffset);
    }

    /// Sets how what is in the log is brought to disk; before the service runs.
    public void onLogBehind(Runnable force) {
        forceLog = force;
    }

    @Override
    public String name() {
        return "FlushConsumeQueueService";
    }

    /// @return bytes forced
    @Override
    public int doWork() throws IOException {
        if (failed) {
            return 0;
        }
        // Before the next point takes the place of one that has waited.
        points.writeIfFlushed();
        if (points.isWaiting()) {
            forceLog.run();
            points.writeIfFlushed();
        }
        long bytes = isThoroughDue() ? flushThoroughly() : flush(leastPages);
        points.writeIfFlushed();
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }

    private boolean isThoroughDue() {
        return !flushedThoroughly || environment.nanoTime() - lastThoroughNanos >= thoroughIntervalNs
                || queues.dispatchedOffset() - lastThoroughOffset >= POINT_EVERY_BYTES;
    }

    @Override
    public long waitNs(int workDone) {
        return intervalNs;
    }

    @Override
    public void onStop() throws IOException {
        if (!failed) {
            flushThoroughly();
        }
        points.writeIfFlushed();
    }

    /// What was written as the recovery point is gone; before the service runs.
    public void forgetPoint() {
        points.forget();
    }

    /// Whether a force failed, so that a stop cannot count as clean.
    public boolean hasFailed() {
        return failed;
    }

    private long flushThoroughly() throws IOException {
        flushedThoroughly = true;
        lastThoroughNanos = environment.nanoTime();
        // Before the flush: what is dispatched meanwhile may not be in it.
        Optional<RecoveryPoint> reached = queues.reached();
        lastThoroughOffset = reached.map(RecoveryPoint::lastRecordOffset).orElse(0L);
        long bytes = flush(0);
        if (queues.gaps() == 0) {
            checkpoint.get()
                    .logics(reached.map(RecoveryPoint::lastStoreTimestamp).orElse(0L), lastThoroughOffset);
        }
        if (!queues.isTrusted()) {
            points.retract();
        } else {
            reached.ifPresent(points::queuesFlushed);
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
