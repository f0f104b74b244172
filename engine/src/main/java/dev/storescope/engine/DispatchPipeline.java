package dev.storescope.engine;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageArrivingListener;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.ProofSnapshot;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.ServiceStatus;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSnapshot.DispatchSnapshot;
import dev.storescope.engine.api.StoreSnapshot.LogPosition;
import dev.storescope.engine.api.StoreSnapshot.LogPositions;
import dev.storescope.engine.dispatch.BeforeChange;
import dev.storescope.engine.dispatch.CommitLogDispatcher;
import dev.storescope.engine.dispatch.DispatchRequest;
import dev.storescope.engine.dispatch.ReputMessageService;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.RunningFlags;
import dev.storescope.engine.file.StoreCheckpoint;
import dev.storescope.engine.index.IndexBuild;
import dev.storescope.engine.index.IndexService;
import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.queue.ConsumeQueueStore;
import dev.storescope.engine.queue.FlushConsumeQueueService;
import dev.storescope.engine.queue.RecoveryPoint;
import dev.storescope.engine.recovery.LastRun;
import dev.storescope.engine.recovery.LogProofService;
import dev.storescope.engine.recovery.OpeningStart;
import dev.storescope.engine.recovery.QueueRecovery;
import dev.storescope.engine.service.ServiceThread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What runs behind the append, wired: the service that follows the log, and those that derive something from it.
///
/// Threads: the store's owner; statuses and snapshot by any.
final class DispatchPipeline {
    private final StoreEnvironment environment;
    private final CommitLog log;
    private final boolean dispatchesFlushedOnly;
    private final ConsumeQueueStore queues;
    private final IndexPipeline index;
    private final ReputMessageService reput;
    private final ServiceThread reputThread;
    private final FlushConsumeQueueService flushQueues;
    private final ServiceThread flushQueuesThread;
    private final LogProofService proof;
    private final ServiceThread proofThread;

    /// @param extensions further dispatchers, and who is told of messages that arrive
    /// @param checkpoint asked for from the start on
    DispatchPipeline(StoreEnvironment environment, MessageStoreConfig config, CommitLog log, RunningFlags flags,
            Extensions extensions, Supplier<StoreCheckpoint> checkpoint) {
        this.environment = environment;
        this.log = log;
        this.dispatchesFlushedOnly = config.flushDiskType() == FlushDiskType.SYNC_FLUSH;
        this.queues = new ConsumeQueueStore(environment, config, log, flags);
        this.index = new IndexPipeline(environment, config, log, flags, checkpoint);
        List<CommitLogDispatcher> dispatchers = new ArrayList<>();
        dispatchers.add(queues);
        dispatchers.add(index.catchUp());
        dispatchers.addAll(extensions.dispatchers());
        this.reput = new ReputMessageService(environment, config, log, dispatchers, extensions.listener());
        this.reputThread = new ServiceThread(environment, reput);
        this.flushQueues = new FlushConsumeQueueService(environment, config, queues, checkpoint);
        this.flushQueuesThread = new ServiceThread(environment, flushQueues);
        this.proof = new LogProofService(environment, config, log);
        this.proofThread = new ServiceThread(environment, proof);
        reput.onWake(reputThread::wakeup);
        log.onDispatchLimitMoved(reput::recordsReadable);
    }

    /// What a user of the store adds to it.
    ///
    /// @param dispatchers get every record, after the store's own
    record Extensions(List<CommitLogDispatcher> dispatchers, MessageArrivingListener listener) {
        static final Extensions NONE = new Extensions(List.of(), MessageArrivingListener.NONE);

        /// One more dispatcher, before these.
        Extensions with(CommitLogDispatcher dispatcher) {
            List<CommitLogDispatcher> all = new ArrayList<>(List.of(dispatcher));
            all.addAll(dispatchers);
            return new Extensions(all, listener);
        }
    }

    /// Sets how what is in the log is brought to disk, for the point at which the next opening begins.
    void onLogBehind(Runnable forceLog) {
        flushQueues.onLogBehind(forceLog);
    }

    ReputMessageService reput() {
        return reput;
    }

    ConsumeQueueStore queues() {
        return queues;
    }

    IndexService index() {
        return index.index();
    }

    /// @return how many of the topics had queues
    int deleteTopics(Set<String> topics) {
        int deleted = 0;
        for (String topic : topics) {
            try {
                deleted += queues.deleteTopic(topic) > 0 ? 1 : 0;
            } catch (IOException e) {
                throw new StoreException("topic %s: cannot be deleted: %s".formatted(topic, e.getMessage()), e);
            }
        }
        return deleted;
    }

    /// @return how many queues all of whose messages were gone were deleted
    int deleteExpiredQueues() {
        try {
            return queues.deleteExpiredQueues();
        } catch (IOException e) {
            throw new StoreException("consume queues: expired ones cannot be deleted: " + e.getMessage(), e);
        }
    }

    /// Throws when files have another length than the settings say; before anything is changed.
    void refuseOtherGeometry() throws IOException {
        queues.refuseOtherGeometry();
    }

    /// Opens the files.
    void load(LastRun lastRun, OpeningStart start) throws IOException {
        queues.load(start.point());
        index.load(lastRun);
    }

    /// When begin and end of the queues show that they are not what they were at that point, all is checked, and they are
    /// made again from the whole log before anybody reads them.
    OpeningStart startThatFits(OpeningStart start) {
        String fault = queues.faultAt(start.point(), log.files().minOffset());
        if (fault.isEmpty()) {
            return start;
        }
        queues.note("consume queues: %s; all are made again from the log".formatted(fault));
        return start.fromBegin(log.files());
    }

    /// The recovery point has been deleted.
    void forgetRecoveryPoint() {
        flushQueues.forgetPoint();
    }

    /// What is built from the records that the recovery of the log finds sound.
    ///
    /// @param index nothing when it needs a pass of its own
    record Builders(QueueRecovery queues, Optional<IndexBuild> index) implements CommitLogDispatcher {
        @Override
        public void dispatch(DispatchRequest request) {
            queues.dispatch(request);
            if (index.isPresent()) {
                index.get().dispatch(request);
            }
        }
    }

    /// @param start where the check of the log begins
    /// @param beforeChange called once before queues or index get something that is not on disk
    Builders beginRecovery(OpeningStart start, BeforeChange beforeChange) throws IOException {
        return new Builders(new QueueRecovery(environment, log, queues, start, beforeChange),
                index.beginRecovery(start, beforeChange));
    }

    /// Makes queues and index say what the log says.
    ///
    /// @param builders who have had all records behind the start
    /// @param start where the check of the log began
    /// @param endInHole the damaged record that the log ends with, if so
    /// @param beforeChange called once before the index gets something that is not on disk
    /// @return the report, with what was found and done here
    RecoveryReport recover(RecoveryReport logReport, Builders builders, OpeningStart start, RecoveryPoint endInHole,
            BeforeChange beforeChange) throws IOException {
        RecoveryReport withQueues = builders.queues().end(logReport);
        queues.goOnBehind(endInHole);
        if (endInHole != RecoveryPoint.NONE) {
            // Only the clean stop told that those records had been whole: whoever comes after a kill has to know it from
            // the point.
            flushQueues.onStop();
        }
        queues.forgetOffsetsOfDeleted();
        if (start.isBehindBegin()) {
            proof.begin(start.offset(), queues.proof(start.point()));
        } else {
            proof.beginWithNothing();
        }
        return index.recover(withQueues,
                new IndexPipeline.Progress(start.atOnceBytes(), reput::reputFromOffset,
                        proof::provenUpTo),
                beforeChange);
    }

    void start(long fromOffset) {
        reput.beginAt(fromOffset);
        reputThread.start();
        flushQueuesThread.start();
        index.start();
        if (proof.hasTask()) {
            proofThread.start();
        }
    }

    /// Dispatches what is left. After the log's last flush, so that nothing comes behind.
    ///
    /// @return false when a service hangs and still uses the files
    boolean stop() {
        return proofThread.stop() & reputThread.stop() & flushQueuesThread.stop() & index.stop();
    }

    /// @return false when a service hangs and still uses the files
    boolean abandon() {
        return proofThread.abandon() & reputThread.abandon() & flushQueuesThread.abandon()
                & index.abandon();
    }

    /// Forces queues and index, when no service runs.
    void bringToDisk() throws IOException {
        flushQueues.onStop();
        if (flushQueues.hasFailed()) {
            throw new IOException("consume queues: a file could not be forced");
        }
        index.bringToDisk();
    }

    Stream<ServiceStatus> statuses() {
        Stream<ServiceThread> always = Stream.concat(Stream.of(reputThread, flushQueuesThread), index.threads());
        return Stream.concat(always, Stream.of(proofThread).filter(thread -> proof.hasTask()))
                .map(ServiceThread::status);
    }

    /// After a stop: whether the next start may rely on queues and index as they are.
    boolean isOnDisk() {
        return !flushQueues.hasFailed() && index.isOnDisk();
    }

    void close() {
        try {
            queues.close();
        } finally {
            index.close();
        }
    }

    /// How far log, queues and index are proven that the opening did not look at.
    ProofSnapshot proof() {
        return index.proof(proof.snapshot(), reput.reputFromOffset());
    }

    /// How far the dispatch was, read before the positions that it follows.
    record Reached(long reputFromOffset, long records) {
    }

    Reached reached() {
        return new Reached(reput.reputFromOffset(), reput.dispatched());
    }

    /// @param reached read before `positions`, so that it passes none of them
    DispatchSnapshot snapshot(Reached reached, LogPositions positions) {
        LogPosition limit = dispatchesFlushedOnly ? positions.flushed() : positions.committed();
        long behindBytes = Math.max(0, positions.committed().offset() - reached.reputFromOffset());
        QueuesShot shot = QueuesShot.of(queues.all(), log.queueOffsets());
        return new DispatchSnapshot(reached.reputFromOffset(), behindBytes, reached.records(), queues.gaps(),
                limit.offset(), shot.count(), shot.entries(), shot.queues(), shot.shown(), shot.topics(),
                index.index().snapshot());
    }
}
