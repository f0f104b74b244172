package dev.storescope.engine.schedule;

import dev.storescope.engine.api.GetMessageResult;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageProperties;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.log.DelayedMessages;
import dev.storescope.engine.service.Service;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// Delivers delayed messages: each level has a queue of its own, in which they are due one after another; one that is due is
/// put again under its real topic and queue (RocketMQ `ScheduleMessageService`).
///
/// Progress is noted every `flushDelayOffsetInterval` and at a clean stop, so that after a crash some are delivered twice
/// and none is lost.
///
/// Threads: the service's own; [#delivered()] by any.
public final class ScheduleMessageService implements Service {
    private static final System.Logger LOG = System.getLogger(ScheduleMessageService.class.getName());
    /// Of one level in one turn, so that the others have theirs.
    private static final int BATCH_MESSAGES = 32;
    /// RocketMQ's `DELAY_FOR_A_WHILE`.
    private static final long LOOK_AGAIN_NS = 100_000_000L;

    private final StoreEnvironment environment;
    private final List<Long> delayLevelsMs;
    private final long flushIntervalNs;
    private final DelayOffsets offsets;
    private final Source source;
    private final Function<MessageExtBrokerInner, PutMessageResult> target;
    private final AtomicLong delivered = new AtomicLong();
    private boolean loaded;
    private long lastFlushNanos;

    /// Where delayed messages are read from.
    @FunctionalInterface
    public interface Source {
        /// The next messages of a queue of the schedule topic. The caller closes it.
        GetMessageResult read(int queueId, long queueOffset, int maxMessages);
    }

    /// @param target puts a message that is due
    public ScheduleMessageService(StoreEnvironment environment, MessageStoreConfig config, Source source,
            Function<MessageExtBrokerInner, PutMessageResult> target) {
        this.environment = environment;
        this.delayLevelsMs = config.delayLevelsMs();
        this.flushIntervalNs = config.nanos(StoreSetting.FLUSH_DELAY_OFFSET_INTERVAL);
        this.offsets = new DelayOffsets(environment.disk(),
                config.storePathRootDir().resolve("config").resolve("delayOffset.json"));
        this.source = source;
        this.target = target;
    }

    @Override
    public String name() {
        return "ScheduleMessageService";
    }

    /// Messages that were put under their real topic since the start.
    public long delivered() {
        return delivered.get();
    }

    /// @return messages delivered
    @Override
    public int doWork() throws IOException {
        if (!loaded) {
            offsets.load();
            loaded = true;
            lastFlushNanos = environment.nanoTime();
        }
        int done = 0;
        for (int level = 1; level <= delayLevelsMs.size(); level++) {
            done += deliverDue(level);
        }
        if (environment.nanoTime() - lastFlushNanos >= flushIntervalNs) {
            lastFlushNanos = environment.nanoTime();
            offsets.flush();
        }
        return done;
    }

    @Override
    public long waitNs(int workDone) {
        return workDone > 0 ? 0 : LOOK_AGAIN_NS;
    }

    @Override
    public void onStop() throws IOException {
        if (loaded) {
            offsets.flush();
        }
    }

    private int deliverDue(int level) {
        try (GetMessageResult result = source.read(DelayedMessages.queueIdOf(level), offsets.next(level),
                BATCH_MESSAGES)) {
            return switch (result.status()) {
                case FOUND -> deliverDue(level, result.messages());
                case OFFSET_TOO_SMALL, OFFSET_FOUND_NULL, MESSAGE_WAS_REMOVING, OFFSET_OVERFLOW_BADLY -> {
                    LOG.log(Level.WARNING, "delay level {0}: goes on at {1}, {2} at {3}", level,
                            result.nextBeginOffset(), result.status(), offsets.next(level));
                    offsets.next(level, result.nextBeginOffset());
                    yield 0;
                }
                case NO_MATCHED_MESSAGE, OFFSET_OVERFLOW_ONE, NO_MATCHED_LOGIC_QUEUE, NO_MESSAGE_IN_QUEUE -> 0;
            };
        }
    }

    private int deliverDue(int level, List<MessageExt> messages) {
        int done = 0;
        for (MessageExt message : messages) {
            boolean due = message.storeTimestamp() + delayLevelsMs.get(level - 1) <= environment.currentTimeMillis();
            if (!due || !deliver(message)) {
                return done;
            }
            offsets.next(level, message.queueOffset() + 1);
            done++;
        }
        return done;
    }

    /// @return false when it has to be tried again
    private boolean deliver(MessageExt message) {
        Map<String, String> properties = message.properties();
        String topic = properties.getOrDefault(MessageProperties.REAL_TOPIC, "");
        OptionalInt queueId = queueId(properties.getOrDefault(MessageProperties.REAL_QUEUE_ID, ""));
        if (topic.isEmpty() || queueId.isEmpty()) {
            LOG.log(Level.ERROR,
                    "delayed message at offset {0}: expected its real topic and queue, found {1}; it is not"
                            + " delivered",
                    message.commitLogOffset(), properties);
            return true;
        }
        properties.remove(MessageProperties.DELAY);
        PutMessageResult result = target.apply(new MessageExtBrokerInner().topic(topic)
                .queueId(queueId.getAsInt())
                .flag(message.flag())
                .sysFlag(message.sysFlag())
                .body(message.body())
                .propertiesString(MessageProperties.encode(properties))
                .bornTimestamp(message.bornTimestamp())
                .bornHost(message.bornHost())
                .storeHost(message.storeHost())
                .reconsumeTimes(message.reconsumeTimes())
                .waitStoreMsgOk(false));
        if (result.isStored()) {
            delivered.incrementAndGet();
            return true;
        }
        boolean hopeless = result.status() == PutMessageStatus.MESSAGE_ILLEGAL
                || result.status() == PutMessageStatus.PROPERTIES_SIZE_EXCEEDED;
        LOG.log(hopeless ? Level.ERROR : Level.WARNING, "delayed message at offset {0}: {1}, {2}",
                message.commitLogOffset(), result.status(), hopeless ? "it is not delivered" : "tried again");
        return hopeless;
    }

    private static OptionalInt queueId(String text) {
        try {
            return OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
