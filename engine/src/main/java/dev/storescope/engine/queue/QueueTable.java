package dev.storescope.engine.queue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// All queues by topic and queue id.
///
/// Threads: changed by one at a time, read by any. Nothing depends on the order of the maps.
final class QueueTable {
    private static final Comparator<ConsumeQueue> ORDER = Comparator.comparing(ConsumeQueue::topic)
            .thenComparingInt(ConsumeQueue::queueId);
    /// Queue ids up to here have a place in an array, so that an entry finds its queue without allocating.
    private static final int DIRECT_QUEUES = 1024;

    private final Map<String, Topic> topics = new ConcurrentHashMap<>();

    Optional<ConsumeQueue> find(String topic, int queueId) {
        Topic queues = topics.get(topic);
        ConsumeQueue queue = queues == null ? null : queues.get(queueId);
        return queue == null ? Optional.empty() : queue.present();
    }

    void put(ConsumeQueue queue) {
        Topic queues = topics.get(queue.topic());
        if (queues == null) {
            queues = new Topic();
            topics.put(queue.topic(), queues);
        }
        queues.put(queue);
    }

    /// All, by topic and queue id.
    List<ConsumeQueue> all() {
        List<ConsumeQueue> all = new ArrayList<>();
        topics.values().forEach(topic -> topic.addTo(all));
        all.sort(ORDER);
        return all;
    }

    /// Of a topic, ascending.
    List<Integer> queueIds(String topic) {
        List<ConsumeQueue> all = new ArrayList<>();
        Topic queues = topics.get(topic);
        if (queues != null) {
            queues.addTo(all);
        }
        return all.stream().map(ConsumeQueue::queueId).sorted().toList();
    }

    List<String> topics() {
        return topics.keySet().stream().sorted().toList();
    }

    /// Takes a topic out.
    ///
    /// @return its queues, by queue id
    List<ConsumeQueue> remove(String topic) {
        List<ConsumeQueue> all = new ArrayList<>();
        Topic removed = topics.remove(topic);
        if (removed != null) {
            removed.addTo(all);
        }
        all.sort(ORDER);
        return all;
    }

    /// Takes one queue out, and its topic when it was the last.
    void remove(ConsumeQueue queue) {
        Topic queues = topics.get(queue.topic());
        if (queues != null && queues.remove(queue)) {
            topics.remove(queue.topic());
        }
    }

    /// The queues of one topic.
    private static final class Topic {
        private final Map<Integer, ConsumeQueue> others = new ConcurrentHashMap<>();
        // Replaced with each new queue; read by any.
        private volatile ConsumeQueue[] direct = {};

        ConsumeQueue get(int queueId) {
            if (queueId < 0 || queueId >= DIRECT_QUEUES) {
                return others.get(queueId);
            }
            ConsumeQueue[] now = direct;
            return queueId < now.length ? now[queueId] : null;
        }

        void put(ConsumeQueue queue) {
            int queueId = queue.queueId();
            if (queueId < 0 || queueId >= DIRECT_QUEUES) {
                others.put(queueId, queue);
                return;
            }
            ConsumeQueue[] longer = Arrays.copyOf(direct, Math.max(queueId + 1, direct.length));
            longer[queueId] = queue;
            direct = longer;
        }

        /// @return whether none is left
        boolean remove(ConsumeQueue queue) {
            int queueId = queue.queueId();
            if (queueId < 0 || queueId >= DIRECT_QUEUES) {
                others.remove(queueId);
            } else {
                ConsumeQueue[] fewer = direct.clone();
                fewer[queueId] = null;
                direct = fewer;
            }
            return others.isEmpty() && Arrays.stream(direct).allMatch(Objects::isNull);
        }

        void addTo(List<ConsumeQueue> all) {
            Arrays.stream(direct).filter(queue -> queue != null).forEach(all::add);
            all.addAll(others.values());
        }
    }
}
