package dev.storescope.engine.load;

import dev.storescope.engine.AbstractPluginMessageStore;
import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.AppendMessageResult;
import dev.storescope.engine.api.AppendMessageStatus;
import dev.storescope.engine.api.HostAddress;
import dev.storescope.engine.api.MessageExtBatch;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreState;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.zip.CRC32;

/// A store that answers as the test says and remembers what it was given. It has no log, only offsets.
final class PuppetStore extends AbstractPluginMessageStore {
    private static final HostAddress HOST = HostAddress.of("127.0.0.1", 10911);
    /// What a record has beside its body here.
    static final int RECORD_OVERHEAD_BYTES = 100;

    private final List<Received> received = new ArrayList<>();
    private LongFunction<PutMessageStatus> answers = _ -> PutMessageStatus.PUT_OK;
    private StoreState state = StoreState.RUNNING;
    private long nextOffset;
    private long puts;

    PuppetStore() {
        super((MessageStore) Proxy.newProxyInstance(MessageStore.class.getClassLoader(),
                new Class<?>[] {MessageStore.class}, (_, method, _) -> {
                    throw new UnsupportedOperationException(method.toString());
                }));
    }

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
