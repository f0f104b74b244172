package dev.storescope.engine.retention;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.service.Service;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.LongSupplier;

/// Takes out of queues and index what points to messages that the log has no more (RocketMQ `CleanConsumeQueueService`).
///
/// Threads: the service's own.
public final class CleanConsumeQueueService implements Service {
    private static final System.Logger LOG = System.getLogger(CleanConsumeQueueService.class.getName());

    private final LongSupplier minLogOffset;
    private final List<DerivedFromLog> derived;
    private final long intervalNs;
    private final long filesIntervalNs;
    /// Up to where nothing is left to delete.
    private long cleanUpTo;
    private String lastFailure = "";

    /// @param minLogOffset where the log begins
    /// @param derived asked one after another
    public CleanConsumeQueueService(MessageStoreConfig config, LongSupplier minLogOffset,
            List<DerivedFromLog> derived) {
        this.minLogOffset = minLogOffset;
        this.derived = List.copyOf(derived);
        this.intervalNs = config.nanos(StoreSetting.CLEAN_RESOURCE_INTERVAL);
        this.filesIntervalNs = config.nanos(StoreSetting.DELETE_CONSUME_QUEUE_FILES_INTERVAL);
    }

    @Override
    public String name() {
        return "CleanConsumeQueueService";
    }

    @Override
    public int doWork() {
        long min = minLogOffset.getAsLong();
        if (min <= cleanUpTo) {
            return 0;
        }
        int deleted = 0;
        String failure = "";
        for (DerivedFromLog each : derived) {
            try {
                deleted += each.deleteBefore(min);
            } catch (IOException e) {
                // The others are not to suffer from it; it is tried again in the next turn.
                failure = e.toString();
                if (!failure.equals(lastFailure)) {
                    LOG.log(Level.ERROR, "what points before offset " + min + " could not be deleted", e);
                }
            }
        }
        lastFailure = failure;
        if (deleted == 0 && failure.isEmpty()) {
            cleanUpTo = min;
        }
        return deleted;
    }

    @Override
    public long waitNs(int workDone) {
        return workDone > 0 ? filesIntervalNs : intervalNs;
    }
}
