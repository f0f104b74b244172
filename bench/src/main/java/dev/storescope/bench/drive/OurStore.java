package dev.storescope.bench.drive;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.GetMessageResult;
import dev.storescope.engine.api.HostAddress;
import dev.storescope.engine.api.LeasedRecords;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageFilter;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.env.StoreEnvironment;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// This project's engine.
final class OurStore implements StoreUnderTest {
    private static final String GROUP = "bench";
    private static final int MESSAGES_A_READ = 32;

    private final DefaultMessageStore store;
    private final Optional<Consumer<Boolean>> probeSwitch;

    private OurStore(StoreSetup setup, StoreEnvironment environment, Optional<Consumer<Boolean>> probeSwitch) {
        MessageStoreConfig.Builder config = MessageStoreConfig.builder(setup.directory())
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, setup.segmentBytes())
                .set(StoreSetting.FLUSH_DISK_TYPE, setup.mode() == StoreSetup.Mode.SYNC
                        ? FlushDiskType.SYNC_FLUSH
                        : FlushDiskType.ASYNC_FLUSH)
                .set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, setup.mode() == StoreSetup.Mode.POOL);
        if (setup.queueFlush() == StoreSetup.QueueFlush.EACH_SECOND) {
            config.set(StoreSetting.FLUSH_CONSUME_QUEUE_THOROUGH_INTERVAL, 1_000L);
        }
        this.store = new DefaultMessageStore(config.build(), environment);
        this.probeSwitch = probeSwitch;
    }

    static OurStore withoutProbe(StoreSetup setup) {
        return new OurStore(setup, LiveEnvironment.builder().withoutProbe().disk(new WarmDisk(setup)).build(),
                Optional.empty());
    }

    static OurStore withSwitchedProbe(StoreSetup setup) {
        SwitchedEnvironment environment = new SwitchedEnvironment(
                LiveEnvironment.builder().disk(new WarmDisk(setup)).build());
        return new OurStore(setup, environment, Optional.of(environment::probe));
    }

    @Override
    public Optional<Consumer<Boolean>> probeSwitch() {
        return probeSwitch;
    }

    @Override
    public void load() {
        store.load();
    }

    @Override
    public void start() {
        store.start();
    }

    @Override
    public Producer newProducer(MessageTexts texts, byte[] body) {
        return new OurProducer(texts, body);
    }

    @Override
    public Reader newReader() {
        return this::read;
    }

    private long read(String topic, int queueId, long queueOffset, ReadTally tally) {
        try (GetMessageResult result = store.getMessage(GROUP, topic, queueId, queueOffset, MESSAGES_A_READ,
                MessageFilter.ALL)) {
            LeasedRecords records = result.records();
            for (int i = 0; i < records.size(); i++) {
                tally.sum += sum(records.fileBytes(i), records.position(i), records.sizeBytes(i));
                tally.bytes += records.sizeBytes(i);
            }
            tally.messages += records.size();
            return result.nextBeginOffset();
        }
    }

    /// As the other engine's records are summed: four words at a time, each to a sum of its own, so that no addition waits for
    /// the one before. Counted with an int in steps of words, for the compiler then takes the checks out of the loop.
    private static long sum(MemorySegment bytes, long from, int sizeBytes) {
        int words = sizeBytes / Long.BYTES;
        long a = 0;
        long b = 0;
        long c = 0;
        long d = 0;
        int i = 0;
        for (; i < words - 3; i += 4) {
            a += bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, from + (long) i * Long.BYTES);
            b += bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, from + (long) (i + 1) * Long.BYTES);
            c += bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, from + (long) (i + 2) * Long.BYTES);
            d += bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, from + (long) (i + 3) * Long.BYTES);
        }
        long sum = a + b + c + d;
        for (int at = i * Long.BYTES; at < sizeBytes; at++) {
            sum += bytes.get(ValueLayout.JAVA_BYTE, from + at);
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

    @Override
    public boolean isWhole() {
        return dispatchBehindBytes() == 0 && store.snapshot().proof().isFinished();
    }

    @Override
    public long messagesInQueue(String topic, int queueId) {
        return store.getMaxOffsetInQueue(topic, queueId);
    }

    @Override
    public void close() {
        store.shutdown();
    }

    @Override
    public void discard() {
        store.shutdown();
    }

    private final class OurProducer implements Producer {
        private final MessageTexts texts;
        private final MessageExtBrokerInner message;

        private OurProducer(MessageTexts texts, byte[] body) {
            this.texts = texts;
            this.message = new MessageExtBrokerInner().body(body)
                    .bornTimestamp(System.currentTimeMillis())
                    .bornHost(HostAddress.of("10.0.0.1", 40_000))
                    .storeHost(HostAddress.of("10.0.0.2", 10_911));
        }

        private MessageExtBrokerInner message(long number) {
            return message.topic(texts.topic(number))
                    .queueId(MessageTexts.queueId(number))
                    .propertiesString(texts.properties(number));
        }

        @Override
        public boolean put(long number) {
            return store.putMessage(message(number)).isOk();
        }

        @Override
        public CompletableFuture<?> putAsync(long number) {
            return store.asyncPutMessage(message(number));
        }

        @Override
        public boolean isAcknowledged(CompletableFuture<?> put) {
            return put.join() instanceof PutMessageResult result && result.isOk();
        }
    }
}
