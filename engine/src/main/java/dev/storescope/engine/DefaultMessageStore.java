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
import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreState;
import dev.storescope.engine.api.StoreStats;
import dev.storescope.engine.dispatch.CommitLogDispatcher;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.index.IndexQuery;
import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.log.DelayedMessages;
import dev.storescope.engine.queue.ConsumeQueue;
import dev.storescope.engine.recovery.OpeningStart;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/// The store: hands each operation to the part that does it (RocketMQ `DefaultMessageStore`). [StoreParts] wires them,
/// [StoreLifecycle] loads, starts and stops them.
///
/// Threads: [#load()], [#start()], [#shutdown()] and [#kill()] by one owner, one after another; the rest by any.
public final class DefaultMessageStore implements MessageStore {
    private final StoreParts parts;
    private final StoreLifecycle lifecycle;

    public DefaultMessageStore(MessageStoreConfig config, StoreEnvironment environment) {
        this(config, environment, Extensions.NONE);
    }

    DefaultMessageStore(MessageStoreConfig config, StoreEnvironment environment, Extensions extensions) {
        this(config, environment, extensions, OpeningStart.AT_ONCE_BYTES);
    }

    /// @param checkedAtOnceBytes a log no longer than this is checked as a whole when it is opened
    DefaultMessageStore(MessageStoreConfig config, StoreEnvironment environment, Extensions extensions,
            long checkedAtOnceBytes) {
        this.parts = new StoreParts(config, environment, extensions);
        this.lifecycle = new StoreLifecycle(parts, checkedAtOnceBytes);
    }

    @Override
    public void load() {
        lifecycle.load();
    }

    @Override
    public void start() {
        lifecycle.start();
    }

    @Override
    public void shutdown() {
        lifecycle.shutdown();
    }

    @Override
    public void kill() {
        lifecycle.kill();
    }

    @Override
    public void destroy() {
        lifecycle.destroy();
    }

    @Override
    public void resetWriteOffset(long commitLogOffset) {
        lifecycle.resetWriteOffset(commitLogOffset);
    }

    @Override
    public MessageStoreConfig config() {
        return parts.config;
    }

    @Override
    public StoreState state() {
        return lifecycle.state();
    }

    @Override
    public PutMessageResult putMessage(MessageExtBrokerInner message) {
        return parts.putPath.put(message);
    }

    @Override
    public PutMessageResult putMessages(MessageExtBatch batch) {
        return parts.putPath.put(batch);
    }

    @Override
    public CompletableFuture<PutMessageResult> asyncPutMessage(MessageExtBrokerInner message) {
        return parts.putPath.putAsync(message);
    }

    @Override
    public CompletableFuture<PutMessageResult> asyncPutMessages(MessageExtBatch batch) {
        return parts.putPath.putAsync(batch);
    }

    @Override
    public AppendDataResult appendToCommitLog(long commitLogOffset, ByteBuffer data) {
        return parts.putPath.appendData(commitLogOffset, data);
    }

    @Override
    public Optional<MessageExt> lookMessageByOffset(long commitLogOffset) {
        return parts.lookup.byOffset(commitLogOffset);
    }

    @Override
    public Optional<MessageExt> lookMessageByOffset(long commitLogOffset, int sizeBytes) {
        return parts.lookup.byOffset(commitLogOffset, sizeBytes);
    }

    @Override
    public Optional<MessageExt> lookMessageById(MessageId messageId) {
        return parts.lookup.byId(messageId);
    }

    @Override
    public Optional<MessageExt> lookMessageByTime(long storeTimestamp) {
        return parts.lookup.byTime(storeTimestamp);
    }

    @Override
    public QueryMessageResult queryMessage(String topic, String key, int maxCount, long beginTimestamp,
            long endTimestamp) {
        return parts.lookup.byKey(new IndexQuery(topic, key, maxCount, beginTimestamp, endTimestamp));
    }

    @Override
    public Optional<LogHole> holeAt(long commitLogOffset) {
        return parts.log.holes().at(commitLogOffset);
    }

    @Override
    public List<LogHole> logHoles() {
        return parts.log.holes().all();
    }

    @Override
    public Optional<SelectMappedBufferResult> getCommitLogData(long commitLogOffset) {
        return holeAt(commitLogOffset).isPresent()
                ? Optional.empty()
                : parts.log.files()
                        .select(commitLogOffset, parts.log.holes().nextHoleOffset(commitLogOffset) - commitLogOffset);
    }

    @Override
    public long getMinPhyOffset() {
        return parts.log.files().minOffset();
    }

    @Override
    public long getMaxPhyOffset() {
        return parts.log.maxOffset();
    }

    @Override
    public Optional<SelectMappedBufferResult> selectOneMessageByOffset(long commitLogOffset) {
        return parts.reader.record(commitLogOffset);
    }

    @Override
    public Optional<SelectMappedBufferResult> selectOneMessageByOffset(long commitLogOffset, int sizeBytes) {
        return parts.reader.record(commitLogOffset, sizeBytes);
    }

    @Override
    public GetMessageResult getMessage(String group, String topic, int queueId, long queueOffset, int maxMessages,
            MessageFilter filter) {
        lifecycle.requireReadable();
        GetMessageResult result = parts.reader.getMessage(topic, queueId, queueOffset, maxMessages, filter);
        countGet(group, topic, result);
        return result;
    }

    private void countGet(String group, String topic, GetMessageResult result) {
        if (result.messageCount() == 0) {
            parts.stats.getMissed();
        } else {
            parts.stats.getFound(result.messageCount());
            parts.brokerStats.messagesGot(group, topic, result.messageCount(), result.bufferTotalSizeBytes());
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
        return parts.reader.commitLogOffset(topic, queueId, queueOffset);
    }

    @Override
    public long getOffsetInQueueByTime(String topic, int queueId, long storeTimestamp) {
        return parts.reader.offsetByTime(topic, queueId, storeTimestamp);
    }

    @Override
    public OptionalLong getMessageStoreTimeStamp(String topic, int queueId, long queueOffset) {
        return parts.reader.storeTimestamp(topic, queueId, queueOffset);
    }

    @Override
    public OptionalLong getEarliestMessageTime(String topic, int queueId) {
        return parts.reader.storeTimestamp(topic, queueId, getMinOffsetInQueue(topic, queueId));
    }

    @Override
    public OptionalLong getEarliestMessageTime() {
        long first = parts.log.files().first().map(parts.log::firstStoreTimestamp).orElse(CommitLog.NO_TIMESTAMP);
        return first == CommitLog.NO_TIMESTAMP ? OptionalLong.empty() : OptionalLong.of(first);
    }

    @Override
    public boolean checkInDiskByConsumeOffset(String topic, int queueId, long queueOffset) {
        return parts.reader.checkInDiskByConsumeOffset(topic, queueId, queueOffset);
    }

    @Override
    public List<Integer> getQueueIds(String topic) {
        return parts.pipeline.queues().queueIds(topic);
    }

    @Override
    public Optional<ConsumeQueue> getConsumeQueue(String topic, int queueId) {
        return parts.pipeline.queues().find(topic, queueId);
    }

    @Override
    public long dispatchBehindBytes() {
        return parts.pipeline.reput().behindBytes();
    }

    @Override
    public List<CommitLogDispatcher> getDispatcherList() {
        return parts.pipeline.reput().dispatchers();
    }

    @Override
    public long flush() {
        return lifecycle.isRunning() ? parts.flushManager.flushNow() : parts.flushManager.flushedOffset();
    }

    @Override
    public void handleScheduleMessageService(BrokerRole role) {
        lifecycle.requireRunning();
        parts.delivery.handle(role);
    }

    @Override
    public int deleteTopics(Set<String> topics) {
        int deleted = parts.pipeline.deleteTopics(topics);
        topics.forEach(parts.brokerStats::onTopicDeleted);
        return deleted;
    }

    @Override
    public int cleanUnusedTopic(Set<String> retainedTopics) {
        Set<String> unused = new TreeSet<>(parts.pipeline.queues().topics());
        unused.removeAll(retainedTopics);
        unused.remove(DelayedMessages.SCHEDULE_TOPIC);
        return deleteTopics(unused);
    }

    @Override
    public int cleanExpiredConsumerQueue() {
        return parts.pipeline.deleteExpiredQueues();
    }

    @Override
    public void executeDeleteFilesManually() {
        parts.retention.executeDeleteFilesManually();
    }

    @Override
    public boolean isOSPageCacheBusy() {
        return parts.putPath.isPageCacheBusy();
    }

    @Override
    public long lockTimeMills() {
        return parts.log.lockTimeMills();
    }

    @Override
    public boolean isTransientStorePoolDeficient() {
        return parts.pool.acts() && parts.pool.freeBuffers() == 0;
    }

    @Override
    public long now() {
        return parts.environment.currentTimeMillis();
    }

    @Override
    public Map<String, String> getRuntimeInfo() {
        return parts.runtimeInfo.runtimeInfo();
    }

    @Override
    public String getRunningDataInfo() {
        return parts.runtimeInfo.runningDataInfo();
    }

    @Override
    public BrokerStats getBrokerStatsManager() {
        return parts.brokerStats;
    }

    @Override
    public StoreSnapshot snapshot() {
        return parts.snapshots.take(state(), parts.flags, lifecycle.recovery());
    }

    @Override
    public StoreStats stats() {
        return parts.stats;
    }
}
