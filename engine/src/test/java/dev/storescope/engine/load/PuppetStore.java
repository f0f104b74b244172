package dev.storescope.engine.load;

import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.AppendMessageResult;
import dev.storescope.engine.api.AppendMessageStatus;
import dev.storescope.engine.api.BrokerRole;
import dev.storescope.engine.api.BrokerStats;
import dev.storescope.engine.api.GetMessageResult;
import dev.storescope.engine.api.HostAddress;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageExtBatch;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageFilter;
import dev.storescope.engine.api.MessageId;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.QueryMessageResult;
import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreState;
import dev.storescope.engine.api.StoreStats;
import dev.storescope.engine.dispatch.CommitLogDispatcher;
import dev.storescope.engine.queue.ConsumeQueue;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import java.util.zip.CRC32;

/// A store that answers as the test says and remembers what it was given. It has no log, only offsets.
final class PuppetStore implements MessageStore {
    private static final HostAddress HOST = HostAddress.of("127.0.0.1", 10911);
    /// What a record has beside its body here.
    static final int RECORD_OVERHEAD_BYTES = 100;

    private final List<Received> received = new ArrayList<>();
    private LongFunction<PutMessageStatus> answers = _ -> PutMessageStatus.PUT_OK;
    private StoreState state = StoreState.RUNNING;
    private long nextOffset;
    private long puts;

    /// @param answers the answer to each put, by its number
    void answer(LongFunction<PutMessageStatus> answers) {
        this.answers = answers;
    }

    void state(StoreState state) {
        this.state = state;
    }

    void nextOffset(long offset) {
        nextOffset = offset;
    }

    List<Received> received() {
        return received;
    }

    /// Hands out what it was given, and begins anew.
    List<Received> takeReceived() {
        List<Received> taken = List.copyOf(received);
        received.clear();
        puts = 0;
        return taken;
    }

    @Override
    public PutMessageResult putMessage(MessageExtBrokerInner message) {
        return put(List.of(message), false);
    }

    @Override
    public PutMessageResult putMessages(MessageExtBatch batch) {
        return put(batch.messages(), true);
    }

    private PutMessageResult put(List<MessageExtBrokerInner> messages, boolean batch) {
        PutMessageStatus status = answers.apply(puts++);
        if (status != PutMessageStatus.PUT_OK && status != PutMessageStatus.FLUSH_DISK_TIMEOUT) {
            return PutMessageResult.rejected(status);
        }
        long from = nextOffset;
        long[] offsets = new long[messages.size()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = nextOffset;
            received.add(Received.of(messages.get(i), puts - 1));
            nextOffset += messages.get(i).bodySizeBytes() + RECORD_OVERHEAD_BYTES;
        }
        return new PutMessageResult(status,
                new AppendMessageResult(AppendMessageStatus.PUT_OK, from, (int) (nextOffset - from), offsets.length, 0,
                        0, HOST, batch ? offsets : new long[0]));
    }

    @Override
    public StoreState state() {
        return state;
    }

    @Override
    public MessageStoreConfig config() {
        return MessageStoreConfig.builder(Path.of("/store")).build();
    }

    @Override
    public long getMinPhyOffset() {
        return 0;
    }

    @Override
    public long getMaxPhyOffset() {
        return nextOffset;
    }

    @Override
    public void load() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void start() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void kill() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<PutMessageResult> asyncPutMessage(MessageExtBrokerInner message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<PutMessageResult> asyncPutMessages(MessageExtBatch batch) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<MessageExt> lookMessageByOffset(long commitLogOffset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<SelectMappedBufferResult> getCommitLogData(long commitLogOffset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long dispatchBehindBytes() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<CommitLogDispatcher> getDispatcherList() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<SelectMappedBufferResult> selectOneMessageByOffset(long commitLogOffset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<SelectMappedBufferResult> selectOneMessageByOffset(long commitLogOffset, int sizeBytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public GetMessageResult getMessage(String group, String topic, int queueId, long queueOffset, int maxMessages,
            MessageFilter filter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long getMinOffsetInQueue(String topic, int queueId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long getMessageTotalInQueue(String topic, int queueId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OptionalLong getCommitLogOffsetInQueue(String topic, int queueId, long queueOffset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long getOffsetInQueueByTime(String topic, int queueId, long storeTimestamp) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OptionalLong getMessageStoreTimeStamp(String topic, int queueId, long queueOffset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OptionalLong getEarliestMessageTime(String topic, int queueId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OptionalLong getEarliestMessageTime() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean checkInDiskByConsumeOffset(String topic, int queueId, long queueOffset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ConsumeQueue> getConsumeQueue(String topic, int queueId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long getMaxOffsetInQueue(String topic, int queueId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void handleScheduleMessageService(BrokerRole role) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int deleteTopics(Set<String> topics) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int cleanUnusedTopic(Set<String> retainedTopics) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void executeDeleteFilesManually() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long flush() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOSPageCacheBusy() {
        return false;
    }

    @Override
    public long lockTimeMills() {
        return 0;
    }

    @Override
    public boolean isTransientStorePoolDeficient() {
        return false;
    }

    @Override
    public long now() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<MessageExt> lookMessageByOffset(long commitLogOffset, int sizeBytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<MessageExt> lookMessageById(MessageId messageId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<MessageExt> lookMessageByTime(long storeTimestamp) {
        throw new UnsupportedOperationException();
    }

    @Override
    public QueryMessageResult queryMessage(String topic, String key, int maxCount, long beginTimestamp,
            long endTimestamp) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, String> getRuntimeInfo() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getRunningDataInfo() {
        throw new UnsupportedOperationException();
    }

    @Override
    public BrokerStats getBrokerStatsManager() {
        throw new UnsupportedOperationException();
    }

    @Override
    public StoreSnapshot snapshot() {
        throw new UnsupportedOperationException();
    }

    @Override
    public StoreStats stats() {
        throw new UnsupportedOperationException();
    }

    /// A message as it came, without times.
    ///
    /// @param producer as its body begins
    /// @param sequence as its body goes on
    /// @param put number of the put it came with
    record Received(String topic, int queueId, String properties, int producer, long sequence, int bodyBytes,
            long bodyCrc, long put) {
        static Received of(MessageExtBrokerInner message, long put) {
            ByteBuffer body = ByteBuffer.wrap(message.body(), 0, message.bodySizeBytes());
            CRC32 crc = new CRC32();
            crc.update(body.duplicate());
            return new Received(message.topic(), message.queueId(), message.propertiesString(), body.getInt(),
                    body.getLong(), message.bodySizeBytes(), crc.getValue(), put);
        }
    }
}
