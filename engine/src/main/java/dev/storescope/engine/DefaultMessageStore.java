package dev.storescope.engine;

import dev.storescope.engine.DispatchPipeline.Extensions;
import dev.storescope.engine.api.AppendDataResult;
import dev.storescope.engine.api.BrokerRole;
import dev.storescope.engine.api.BrokerStats;
import dev.storescope.engine.api.GetMessageResult;
import dev.storescope.engine.api.LogHole;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageExtBatch;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageFilter;
import dev.storescope.engine.api.MessageId;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.QueryMessageResult;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.RunningFlag;
import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreState;
import dev.storescope.engine.api.StoreStats;
import dev.storescope.engine.dispatch.CommitLogDispatcher;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.AllocateMappedFileService;
import dev.storescope.engine.file.BrokerStatsManager;
import dev.storescope.engine.file.FlushCheckpointService;
import dev.storescope.engine.file.MappedFileQueue;
import dev.storescope.engine.file.RunningFlags;
import dev.storescope.engine.file.StatsService;
import dev.storescope.engine.file.StoreStatsService;
import dev.storescope.engine.file.TransientStorePool;
import dev.storescope.engine.index.IndexQuery;
import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.log.DelayedMessages;
import dev.storescope.engine.log.FlushManager;
import dev.storescope.engine.log.PutPath;
import dev.storescope.engine.queue.ConsumeQueue;
import dev.storescope.engine.queue.QueueReader;
import dev.storescope.engine.recovery.OpeningStart;
import dev.storescope.engine.recovery.StoreRecovery;
import dev.storescope.engine.schedule.ScheduleMessageService;
import dev.storescope.engine.service.ServiceThread;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/// Wires the parts of a store, starts and stops them; the work is in the parts (RocketMQ `DefaultMessageStore`).
///
/// Threads: [#load()], [#start()], [#shutdown()] and [#kill()] by one owner, one after another; the rest by any.
public final class DefaultMessageStore implements MessageStore {
    private static final System.Logger LOG = System.getLogger(DefaultMessageStore.class.getName());
    private static final RecoveryReport NOT_LOADED = new RecoveryReport(RecoveryReport.LastStop.NEW_STORE, 0, 0, 0, 0,
            0, 0, List.of(), List.of(), List.of(), 0);

    private final MessageStoreConfig config;
    private final StoreEnvironment environment;
    private final long checkedAtOnceBytes;
    private final RunningFlags flags = new RunningFlags();
    private final StoreStatsService stats = new StoreStatsService();
    private final TransientStorePool pool;
    private final AllocateMappedFileService allocator;
    private final ServiceThread allocatorThread;
    private final ServiceThread checkpointThread;
    private final BrokerStatsManager brokerStats;
    private final ServiceThread statsThread;
    private final MessageLookup lookup;
    private final CommitLog log;
    private final FlushManager flushManager;
    private final PutPath putPath;
    private final DispatchPipeline pipeline;
    private final RetentionServices retention;
    private final ScheduledDelivery delivery;
    private final QueueReader reader;
    private final StoreDirectory directory;
    private final SnapshotTaker snapshots;
    private final RuntimeInfo runtimeInfo;
    // Written by the owner, read by any.
    private volatile StoreState state = StoreState.CREATED;
    private volatile RecoveryReport recovery = NOT_LOADED;

    public DefaultMessageStore(MessageStoreConfig config, StoreEnvironment environment) {
        this(config, environment, Extensions.NONE);
    }

    DefaultMessageStore(MessageStoreConfig config, StoreEnvironment environment, Extensions extensions) {
        this(config, environment, extensions, OpeningStart.AT_ONCE_BYTES);
    }

    /// @param checkedAtOnceBytes a log no longer than this is checked as a whole when it is opened
    DefaultMessageStore(MessageStoreConfig config, StoreEnvironment environment, Extensions extensions,
            long checkedAtOnceBytes) {
        this.checkedAtOnceBytes = checkedAtOnceBytes;
        this.config = config;
        this.environment = environment;
        this.pool = new TransientStorePool(environment, config);
        this.allocator = new AllocateMappedFileService(environment, config, pool);
        this.allocatorThread = new ServiceThread(environment, allocator);
        allocator.onRequest(allocatorThread::wakeup);
        MappedFileQueue files = new MappedFileQueue(environment, MappedFileQueue.Options.of(config.storePathCommitLog(),
                config.mappedFileSizeCommitLog(), StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG.rocketMqName())
                .withPool(pool));
        this.log = new CommitLog(environment, config, files, allocator, flags, stats);
        this.flushManager = new FlushManager(environment, config, log, flags, stats);
        this.putPath = new PutPath(environment, config, log, flushManager, flags, stats);
        this.directory = new StoreDirectory(environment, config);
        this.brokerStats = new BrokerStatsManager(environment);
        this.statsThread = new ServiceThread(environment, new StatsService(environment, stats, brokerStats));
        this.pipeline = new DispatchPipeline(environment, config, log, flags,
                extensions.with(request -> brokerStats.messagePut(request.topic(), request.sizeBytes())),
                directory::checkpoint);
        this.reader = new QueueReader(environment, config, log, pipeline.queues());
        this.delivery = new ScheduledDelivery(environment, () -> new ScheduleMessageService(environment, config,
                (queueId, queueOffset, max) -> reader.getMessage(DelayedMessages.SCHEDULE_TOPIC, queueId, queueOffset,
                        max, MessageFilter.ALL),
                putPath::put));
        this.retention = new RetentionServices(environment, config, log, flags, pipeline.reput()::reputFromOffset,
                List.of(pipeline.queues()::deleteBefore, pipeline.index()::deleteBefore));
        this.lookup = new MessageLookup(log, pipeline.index());
        this.checkpointThread = new ServiceThread(environment,
                new FlushCheckpointService(environment, directory::checkpoint));
        this.snapshots = new SnapshotTaker(environment, config, new SnapshotTaker.Parts(log, flushManager, allocator,
                List.of(allocatorThread, checkpointThread, statsThread), pool, stats, pipeline, retention,
                delivery));
        this.runtimeInfo = new RuntimeInfo(environment, config, log, flushManager, stats);
    }

    @Override
    public void load() {
        state = state.to(StoreState.RECOVERING);
        try {
            pipeline.refuseOtherGeometry();
            directory.take();
            log.files().load();
            OpeningStart start = OpeningStart.of(directory.recoveryPoint(), log.files(), checkedAtOnceBytes);
            pipeline.load(directory.lastRun(), start);
            recover(pipeline.startThatFits(start));
        } catch (StoreException e) {
            giveUp();
            throw e;
        } catch (IOException | RuntimeException | VirtualMachineError e) {
            // A fault in mapped memory comes as InternalError: the device is gone, or the file was cut while it was read. With
            // too little memory, too, the directory must be given back.
            giveUp();
            throw new StoreException(
                    "store %s: cannot be opened: %s".formatted(config.storePathRootDir(), e.getMessage()), e);
        }
    }

    private void giveUp() {
        closeFiles();
        directory.giveBack();
        state = state.to(StoreState.CLOSED);
    }

    private void recover(OpeningStart start) throws IOException {
        recovery = pipeline.recover(
                new StoreRecovery(environment, config, log).recover(directory.lastRun(), start), start,
                directory::markRunning);
        logRecovery();
    }

    private void logRecovery() {
        LOG.log(Level.INFO, "store {0}: last stop {1}; {2} records in {3} files, end at {4}, {5} bytes cut",
                config.storePathRootDir(), recovery.lastStop(), recovery.recordsChecked(), recovery.files(),
                recovery.endOffset(), recovery.cutBytes());
        recovery.notes().forEach(note -> LOG.log(Level.WARNING, note));
    }

    @Override
    public void start() {
        StoreState running = state.to(StoreState.RUNNING);
        prepareToRun();
        runtimeInfo.begin();
        allocatorThread.start();
        checkpointThread.start();
        pipeline.start(log.maxOffset());
        flushManager.start(directory.checkpoint());
        putPath.start();
        retention.start();
        statsThread.start();
        state = running;
    }

    private void prepareToRun() {
        try {
            pool.start();
            directory.markRunning();
        } catch (IOException e) {
            giveUp();
            throw new StoreException(
                    "store %s: cannot be started: %s".formatted(config.storePathRootDir(), e.getMessage()), e);
        } catch (OutOfMemoryError e) {
            giveUp();
            throw new StoreException(
                    "store %s: cannot be started: no memory for %d buffers of %d bytes of the transient"
                            + " store pool".formatted(config.storePathRootDir(),
                                    config.number(StoreSetting.TRANSIENT_STORE_POOL_SIZE), pool.bufferBytes()),
                    e);
        }
    }

    @Override
    public void shutdown() {
        if (state == StoreState.RECOVERING) {
            bringToDisk();
        }
        if (state == StoreState.CREATED || state == StoreState.RECOVERING) {
            giveUp();
        }
        if (state == StoreState.CLOSED) {
            return;
        }
        state = state.to(StoreState.CLOSING);
        environment.stepGate().releaseAll();
        // First, since it puts.
        boolean deliveryEnded = delivery.stop();
        putPath.stop();
        // Behind the last flush: under sync flush nothing is dispatched before it is flushed.
        boolean ended = deliveryEnded & statsThread.stop() & retention.stop() & flushManager.stop() & pipeline.stop()
                & allocatorThread.stop()
                & checkpointThread.stop();
        boolean clean = flags.mayFlush() && flushManager.flushedOffset() == log.wroteOffset()
                && pipeline.reput().behindBytes() == 0
                && pipeline.isIndexOnDisk();
        if (ended) {
            allocator.discardUntaken();
            closeFiles();
            if (clean) {
                directory.markStopped();
            }
        }
        release(ended);
    }

    @Override
    public void kill() {
        if (state == StoreState.CREATED || state == StoreState.RECOVERING) {
            giveUp();
        }
        if (state == StoreState.CLOSED) {
            return;
        }
        state = state.to(StoreState.CLOSING);
        // First, so that a service that is held before its commit or force finds it when its gate opens.
        flags.set(RunningFlag.KILLED, "killed");
        boolean ended = delivery.abandon() & statsThread.abandon() & retention.abandon() & flushManager.abandon()
                & pipeline.abandon()
                & checkpointThread.abandon();
        environment.stepGate().releaseAll();
        putPath.stop();
        // Last, so that a put in progress need not wait its 5 s for a file that nobody makes any more.
        ended &= allocatorThread.abandon();
        if (ended) {
            allocator.abandonUntaken();
            closeFiles();
        }
        release(ended);
    }

    @Override
    public void destroy() {
        shutdown();
        int deleted = StoreFiles.deleteAll(environment, config);
        LOG.log(Level.INFO, "store {0}: destroyed, {1} files deleted", config.storePathRootDir(), deleted);
    }

    @Override
    public void resetWriteOffset(long commitLogOffset) {
        if (state != StoreState.RECOVERING) {
            throw new StoreException("store %s: expected a store that is loaded and not started, found it %s"
                    .formatted(config.storePathRootDir(), state));
        }
        if (!isBetweenRecords(commitLogOffset)) {
            throw new StoreException(
                    "store %s: expected an offset from %d to %d where a record begins or the log ends, found %d"
                            .formatted(config.storePathRootDir(), getMinPhyOffset(), getMaxPhyOffset(),
                                    commitLogOffset));
        }
        try {
            directory.markRunning();
            directory.forgetRecoveryPoint();
            log.cutAt(commitLogOffset);
            pipeline.queues().logEndsAt(commitLogOffset);
            recover(OpeningStart.atBegin(log.files(), checkedAtOnceBytes));
        } catch (IOException | RuntimeException | VirtualMachineError e) {
            giveUp();
            throw new StoreException("store %s: cannot be cut at offset %d: %s".formatted(config.storePathRootDir(),
                    commitLogOffset, e.getMessage()), e);
        }
    }

    private boolean isBetweenRecords(long commitLogOffset) {
        return commitLogOffset == getMaxPhyOffset() || reader.record(commitLogOffset).map(record -> {
            record.close();
            return true;
        }).orElse(false);
    }

    /// What was built when the store was loaded must not be lost with the power now that nobody starts it: a directory that
    /// was found cleanly closed is left so.
    private void bringToDisk() {
        try {
            pipeline.bringToDisk();
            directory.takeMarkBack();
        } catch (IOException | RuntimeException | InternalError e) {
            LOG.log(Level.ERROR, "store " + config.storePathRootDir()
                    + ": queues and index are not on disk; the next start makes them again", e);
        }
    }

    private void closeFiles() {
        log.files().close();
        pipeline.close();
        pool.close();
    }

    /// A service that hangs in the disk still uses files and buffers: they stay, and so does the directory's lock, for
    /// nobody else may write here until this process has ended.
    private void release(boolean ended) {
        if (ended) {
            directory.giveBack();
        } else {
            LOG.log(Level.ERROR, "store {0}: a service hangs in the disk; the directory stays locked until this process"
                    + " has ended", config.storePathRootDir());
        }
        state = state.to(StoreState.CLOSED);
    }

    @Override
    public MessageStoreConfig config() {
        return config;
    }

    /// A running store that may no longer be written because its disk failed is [StoreState#BROKEN].
    @Override
    public StoreState state() {
        StoreState now = state;
        return now == StoreState.RUNNING && !flags.mayFlush() ? StoreState.BROKEN : now;
    }

    @Override
    public PutMessageResult putMessage(MessageExtBrokerInner message) {
        return putPath.put(message);
    }

    @Override
    public PutMessageResult putMessages(MessageExtBatch batch) {
        return putPath.put(batch);
    }

    @Override
    public CompletableFuture<PutMessageResult> asyncPutMessage(MessageExtBrokerInner message) {
        return putPath.putAsync(message);
    }

    @Override
    public CompletableFuture<PutMessageResult> asyncPutMessages(MessageExtBatch batch) {
        return putPath.putAsync(batch);
    }

    @Override
    public AppendDataResult appendToCommitLog(long commitLogOffset, ByteBuffer data) {
        return putPath.appendData(commitLogOffset, data);
    }

    @Override
    public Optional<MessageExt> lookMessageByOffset(long commitLogOffset) {
        return lookup.byOffset(commitLogOffset);
    }

    @Override
    public Optional<MessageExt> lookMessageByOffset(long commitLogOffset, int sizeBytes) {
        return lookup.byOffset(commitLogOffset, sizeBytes);
    }

    @Override
    public Optional<MessageExt> lookMessageById(MessageId messageId) {
        return lookup.byId(messageId);
    }

    @Override
    public Optional<MessageExt> lookMessageByTime(long storeTimestamp) {
        return lookup.byTime(storeTimestamp);
    }

    @Override
    public QueryMessageResult queryMessage(String topic, String key, int maxCount, long beginTimestamp,
            long endTimestamp) {
        return lookup.byKey(new IndexQuery(topic, key, maxCount, beginTimestamp, endTimestamp));
    }

    @Override
    public Optional<LogHole> holeAt(long commitLogOffset) {
        return log.holes().at(commitLogOffset);
    }

    @Override
    public List<LogHole> logHoles() {
        return log.holes().all();
    }

    @Override
    public Optional<SelectMappedBufferResult> getCommitLogData(long commitLogOffset) {
        return holeAt(commitLogOffset).isPresent()
                ? Optional.empty()
                : log.files().select(commitLogOffset, log.holes().nextHoleOffset(commitLogOffset) - commitLogOffset);
    }

    @Override
    public long getMinPhyOffset() {
        return log.files().minOffset();
    }

    @Override
    public long getMaxPhyOffset() {
        return log.maxOffset();
    }

    @Override
    public Optional<SelectMappedBufferResult> selectOneMessageByOffset(long commitLogOffset) {
        return reader.record(commitLogOffset);
    }

    @Override
    public Optional<SelectMappedBufferResult> selectOneMessageByOffset(long commitLogOffset, int sizeBytes) {
        return reader.record(commitLogOffset, sizeBytes);
    }

    @Override
    public GetMessageResult getMessage(String group, String topic, int queueId, long queueOffset, int maxMessages,
            MessageFilter filter) {
        StoreState now = state;
        if (now != StoreState.RUNNING && now != StoreState.RECOVERING || !flags.isReadable()) {
            throw new StoreException("store %s: expected a store that may be read, found it %s %s".formatted(
                    config.storePathRootDir(), now, flags.notReadableReason()).strip());
        }
        GetMessageResult result = reader.getMessage(topic, queueId, queueOffset, maxMessages, filter);
        countGet(group, topic, result);
        return result;
    }

    private void countGet(String group, String topic, GetMessageResult result) {
        if (result.messageCount() == 0) {
            stats.getMissed();
        } else {
            stats.getFound(result.messageCount());
            brokerStats.messagesGot(group, topic, result.messageCount(), result.bufferTotalSizeBytes());
        }
    }

    @Override
    public long getMaxOffsetInQueue(String topic, int queueId) {
        return getConsumeQueue(topic, queueId).map(ConsumeQueue::maxQueueOffset).orElse(0L);
    }

    @Override
    public long getMinOffsetInQueue(String topic, int queueId) {
        return getConsumeQueue(topic, queueId).map(ConsumeQueue::minQueueOffset).orElse(0L);
    }

    @Override
    public long getMessageTotalInQueue(String topic, int queueId) {
        // The minimum first: it never passes the other.
        long min = getMinOffsetInQueue(topic, queueId);
        return getMaxOffsetInQueue(topic, queueId) - min;
    }

    @Override
    public OptionalLong getCommitLogOffsetInQueue(String topic, int queueId, long queueOffset) {
        return reader.commitLogOffset(topic, queueId, queueOffset);
    }

    @Override
    public long getOffsetInQueueByTime(String topic, int queueId, long storeTimestamp) {
        return reader.offsetByTime(topic, queueId, storeTimestamp);
    }

    @Override
    public OptionalLong getMessageStoreTimeStamp(String topic, int queueId, long queueOffset) {
        return reader.storeTimestamp(topic, queueId, queueOffset);
    }

    @Override
    public OptionalLong getEarliestMessageTime(String topic, int queueId) {
        return reader.storeTimestamp(topic, queueId, getMinOffsetInQueue(topic, queueId));
    }

    @Override
    public OptionalLong getEarliestMessageTime() {
        long first = log.files().first().map(log::firstStoreTimestamp).orElse(CommitLog.NO_TIMESTAMP);
        return first == CommitLog.NO_TIMESTAMP ? OptionalLong.empty() : OptionalLong.of(first);
    }

    @Override
    public boolean checkInDiskByConsumeOffset(String topic, int queueId, long queueOffset) {
        return reader.checkInDiskByConsumeOffset(topic, queueId, queueOffset);
    }

    @Override
    public List<Integer> getQueueIds(String topic) {
        return pipeline.queues().queueIds(topic);
    }

    @Override
    public Optional<ConsumeQueue> getConsumeQueue(String topic, int queueId) {
        return pipeline.queues().find(topic, queueId);
    }

    @Override
    public long dispatchBehindBytes() {
        return pipeline.reput().behindBytes();
    }

    @Override
    public List<CommitLogDispatcher> getDispatcherList() {
        return pipeline.reput().dispatchers();
    }

    @Override
    public long flush() {
        return state == StoreState.RUNNING ? flushManager.flushNow() : flushManager.flushedOffset();
    }

    @Override
    public void handleScheduleMessageService(BrokerRole role) {
        if (state != StoreState.RUNNING) {
            throw new StoreException("store %s: expected a running store, found it %s".formatted(
                    config.storePathRootDir(), state));
        }
        delivery.handle(role);
    }

    @Override
    public int deleteTopics(Set<String> topics) {
        int deleted = pipeline.deleteTopics(topics);
        topics.forEach(brokerStats::onTopicDeleted);
        return deleted;
    }

    @Override
    public int cleanUnusedTopic(Set<String> retainedTopics) {
        Set<String> unused = new TreeSet<>(pipeline.queues().topics());
        unused.removeAll(retainedTopics);
        unused.remove(DelayedMessages.SCHEDULE_TOPIC);
        return deleteTopics(unused);
    }

    @Override
    public int cleanExpiredConsumerQueue() {
        return pipeline.deleteExpiredQueues();
    }

    @Override
    public void executeDeleteFilesManually() {
        retention.executeDeleteFilesManually();
    }

    @Override
    public boolean isOSPageCacheBusy() {
        return putPath.isPageCacheBusy();
    }

    @Override
    public long lockTimeMills() {
        return log.lockTimeMills();
    }

    @Override
    public boolean isTransientStorePoolDeficient() {
        return pool.acts() && pool.freeBuffers() == 0;
    }

    @Override
    public long now() {
        return environment.currentTimeMillis();
    }

    @Override
    public Map<String, String> getRuntimeInfo() {
        return runtimeInfo.runtimeInfo();
    }

    @Override
    public String getRunningDataInfo() {
        return runtimeInfo.runningDataInfo();
    }

    @Override
    public BrokerStats getBrokerStatsManager() {
        return brokerStats;
    }

    @Override
    public StoreSnapshot snapshot() {
        return snapshots.take(state(), flags, recovery);
    }

    @Override
    public StoreStats stats() {
        return stats;
    }
}
