package dev.storescope.engine;

import dev.storescope.engine.DispatchPipeline.Extensions;
import dev.storescope.engine.api.MessageFilter;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.AllocateMappedFileService;
import dev.storescope.engine.file.BrokerStatsManager;
import dev.storescope.engine.file.FlushCheckpointService;
import dev.storescope.engine.file.MappedFileQueue;
import dev.storescope.engine.file.RunningFlags;
import dev.storescope.engine.file.StatsService;
import dev.storescope.engine.file.StoreStatsService;
import dev.storescope.engine.file.TransientStorePool;
import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.log.DelayedMessages;
import dev.storescope.engine.log.FlushManager;
import dev.storescope.engine.log.PutPath;
import dev.storescope.engine.queue.QueueReader;
import dev.storescope.engine.schedule.ScheduleMessageService;
import dev.storescope.engine.service.ServiceThread;
import java.util.List;

/// The parts of one store, each given those that it needs.
///
/// Threads: as each part says.
final class StoreParts {
    final MessageStoreConfig config;
    final StoreEnvironment environment;
    final RunningFlags flags = new RunningFlags();
    final StoreStatsService stats = new StoreStatsService();
    final TransientStorePool pool;
    final AllocateMappedFileService allocator;
    final ServiceThread allocatorThread;
    final ServiceThread checkpointThread;
    final BrokerStatsManager brokerStats;
    final ServiceThread statsThread;
    final MessageLookup lookup;
    final CommitLog log;
    final FlushManager flushManager;
    final PutPath putPath;
    final DispatchPipeline pipeline;
    final RetentionServices retention;
    final ScheduledDelivery delivery;
    final QueueReader reader;
    final StoreDirectory directory;
    final SnapshotTaker snapshots;
    final RuntimeInfo runtimeInfo;

    StoreParts(MessageStoreConfig config, StoreEnvironment environment, Extensions extensions) {
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
        pipeline.onLogBehind(flushManager::flushCommitted);
        this.reader = new QueueReader(environment, config, log, pipeline.queues());
        this.delivery = new ScheduledDelivery(environment, () -> new ScheduleMessageService(environment, config,
                (queueId, queueOffset, max) -> reader.getMessage(DelayedMessages.SCHEDULE_TOPIC, queueId, queueOffset,
                        max, MessageFilter.ALL),
                putPath::put));
        this.retention = new RetentionServices(environment, config, log, flags, pipeline.reput()::reputFromOffset,
                List.of(pipeline.queues()::deleteBefore, pipeline.index()::deleteBefore));
        this.lookup = new MessageLookup(log, pipeline.index(), pipeline::proof);
        this.checkpointThread = new ServiceThread(environment,
                new FlushCheckpointService(environment, directory::checkpoint));
        this.snapshots = new SnapshotTaker(environment, config, new SnapshotTaker.Parts(log, flushManager, allocator,
                List.of(allocatorThread, checkpointThread, statsThread), pool, stats, pipeline, retention,
                delivery));
        this.runtimeInfo = new RuntimeInfo(environment, config, log, flushManager, stats);
    }
}
