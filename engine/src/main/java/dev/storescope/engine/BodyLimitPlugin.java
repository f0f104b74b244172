package dev.storescope.engine;

import dev.storescope.engine.api.MessageExtBatch;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/// A plug-in that refuses messages whose body is longer than it was told, as `MESSAGE_ILLEGAL`, and says in the runtime
/// figures how many these were. A batch is refused when one of its messages is.
///
/// An example: a limit that the store itself need not know, for one kind of user in front of a store of many.
public final class BodyLimitPlugin extends AbstractPluginMessageStore {
    /// The name of its figure.
    public static final String REFUSED = "bodyLimitRefusedTimes";

    private final int maxBodyBytes;
    private final LongAdder refused = new LongAdder();

    /// @param maxBodyBytes the longest body that is taken, as text
    public BodyLimitPlugin(MessageStore next, String maxBodyBytes) {
        super(next);
        this.maxBodyBytes = parse(maxBodyBytes);
    }

    private static int parse(String text) {
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw new StoreException("BodyLimitPlugin: expected a number of bytes, found '%s'".formatted(text), e);
        }
    }

    @Override
    public PutMessageResult putMessage(MessageExtBrokerInner message) {
        return isTooLong(message) ? refuse() : super.putMessage(message);
    }

    @Override
    public PutMessageResult putMessages(MessageExtBatch batch) {
        return isTooLong(batch) ? refuse() : super.putMessages(batch);
    }

    @Override
    public CompletableFuture<PutMessageResult> asyncPutMessage(MessageExtBrokerInner message) {
        return isTooLong(message) ? CompletableFuture.completedFuture(refuse()) : super.asyncPutMessage(message);
    }

    @Override
    public CompletableFuture<PutMessageResult> asyncPutMessages(MessageExtBatch batch) {
        return isTooLong(batch) ? CompletableFuture.completedFuture(refuse()) : super.asyncPutMessages(batch);
    }

    @Override
    public Map<String, String> getRuntimeInfo() {
        Map<String, String> info = new LinkedHashMap<>(super.getRuntimeInfo());
        info.put(REFUSED, Long.toString(refused.sum()));
        return info;
    }

    private boolean isTooLong(MessageExtBatch batch) {
        return batch.messages().stream().anyMatch(this::isTooLong);
    }

    private boolean isTooLong(MessageExtBrokerInner message) {
        return Integer.compareUnsigned(message.bodySizeBytes(), maxBodyBytes) > 0;
    }

    private PutMessageResult refuse() {
        refused.increment();
        return PutMessageResult.rejected(PutMessageStatus.MESSAGE_ILLEGAL);
    }
}
