package dev.storescope.engine.log;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.ServiceStatus;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot.FlushSnapshot;
import dev.storescope.engine.api.StoreSnapshot.LogPositions;
import dev.storescope.engine.api.StoreSnapshot.Pacing;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.Pages;
import dev.storescope.engine.file.RunningFlags;
import dev.storescope.engine.file.StoreCheckpoint;
import dev.storescope.engine.file.StoreStatsService;
import dev.storescope.engine.service.ServiceThread;
import java.util.List;
import java.util.stream.Stream;

/// The services that bring the log to disk, as the mode has them (RocketMQ `FlushManager`): group commit with its
/// watcher under sync flush, else the paced flush, and before it the paced commit when the transient pool acts.
///
/// Threads: [#start], [#stop] and [#abandon] by the owner, the rest by any.
public final class FlushManager {
    private final StoreEnvironment environment;
    private final boolean sync;
    private final long syncFlushTimeoutNs;
    private final boolean wakesCommit;
    /// A timed service sleeps through it, so there is nobody to wake.
    private final boolean wakesFlush;
    private final LogPointers pointers;
    private final LogPointers.PoolUse poolUse;
    private final LogFlusher flusher;
    private final PutEnds ends;
    private final GroupCommitService groupCommit;
    private final FlushRealTimeService flushRealTime;
    private final CommitRealTimeService commitRealTime;
    private final ServiceThread groupCommitThread;
    private final ServiceThread watcherThread;
    private final ServiceThread flushThread;
    private final ServiceThread commitThread;
    private final List<ServiceThread> threads;

    public FlushManager(StoreEnvironment environment, MessageStoreConfig config, CommitLog log, RunningFlags flags,
            StoreStatsService stats) {
        this.environment = environment;
        this.sync = config.flushDiskType() == FlushDiskType.SYNC_FLUSH;
        this.syncFlushTimeoutNs = config.nanos(StoreSetting.SYNC_FLUSH_TIMEOUT);
        this.wakesCommit = config.flag(StoreSetting.WAKE_COMMIT_WHEN_PUT_MESSAGE);
        this.wakesFlush = config.flag(StoreSetting.WAKE_FLUSH_WHEN_PUT_MESSAGE)
                && !config.flag(StoreSetting.FLUSH_COMMIT_LOG_TIMED);
        this.ends = new PutEnds(environment, stats);
        this.pointers = log.pointers();
        this.poolUse = config.transientStorePoolActs() ? LogPointers.PoolUse.BUFFERED : LogPointers.PoolUse.DIRECT;
        this.flusher = new LogFlusher(environment, log.files(), pointers, poolUse, flags, stats);
        this.groupCommit = new GroupCommitService(environment, flusher, pointers, stats);
        this.groupCommitThread = new ServiceThread(environment, groupCommit);
        this.watcherThread = new ServiceThread(environment, new FlushDiskWatcher(groupCommit));
        this.flushRealTime = new FlushRealTimeService(environment, flusher, config);
        this.flushThread = new ServiceThread(environment, flushRealTime);
        this.commitRealTime = new CommitRealTimeService(environment, flusher, config, flushThread::wakeup);
        this.commitThread = new ServiceThread(environment, commitRealTime);
        this.threads = switch (config.flushDiskType()) {
            case SYNC_FLUSH -> List.of(groupCommitThread, watcherThread);
            case ASYNC_FLUSH -> switch (poolUse) {
                case BUFFERED -> List.of(commitThread, flushThread);
                case DIRECT -> List.of(flushThread);
            };
        };
    }

    /// @param checkpoint each flush records its time there
    public void start(StoreCheckpoint checkpoint) {
        flusher.checkpoint(checkpoint);
        threads.forEach(ServiceThread::start);
    }

    /// Commits and flushes to the end, answers everyone who waits, and stops.
    ///
    /// @return false when a service hangs in the disk and still uses the files
    public boolean stop() {
        boolean ended = true;
        for (ServiceThread thread : threads) {
            ended &= thread.stop();
        }
        return closed(ended);
    }

    /// Stops without another commit or flush, as when the process is killed.
    ///
    /// @return false when a service hangs in the disk and still uses the files
    public boolean abandon() {
        boolean ended = true;
        for (ServiceThread thread : threads) {
            ended &= thread.abandon();
        }
        return closed(ended);
    }

    private boolean closed(boolean ended) {
        groupCommit.close();
        if (ended) {
            // Not the services alone flush, whoever calls flush() does too.
            flusher.awaitIdle();
        }
        return ended;
    }

    /// Forces whatever is in the log, committing it before when it stands in a write buffer.
    ///
    /// @return up to where the log is flushed
    public long flushNow() {
        if (poolUse == LogPointers.PoolUse.BUFFERED) {
            flusher.commit(0);
        }
        flusher.flush(0, 0);
        return pointers.flushed().offset();
    }

    /// Forces what has been committed, without a commit.
    public void flushCommitted() {
        flusher.flush(0, 0);
    }

    public long flushedOffset() {
        return pointers.flushed().offset();
    }

    boolean isSync() {
        return sync;
    }

    /// Sync flush: lines the put up for the next force; its producer waits.
    GroupCommitRequest requestFlush(PutMessageResult appended, PutTiming timing) {
        return lineUp(newRequest(appended), timing);
    }

    /// Likewise, and nobody waits: the put ends when the request is answered.
    GroupCommitRequest requestFlushAndGo(PutMessageResult appended, PutTiming timing) {
        GroupCommitRequest request = newRequest(appended);
        timing.endsWith(request);
        return lineUp(request, timing);
    }

    private GroupCommitRequest newRequest(PutMessageResult appended) {
        return new GroupCommitRequest(appended, ends, environment.nanoTime() + syncFlushTimeoutNs);
    }

    private GroupCommitRequest lineUp(GroupCommitRequest request, PutTiming timing) {
        int requestsWrite = groupCommit.put(request);
        timing.flushRequested(request.nextOffset, requestsWrite);
        groupCommitThread.wakeup();
        return request;
    }

    /// After a put that waits for no force: wakes whom the settings say.
    void appended() {
        if (sync) {
            groupCommitThread.wakeup();
        } else if (poolUse == LogPointers.PoolUse.BUFFERED) {
            if (wakesCommit) {
                commitThread.wakeup();
            }
        } else if (wakesFlush) {
            flushThread.wakeup();
        }
    }

    public Stream<ServiceStatus> statuses() {
        return threads.stream().map(ServiceThread::status);
    }

    public LogPositions positions(long minOffset) {
        return flusher.positions(minOffset);
    }

    public FlushSnapshot snapshot(LogPositions positions) {
        long forceStarted = flusher.forceStartedNanos();
        return new FlushSnapshot(groupCommit.requestsWriteSize(), groupCommit.requestsReadSize(), forceStarted,
                flusher.forceFromOffset(), flusher.forceToOffset(), flusher.recentForces(),
                groupCommit.recentBatches(), realTimePacing(positions), commitPacing(positions));
    }

    private Pacing realTimePacing(LogPositions positions) {
        return isSync()
                ? Pacing.INACTIVE
                : flushRealTime.pacing(
                        Pages.between(positions.flushed().offset(), positions.committed().offset()));
    }

    private Pacing commitPacing(LogPositions positions) {
        return poolUse == LogPointers.PoolUse.DIRECT
                ? Pacing.INACTIVE
                : commitRealTime.pacing(Pages.between(positions.committed().offset(), positions.wrote().offset()));
    }
}
