package dev.storescope.engine.testing;

import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.AppendMessageResult;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageExtBatch;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.load.AckListener;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/// What producers tried to put and what the store acknowledged: what a store is held to after a crash.
///
/// Threads: any.
public final class Ledger implements AckListener {
    private static final long PATIENCE_SECONDS = 60;

    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final Set<Content> tried = ConcurrentHashMap.newKeySet();
    // Replaced before a load starts, counted down by its producers.
    private volatile CountDownLatch wanted = new CountDownLatch(0);

    /// The same store; what is put into it is written down before.
    public MessageStore watching(MessageStore store) {
        return (MessageStore) Proxy.newProxyInstance(Ledger.class.getClassLoader(), new Class<?>[] {MessageStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().contains("ut") && arguments != null) {
                        writeDown(arguments[0]);
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void writeDown(Object put) {
        switch (put) {
            case MessageExtBrokerInner message -> tried.add(Content.of(message));
            case MessageExtBatch batch -> batch.messages().forEach(message -> tried.add(Content.of(message)));
            default -> {
                // no put
            }
        }
    }

    @Override
    public void onAcknowledged(MessageExtBrokerInner message, AppendMessageResult append) {
        acknowledged.add(new Acknowledged(Content.of(message), append.wroteOffset(), append.wroteBytes(),
                append.queueOffset()));
        wanted.countDown();
    }

    /// From now on so many acknowledgements are waited for.
    public void want(int messages) {
        wanted = new CountDownLatch(messages);
    }

    /// Returns when as many messages as wanted were acknowledged.
    public void awaitWanted() {
        try {
            if (!wanted.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("%d of the wanted acknowledgements did not come within %d s"
                        .formatted(wanted.getCount(), PATIENCE_SECONDS));
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// What was acknowledged until now.
    public List<Acknowledged> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /// All that somebody tried to put until now, acknowledged or not.
    public Set<Content> tried() {
        return new HashSet<>(tried);
    }

    /// Those that cannot be read back as they were put, each with the reason.
    public static List<String> lost(List<Acknowledged> acknowledged, MessageStore store) {
        List<String> lost = new ArrayList<>();
        for (Acknowledged message : acknowledged) {
            String found = store.lookMessageByOffset(message.offset()).map(message::difference).orElse("nothing there");
            if (!found.isEmpty()) {
                lost.add("%s: %s".formatted(message, found));
            }
        }
        return lost;
    }

    /// What makes a message the one that was put. The load driver never makes two that are equal.
    public record Content(String topic, int queueId, int flag, String properties, ByteBuffer body) {
        static Content of(MessageExtBrokerInner message) {
            return new Content(message.topic(), message.queueId(), message.flag(), message.propertiesString(),
                    ByteBuffer.wrap(Arrays.copyOf(message.body(), message.bodySizeBytes())));
        }

        public static Content of(MessageExt message) {
            return new Content(message.topic(), message.queueId(), message.flag(), message.propertiesString(),
                    ByteBuffer.wrap(message.body()));
        }

        int bodyCrc32() {
            CRC32 crc = new CRC32();
            crc.update(body.array());
            return (int) crc.getValue() & Integer.MAX_VALUE;
        }

        @Override
        public String toString() {
            return "%s/%d, %d bytes, properties %s".formatted(topic, queueId, body.capacity(), properties);
        }
    }

    /// A message that a producer was told is stored.
    ///
    /// @param offset from the start of the log
    /// @param sizeBytes of its record
    public record Acknowledged(Content content, long offset, int sizeBytes, long queueOffset) {
        public long endOffset() {
            return offset + sizeBytes;
        }

        /// How a message that was read differs; "" when it does not.
        String difference(MessageExt read) {
            if (!Content.of(read).equals(content)) {
                return "another message: " + Content.of(read);
            }
            boolean equal = read.commitLogOffset() == offset && read.storeSizeBytes() == sizeBytes
                    && read.queueOffset() == queueOffset
                    && read.bodyCrc32() == content.bodyCrc32();
            return equal ? "" : "other offsets, size or CRC: " + read;
        }
    }
}
