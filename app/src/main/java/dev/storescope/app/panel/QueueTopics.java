package dev.storescope.app.panel;

import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.QueueSnapshot;
import java.util.List;

/// Which topics and queues there are to choose from: those of a snapshot, which names all topics, and the queues that it
/// has room for.
public final class QueueTopics {
    private QueueTopics() {
    }

    /// Sorted.
    public static List<String> of(StoreSnapshot snapshot) {
        return snapshot.dispatch().topics();
    }

    /// Of one topic, sorted.
    public static List<Integer> queueIds(StoreSnapshot snapshot, String topic) {
        return snapshot.dispatch()
                .queues()
                .stream()
                .filter(queue -> queue.topic().equals(topic))
                .map(QueueSnapshot::queueId)
                .toList();
    }
}
