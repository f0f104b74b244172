package dev.storescope.engine;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.RetentionSnapshot;
import dev.storescope.engine.api.ServiceStatus;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.RunningFlags;
import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.retention.CleanCommitLogService;
import dev.storescope.engine.retention.CleanConsumeQueueService;
import dev.storescope.engine.retention.DerivedFromLog;
import dev.storescope.engine.service.ServiceThread;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// What deletes, wired: files of the log, and then what queues and index have of them.
///
/// Threads: the store's owner; statuses, snapshot and [#executeDeleteFilesManually()] by any.
final class RetentionServices {
    private final CleanCommitLogService cleanLog;
    private final ServiceThread cleanLogThread;
    private final ServiceThread cleanQueuesThread;

    /// @param readUpTo up to where all who follow the log have read it
    /// @param derived what points into the log
    RetentionServices(StoreEnvironment environment, MessageStoreConfig config, CommitLog log, RunningFlags flags,
            LongSupplier readUpTo, List<DerivedFromLog> derived) {
        this.cleanLog = new CleanCommitLogService(environment, config, log, flags,
                () -> Math.min(log.flushedOffset(), readUpTo.getAsLong()));
        this.cleanLogThread = new ServiceThread(environment, cleanLog);
        this.cleanQueuesThread = new ServiceThread(environment,
                new CleanConsumeQueueService(config, log.files()::minOffset, derived));
        cleanLog.afterRound(cleanQueuesThread::wakeup);
    }

    void start() {
        cleanLog.begin();
        cleanLogThread.start();
        cleanQueuesThread.start();
    }

    /// @return false when a service hangs in the disk and still uses the files
    boolean stop() {
        return cleanLogThread.stop() & cleanQueuesThread.stop();
    }

    /// @return false when a service hangs in the disk and still uses the files
    boolean abandon() {
        return cleanLogThread.abandon() & cleanQueuesThread.abandon();
    }

    void executeDeleteFilesManually() {
        cleanLog.executeDeleteFilesManually();
        cleanLogThread.wakeup();
    }

    Stream<ServiceStatus> statuses() {
        return Stream.of(cleanLogThread.status(), cleanQueuesThread.status());
    }

    RetentionSnapshot snapshot() {
        return cleanLog.snapshot();
    }
}
