package dev.storescope.engine;

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
import dev.storescope.engine.queue.ConsumeQueue;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// A plug-in: a store around a store, which hands on whatever it does not override (RocketMQ
/// `AbstractPluginMessageStore`). [MessageStoreFactory] makes those that the settings name; [BodyLimitPlugin] is one.
///
/// Threads: as those of [MessageStore].
public abstract class AbstractPluginMessageStore implements MessageStore {
    private final MessageStore next;

    /// @param next what is wrapped: another plug-in, or the store itself
    protected AbstractPluginMessageStore(MessageStore next) {
        this.next = next;
    }

    /// What is wrapped.
    protected final MessageStore next() {
        return next;
    }

    @Override
    public PutMessageResult putMessage(MessageExtBrokerInner message) {
        return next.putMessage(message);
    }

    @Override
    public PutMessageResult putMessages(MessageExtBatch batch) {
        return next.putMessages(batch);
    }

    @Override
    public AppendDataResult appendToCommitLog(long commitLogOffset, ByteBuffer data) {
        return next.appendToCommitLog(commitLogOffset, data);
    }

    @Override
    public void load() {
        next.load();
    }

    @Override
    public void start() {
        next.start();
    }

    @Override
    public void shutdown() {
        next.shutdown();
    }

    @Override
    public void kill() {
        next.kill();
    }

    @Override
    public MessageStoreConfig config() {
        return next.config();
    }

    @Override
    public StoreState state() {
        return next.state();
    }

    @Override
    public CompletableFuture<PutMessageResult> asyncPutMessage(MessageExtBrokerInner message) {
        return next.asyncPutMessage(message);
    }

    @Override
    public CompletableFuture<PutMessageResult> asyncPutMessages(MessageExtBatch batch) {
        return next.asyncPutMessages(batch);
    }

    @Override
    public long getMinPhyOffset() {
        return next.getMinPhyOffset();
    }

    @Override
    public long getMaxPhyOffset() {
        return next.getMaxPhyOffset();
    }

    @Override
    public long dispatchBehindBytes() {
        return next.dispatchBehindBytes();
    }

    @Override
    public List<CommitLogDispatcher> getDispatcherList() {
        return next.getDispatcherList();
    }

    @Override
    public long flush() {
        return next.flush();
    }

    @Override
    public void handleScheduleMessageService(BrokerRole role) {
        next.handleScheduleMessageService(role);
    }

    @Override
    public int deleteTopics(Set<String> topics) {
        return next.deleteTopics(topics);
    }

    @Override
    public int cleanUnusedTopic(Set<String> retainedTopics) {
        return next.cleanUnusedTopic(retainedTopics);
    }

    @Override
    public int cleanExpiredConsumerQueue() {
        return next.cleanExpiredConsumerQueue();
    }

    @Override
    public void resetWriteOffset(long commitLogOffset) {
        next.resetWriteOffset(commitLogOffset);
    }

    @Override
    public void destroy() {
        next.destroy();
    }

    @Override
    public void executeDeleteFilesManually() {
        next.executeDeleteFilesManually();
    }

    @Override
    public boolean isOSPageCacheBusy() {
        return next.isOSPageCacheBusy();
    }

    @Override
    public long lockTimeMills() {
        return next.lockTimeMills();
    }

    @Override
    public boolean isTransientStorePoolDeficient() {
        return next.isTransientStorePoolDeficient();
    }

    @Override
    public long now() {
        return next.now();
    }

    @Override
    public GetMessageResult getMessage(String group, String topic, int queueId, long queueOffset, int maxMessages,
            MessageFilter filter) {
        return next.getMessage(group, topic, queueId, queueOffset, maxMessages, filter);
    }

    @Override
    public long getMaxOffsetInQueue(String topic, int queueId) {
        return next.getMaxOffsetInQueue(topic, queueId);
    }

    @Override
    public long getMinOffsetInQueue(String topic, int queueId) {
        return next.getMinOffsetInQueue(topic, queueId);
    }

    @Override
    public long getMessageTotalInQueue(String topic, int queueId) {
        return next.getMessageTotalInQueue(topic, queueId);
    }

    @Override
    public OptionalLong getCommitLogOffsetInQueue(String topic, int queueId, long queueOffset) {
        return next.getCommitLogOffsetInQueue(topic, queueId, queueOffset);
    }

    @Override
    public long getOffsetInQueueByTime(String topic, int queueId, long storeTimestamp) {
        return next.getOffsetInQueueByTime(topic, queueId, storeTimestamp);
    }

    @Override
    public OptionalLong getMessageStoreTimeStamp(String topic, int queueId, long queueOffset) {
        return next.getMessageStoreTimeStamp(topic, queueId, queueOffset);
    }

    @Override
    public OptionalLong getEarliestMessageTime(String topic, int queueId) {
        return next.getEarliestMessageTime(topic, queueId);
    }

    @Override
    public OptionalLong getEarliestMessageTime() {
        return next.getEarliestMessageTime();
    }

    @Override
    public boolean checkInDiskByConsumeOffset(String topic, int queueId, long queueOffset) {
        return next.checkInDiskByConsumeOffset(topic, queueId, queueOffset);
    }

    @Override
    public List<Integer> getQueueIds(String topic) {
        return next.getQueueIds(topic);
    }

    @Override
    public Optional<ConsumeQueue> getConsumeQueue(String topic, int queueId) {
        return next.getConsumeQueue(topic, queueId);
    }

    @Override
    public Optional<LogHole> holeAt(long commitLogOffset) {
        return next.holeAt(commitLogOffset);
    }

    @Override
    public List<LogHole> logHoles() {
        return next.logHoles();
    }

    @Override
    public Optional<MessageExt> lookMessageByOffset(long commitLogOffset) {
        return next.lookMessageByOffset(commitLogOffset);
    }

    @Override
    public Optional<MessageExt> lookMessageByOffset(long commitLogOffset, int sizeBytes) {
        return next.lookMessageByOffset(commitLogOffset, sizeBytes);
    }

    @Override
    public Optional<MessageExt> lookMessageById(MessageId messageId) {
        return next.lookMessageById(messageId);
    }

    @Override
    public Optional<MessageExt> lookMessageByTime(long storeTimestamp) {
        return next.lookMessageByTime(storeTimestamp);
    }

    @Override
    public QueryMessageResult queryMessage(String topic, String key, int maxCount, long beginTimestamp,
            long endTimestamp) {
        return next.queryMessage(topic, key, maxCount, beginTimestamp, endTimestamp);
    }

    @Override
    public Optional<SelectMappedBufferResult> getCommitLogData(long commitLogOffset) {
        return next.getCommitLogData(commitLogOffset);
    }

    @Override
    public Optional<SelectMappedBufferResult> selectOneMessageByOffset(long commitLogOffset) {
        return next.selectOneMessageByOffset(commitLogOffset);
    }

    @Override
    public Optional<SelectMappedBufferResult> selectOneMessageByOffset(long commitLogOffset, int sizeBytes) {
        return next.selectOneMessageByOffset(commitLogOffset, sizeBytes);
    }

    @Override
    public Map<String, String> getRuntimeInfo() {
        return next.getRuntimeInfo();
    }

    @Override
    public String getRunningDataInfo() {
        return next.getRunningDataInfo();
    }

    @Override
    public BrokerStats getBrokerStatsManager() {
        return next.getBrokerStatsManager();
    }

    @Override
    public StoreSnapshot snapshot() {
        return next.snapshot();
    }

    @Override
    public StoreStats stats() {
        return next.stats();
    }
}
