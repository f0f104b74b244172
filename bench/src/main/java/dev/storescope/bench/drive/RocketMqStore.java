package dev.storescope.bench.drive;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.rocketmq.common.BrokerConfig;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.GetMessageResult;
import org.apache.rocketmq.store.PutMessageResult;
import org.apache.rocketmq.store.PutMessageStatus;
import org.apache.rocketmq.store.config.FlushDiskType;
import org.apache.rocketmq.store.config.MessageStoreConfig;
import org.apache.rocketmq.store.exception.ConsumeQueueException;
import org.apache.rocketmq.store.stats.BrokerStatsManager;

/// RocketMQ's own store, with its defaults. What only a broker uses (replication's port, timers, compaction) is off.
final class RocketMqStore implements StoreUnderTest {
    private static final String GROUP = "bench";
    private static final int MESSAGES_A_READ = 32;

    private final StoreSetup setup;
    private final DefaultMessageStore store;

    RocketMqStore(StoreSetup setup) {
        this.setup = setup;
        MessageStoreConfig config = new MessageStoreConfig();
        config.setStorePathRootDir(setup.directory().toString());
        config.setStorePathCommitLog(setup.logDirectory().toString());
        config.setMappedFileSizeCommitLog(Math.toIntExact(setup.segmentBytes()));
        config.setFlushDiskType(
                setup.mode() == StoreSetup.Mode.SYNC ? FlushDiskType.SYNC_FLUSH : FlushDiskType.ASYNC_FLUSH);
        config.setTransientStorePoolEnable(setup.mode() == StoreSetup.Mode.POOL);
        if (setup.queueFlush() == StoreSetup.QueueFlush.EACH_SECOND) {
            config.setFlushConsumeQueueThoroughInterval(1_000);
        }
        config.setHaListenPort(0);
        config.setEnableCompaction(false);
        config.setTimerWheelEnable(false);
        try {
            this.store = new DefaultMessageStore(config, new BrokerStatsManager("bench", false),
                    (topic, queueId, logicOffset, tagsCode, msgStoreTime, filterBitMap, properties) -> {
                    }, new BrokerConfig(), new ConcurrentHashMap<String, TopicConfig>());
        } catch (IOException e) {
            throw new IllegalStateException("RocketMQ's store cannot be made in " + setup.directory(), e);
        }
    }

    @Override
    public void load() throws IOException {
        if (!store.load()) {
            throw new IOException("%s: expected to be loaded, found that it is not".formatted(setup.directory()));
        }
    }

    @Override
    public void start() throws IOException {
        try {
            store.start();
        } catch (Exception e) {
            throw new IOException("RocketMQ's store cannot be started in " + setup.directory(), e);
        }
        if (setup.warmFiles().count() > 0) {
            // Only now: at the start it would take them for its log. It opens what it finds under the name of its next
            // file.
            setup.warmFiles().linkInto(setup.logDirectory());
        }
    }

    @Override
    public Producer newProducer(MessageTexts texts, byte[] body) {
        return new RocketMqProducer(texts, body);
    }

    @Override
    public Reader newReader() {
        return this::read;
    }

    private long read(String topic, int queueId, long queueOffset, ReadTally tally) {
        GetMessageResult result = store.getMessage(GROUP, topic, queueId, queueOffset, MESSAGES_A_READ, null);
        try {
            List<ByteBuffer> records = result.getMessageBufferList();
            for (int i = 0; i < records.size(); i++) {
                ByteBuffer bytes = records.get(i);
                tally.sum += sum(bytes);
                tally.bytes += bytes.remaining();
            }
            tally.messages += records.size();
            return result.getNextBeginOffset();
        } finally {
            result.release();
        }
    }

    /// As our records are summed: four words at a time, in the processor's own order of bytes.
    private static long sum(ByteBuffer bytes) {
        bytes.order(ByteOrder.nativeOrder());
        int start = bytes.position();
        int end = bytes.limit();
        int fours = (end - start) / (4 * Long.BYTES);
        long a = 0;
        long b = 0;
        long c = 0;
        long d = 0;
        for (int i = 0; i < fours; i++) {
            int at = start + i * (4 * Long.BYTES);
            a += bytes.getLong(at);
            b += bytes.getLong(at + Long.BYTES);
            c += bytes.getLong(at + 2 * Long.BYTES);
            d += bytes.getLong(at + 3 * Long.BYTES);
        }
        long sum = a + b + c + d;
        for (int i = start + fours * 4 * Long.BYTES; i < end; i++) {
            sum += bytes.get(i);
        }
        return sum;
    }

    @Override
    public long maxOffset() {
        return store.getMaxPhyOffset();
    }

    @Override
    public long dispatchBehindBytes() {
        return store.dispatchBehindBytes();
    }

    /// Its opening leaves nothing to the background but the dispatch.
    @Override
    public boolean isWhole() {
        return dispatchBehindBytes() <= 0;
    }

    @Override
    public long messagesInQueue(String topic, int queueId) {
        try {
            return store.getMaxOffsetInQueue(topic, queueId);
        } catch (ConsumeQueueException e) {
            throw new IllegalStateException("RocketMQ's store does not know queue %s/%d".formatted(topic, queueId), e);
        }
    }

    @Override
    public void close() {
        store.shutdown();
    }

    /// Its shutdown leaves files mapped until they are destroyed; without that the pages of every round would stay.
    @Override
    public void discard() {
        store.shutdown();
        store.destroy();
    }

    private final class RocketMqProducer implements Producer {
        private final MessageTexts texts;
        private final MessageExtBrokerInner message = new MessageExtBrokerInner();

        private RocketMqProducer(MessageTexts texts, byte[] body) {
            this.texts = texts;
            message.setBody(body);
            message.setBornTimestamp(System.currentTimeMillis());
            message.setBornHost(new InetSocketAddress("10.0.0.1", 40_000));
            message.setStoreHost(new InetSocketAddress("10.0.0.2", 10_911));
            Map<String, String> properties = MessageDecoder.string2messageProperties(texts.properties(0));
            MessageAccessor.setProperties(message, properties);
        }

        private MessageExtBrokerInner message(long number) {
            message.setTopic(texts.topic(number));
            message.setQueueId(MessageTexts.queueId(number));
            message.setPropertiesString(texts.properties(number));
            return message;
        }

        @Override
        public boolean put(long number) {
            return isOk(store.putMessage(message(number)));
        }

        @Override
        public CompletableFuture<?> putAsync(long number) {
            return store.asyncPutMessage(message(number));
        }

        @Override
        public boolean isAcknowledged(CompletableFuture<?> put) {
            return put.join() instanceof PutMessageResult result && isOk(result);
        }

        private static boolean isOk(PutMessageResult result) {
            return result.getPutMessageStatus() == PutMessageStatus.PUT_OK;
        }
    }
}
