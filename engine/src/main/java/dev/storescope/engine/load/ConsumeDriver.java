package dev.storescope.engine.load;

import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.GetMessageResult;
import dev.storescope.engine.api.GetMessageStatus;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.env.StoreThread;
import dev.storescope.engine.env.Wakeup;
import dev.storescope.engine.load.ConsumeSnapshot.LastPull;
import dev.storescope.engine.load.ConsumeSnapshot.Position;
import dev.storescope.engine.load.ConsumeSnapshot.Received;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/// One consumer that pulls messages from queues of a topic, in turn, at a given pace.
///
/// It knows for each queue how far it is, also while it does not run, and goes on there. What a pull gives is looked at
/// and let go at once.
///
/// Threads: started and stopped by one owner; the rest by any.
public final class ConsumeDriver {
    public static final String GROUP = "storescope";
    public static final int KEPT_MESSAGES = 50;

    private static final String NAME = "consumer";
    private static final System.Logger LOG = System.getLogger(ConsumeDriver.class.getName());
    /// One pull asks for no more: as many as RocketMQ's consumers do.
    private static final int MOST_A_PULL = 32;
    /// How soon an empty queue is asked again.
    private static final long LOOK_AGAIN_NS = 20_000_000L;
    /// At a high pace one pull then brings several.
    private static final long LEAST_WAIT_NS = 5_000_000L;
    /// How soon a new queue of the topic is found.
    private static final long LOOK_FOR_QUEUES_NS = 200_000_000L;
    private static final long NS_PER_S = 1_000_000_000L;
    /// What was missed is made up for no further back: a consumer that had nothing to do must not rush afterwards.
    private static final long MOST_CREDIT_NS = 100_000_000L;

    private final MessageStore store;
    private final StoreEnvironment environment;
    private final Wakeup wakeup;
    /// Next offsets by topic and queue id; written by the consumer's thread and by whoever resets, read by any.
    private final Map<String, NavigableMap<Integer, Long>> next = new ConcurrentHashMap<>();
    // Written by whoever commands, read by the consumer's thread.
    private volatile ConsumeSpec spec;
    private volatile boolean stopRequested;
    // Written by the consumer's thread (and at the start by the owner), read by any.
    private volatile Notes notes = new Notes(0, Optional.empty(), List.of());
    private volatile boolean running;
    private volatile String failure = "";
    private StoreThread thread;
    // Of the consumer's thread.
    private long paidUntilNanos;
    private int turn;
    private ConsumeSpec askedFor = ConsumeSpec.NOTHING;
    private List<Integer> asked = List.of();
    private long askedAtNanos;

    /// What came, all of one moment.
    ///
    /// @param lastMessages the latest first
    private record Notes(long received, Optional<LastPull> lastPull, List<Received> lastMessages) {
    }

    /// Where a consumer goes on.
    public enum Reset {
        /// The first message that is still there.
        MIN,
        /// Behind the last one.
        MAX
    }

    public ConsumeDriver(MessageStore store, StoreEnvironment environment, ConsumeSpec spec) {
        this.store = store;
        this.environment = environment;
        this.spec = spec;
        wakeup = environment.newWakeup(NAME);
    }

    /// Goes on where another one, of the same files, was.
    public void goOnFrom(ConsumeDriver earlier) {
        earlier.next.forEach((topic, offsets) -> next.put(topic, new ConcurrentSkipListMap<>(offsets)));
        notes = earlier.notes;
    }

    /// Does nothing while it runs.
    public void start() {
        if (running) {
            return;
        }
        awaitEnd();
        stopRequested = false;
        failure = "";
        running = true;
        paidUntilNanos = environment.nanoTime();
        thread = environment.start(NAME, this::run);
    }

    /// Pulls no more, and waits for the pull under way.
    public void stop() {
        requestStop();
        awaitEnd();
    }

    public void requestStop() {
        stopRequested = true;
        wakeup.signal();
    }

    private void awaitEnd() {
        if (thread != null) {
            thread.join(Long.MAX_VALUE);
        }
    }

    public void update(ConsumeSpec other) {
        spec = other;
        wakeup.signal();
    }

    /// Sets where the queues of the spec go on.
    public void reset(Reset to) {
        ConsumeSpec now = spec;
        for (int queueId : queueIds(now)) {
            offsets(now).put(queueId, switch (to) {
                case MIN -> store.getMinOffsetInQueue(now.topic(), queueId);
                case MAX -> store.getMaxOffsetInQueue(now.topic(), queueId);
            });
        }
        wakeup.signal();
    }

    public ConsumeSpec spec() {
        return spec;
    }

    public boolean isRunning() {
        return running;
    }

    public ConsumeSnapshot snapshot() {
        ConsumeSpec now = spec;
        List<Position> positions = offsets(now).entrySet()
                .stream()
                .filter(entry -> now.queueId().isEmpty() || now.queueId().getAsInt() == entry.getKey())
                .map(entry -> position(now.topic(), entry.getKey(), entry.getValue()))
                .toList();
        Notes read = notes;
        return new ConsumeSnapshot(now, running && !stopRequested, positions, read.received, read.lastPull,
                read.lastMessages, failure);
    }

    private Position position(String topic, int queueId, long nextOffset) {
        // The laggard was read first: it never passes the maximum.
        return new Position(queueId, nextOffset, store.getMinOffsetInQueue(topic, queueId),
                store.getMaxOffsetInQueue(topic, queueId));
    }

    private NavigableMap<Integer, Long> offsets(ConsumeSpec of) {
        return next.computeIfAbsent(of.topic(), _ -> new ConcurrentSkipListMap<>());
    }

    private List<Integer> queueIds(ConsumeSpec of) {
        if (of.queueId().isPresent()) {
            return List.of(of.queueId().getAsInt());
        }
        return store.getQueueIds(of.topic());
    }

    // --- the consumer's thread ---

    private void run() {
        try {
            while (!stopRequested) {
                long waitNs = pullOnce();
                if (waitNs > 0 && !stopRequested) {
                    wakeup.await(waitNs);
                }
            }
        } catch (RuntimeException | InternalError e) {
            // A file that is unmapped under a reader comes as InternalError.
            failure = String.valueOf(e.getMessage());
            if (!stopRequested) {
                LOG.log(System.Logger.Level.WARNING, "consumer: " + failure, e);
            }
        } finally {
            running = false;
        }
    }

    /// Asks the queues in turn until one gives something.
    ///
    /// @return how long to wait until the next pull
    private long pullOnce() {
        ConsumeSpec now = spec;
        long nanos = environment.nanoTime();
        long perMessageNs = Math.max(1, NS_PER_S / now.messagesPerSecond());
        paidUntilNanos = Math.max(paidUntilNanos, nanos - Math.max(MOST_CREDIT_NS, perMessageNs));
        long allowed = (nanos - paidUntilNanos) / perMessageNs;
        if (allowed < 1) {
            return Math.max(LEAST_WAIT_NS, paidUntilNanos + perMessageNs - nanos);
        }
        List<Integer> queueIds = knownQueueIds(now, nanos);
        int most = (int) Math.min(allowed, MOST_A_PULL);
        for (int i = 0; i < queueIds.size(); i++) {
            int messages = pull(now, queueIds.get(turn++ % queueIds.size()), most);
            if (messages > 0) {
                paidUntilNanos += messages * perMessageNs;
                return 0;
            }
        }
        return LOOK_AGAIN_NS;
    }

    private List<Integer> knownQueueIds(ConsumeSpec now, long nanos) {
        if (!now.equals(askedFor) || nanos - askedAtNanos >= LOOK_FOR_QUEUES_NS) {
            askedFor = now;
            asked = queueIds(now);
            askedAtNanos = nanos;
        }
        return asked;
    }

    /// @return how many messages there were
    private int pull(ConsumeSpec now, int queueId, int most) {
        NavigableMap<Integer, Long> offsets = offsets(now);
        long from = offsets.computeIfAbsent(queueId, id -> store.getMinOffsetInQueue(now.topic(), id));
        try (GetMessageResult result = store.getMessage(GROUP, now.topic(), queueId, from, most, now.filter())) {
            List<MessageExt> messages = result.messages();
            // Unless it was reset meanwhile.
            offsets.replace(queueId, from, result.nextBeginOffset());
            note(now, new LastPull(queueId, from, result.status(), messages.size(), result.nextBeginOffset()),
                    messages);
            return messages.size();
        }
    }

    private void note(ConsumeSpec now, LastPull pull, List<MessageExt> messages) {
        Notes before = notes;
        boolean empty = pull.status() == GetMessageStatus.OFFSET_OVERFLOW_ONE;
        boolean gaveBefore = before.lastPull.filter(last -> last.status() == GetMessageStatus.FOUND).isPresent();
        // A queue at its end says so at each look; it is the last word only when all are.
        Optional<LastPull> told = empty && gaveBefore && hasLag(now) ? before.lastPull : Optional.of(pull);
        List<Received> accepted = messages.stream()
                .filter(message -> now.accepts(message.tags()))
                .map(message -> new Received(message.topic(), message.queueId(), message.queueOffset(),
                        message.commitLogOffset(), message.storeSizeBytes(), message.tags(), message.keys()))
                .toList();
        List<Received> latest = Stream.concat(accepted.reversed().stream(), before.lastMessages.stream())
                .limit(KEPT_MESSAGES)
                .toList();
        notes = new Notes(before.received + accepted.size(), told, latest);
    }

    private boolean hasLag(ConsumeSpec now) {
        return offsets(now).entrySet()
                .stream()
                .anyMatch(entry -> position(now.topic(), entry.getKey(), entry.getValue()).lag() > 0);
    }
}
