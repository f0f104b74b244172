package dev.storescope.engine.log;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The next queue offset of each topic and queue (RocketMQ's topic-queue table).
///
/// Threads: changed under the put lock (by the recovery before there are puts), read by any. Nothing depends on the
/// order of the maps.
public final class QueueOffsets {
    /// Queue ids up to here have a place in an array, so that a put finds its offset without allocating.
    private static final int DIRECT_QUEUES = 1024;

    private final Map<String, TopicQueues> topics = new ConcurrentHashMap<>();

    /// The offset that the next message of the queue gets; 0 for a queue without messages.
    public long next(String topic, int queueId) {
        TopicQueues queues = topics.get(topic);
        return queues == null ? 0 : queues.get(queueId);
    }

    /// Only under the put lock.
    void setLocked(String topic, int queueId, long next) {
        ofLocked(topic).set(queueId, next);
    }

    /// The queues of a topic, for who asks and sets. Only under the put lock, and not kept longer than it is held.
    TopicQueues ofLocked(String topic) {
        TopicQueues queues = topics.get(topic);
        if (queues == null) {
            queues = new TopicQueues();
            topics.put(topic, queues);
        }
        return queues;
    }

    /// The topic begins anew. Only under the put lock.
    void forgetLocked(String topic) {
        topics.remove(topic);
    }

    /// The queue begins anew. Only under the put lock.
    void forgetLocked(String topic, int queueId) {
        setLocked(topic, queueId, 0);
    }

    /// All queues begin anew; before there are puts.
    void clear() {
        topics.clear();
    }

    /// What a queue that was opened says; before there are puts.
    public void begin(String topic, int queueId, long next) {
        setLocked(topic, queueId, next);
    }

    /// A message with this offset was found in the log.
    ///
    /// @return what was to be expected after the messages before it; `queueOffset` itself for the first of its queue
    public long observe(String topic, int queueId, long queueOffset) {
        long expected = next(topic, queueId);
        if (queueOffset >= expected) {
            setLocked(topic, queueId, queueOffset + 1);
        }
        return expected == 0 ? queueOffset : expected;
    }

    /// The queues of one topic.
    static final class TopicQueues {
        private final Map<Integer, Long> others = new ConcurrentHashMap<>();
        // Replaced when it grows; its elements are written under the put lock and may be read a moment late.
        private volatile long[] direct = new long[8];

        long get(int queueId) {
            if (queueId < 0 || queueId >= DIRECT_QUEUES) {
                return others.getOrDefault(queueId, 0L);
            }
            long[] now = direct;
            return queueId < now.length ? now[queueId] : 0;
        }

        void set(int queueId, long next) {
            if (queueId < 0 || queueId >= DIRECT_QUEUES) {
                others.put(queueId, next);
                return;
            }
            long[] now = direct;
            if (queueId >= now.length) {
                now = Arrays.copyOf(now, Math.max(queueId + 1, now.length * 2));
                direct = now;
            }
            now[queueId] = next;
        }
    }
}
