package dev.storescope.engine;

import dev.storescope.engine.api.MessageArrivingListener;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.ServiceStatus;
import dev.storescope.engine.api.StoreSnapshot.DispatchSnapshot;
import dev.storescope.engine.dispatch.CommitLogDispatcher;
import dev.storescope.engine.dispatch.ReputMessageService;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.service.ServiceThread;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What runs behind the append, wired: the service that follows the log, and those that derive something from it.
///
/// Threads: the store's owner; statuses and snapshot by any.
final class DispatchPipeline {
    private final ReputMessageService reput;
    private final ServiceThread reputThread;

    /// @param extensions further dispatchers, and who is told of messages that arrive
    DispatchPipeline(StoreEnvironment environment, MessageStoreConfig config, CommitLog log, Extensions extensions) {
        List<CommitLogDispatcher> dispatchers = new ArrayList<>(extensions.dispatchers());
        this.reput = new ReputMessageService(environment, config, log, dispatchers, extensions.listener());
        this.reputThread = new ServiceThread(environment, reput);
        reput.onWake(reputThread::wakeup);
        log.onDispatchLimitMoved(reput::recordsReadable);
    }

    /// What a user of the store adds to it.
    ///
    /// @param dispatchers get every record, after the store's own
    record Extensions(List<CommitLogDispatcher> dispatchers, MessageArrivingListener listener) {
        static final Extensions NONE = new Extensions(List.of(), MessageArrivingListener.NONE);
    }

    ReputMessageService reput() {
        return reput;
    }

    void start(long fromOffset) {
        reput.beginAt(fromOffset);
        reputThread.start();
    }

    /// Dispatches what is left. After the log's last flush, so that nothing comes behind.
    ///
    /// @return false when a service hangs and still uses the files
    boolean stop() {
        return reputThread.stop();
    }

    /// @return false when a service hangs and still uses the files
    boolean abandon() {
        return reputThread.abandon();
    }

    Stream<ServiceStatus> statuses() {
        return Stream.of(reputThread.status());
    }

    DispatchSnapshot snapshot() {
        long reputFromOffset = reput.reputFromOffset();
        return new DispatchSnapshot(reputFromOffset, reput.behindBytes(), reput.dispatched());
    }
}
