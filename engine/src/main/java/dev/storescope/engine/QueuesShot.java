package dev.storescope.engine;

import dev.storescope.engine.api.StoreSnapshot.DispatchSnapshot;
import dev.storescope.engine.api.StoreSnapshot.QueueSnapshot;
import dev.storescope.engine.api.StoreSnapshot.QueuesShown;
import dev.storescope.engine.log.QueueOffsets;
import dev.storescope.engine.queue.ConsumeQueue;
import dev.storescope.engine.queue.ConsumeQueueEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The consume queues at one moment: all of them counted, as many described as a snapshot has room for.
///
/// @param entries of all, whose messages are in the log
/// @param topics of all
record QueuesShot(int count, long entries, List<QueueSnapshot> queues, QueuesShown shown, List<String> topics) {

    /// @param all by topic and queue id
    static QueuesShot of(List<ConsumeQueue> all, QueueOffsets offsets) {
        long entries = 0;
        for (ConsumeQueue queue : all) {
            long min = queue.minQueueOffset();
            entries += Math.max(0, queue.maxQueueOffset() - min);
        }
        boolean whole = all.size() <= DispatchSnapshot.MOST_QUEUES;
        List<ConsumeQueue> shown = whole ? all : furthestBehind(all, offsets);
        return new QueuesShot(all.size(), entries, shown.stream().map(queue -> describe(queue, offsets)).toList(),
                whole ? QueuesShown.ALL : QueuesShown.FURTHEST_BEHIND, topics(all));
    }

    private static List<String> topics(List<ConsumeQueue> all) {
        List<String> topics = new ArrayList<>();
        for (ConsumeQueue queue : all) {
            if (topics.isEmpty() || !topics.getLast().equals(queue.topic())) {
                topics.add(queue.topic());
            }
        }
        return Collections.unmodifiableList(topics);
    }

    private static List<ConsumeQueue> furthestBehind(List<ConsumeQueue> all, QueueOffsets offsets) {
        // Taken down first: they change while they are compared.
        long[] behind = all.stream().mapToLong(queue -> behind(queue, queue.maxQueueOffset(), offsets)).toArray();
        return IntStream.range(0, behind.length)
                .boxed()
                .sorted(Comparator.comparingLong(i -> -behind[i]))
                .limit(DispatchSnapshot.MOST_QUEUES)
                .sorted()
                .map(all::get)
                .toList();
    }

    private static long behind(ConsumeQueue queue, long max, QueueOffsets offsets) {
        return Math.max(0, offsets.next(queue.topic(), queue.queueId()) - max);
    }

    private static QueueSnapshot describe(ConsumeQueue queue, QueueOffsets offsets) {
        // The slowest first, so that their order holds.
        long flushed = queue.flushedQueueOffset();
        long max = queue.maxQueueOffset();
        long lastCommitLogOffset = queue.entry(max - 1).map(ConsumeQueueEntry::commitLogOffset).orElse(-1L);
        return new QueueSnapshot(queue.topic(), queue.queueId(), queue.minQueueOffset(), Math.min(flushed, max), max,
                behind(queue, max, offsets), queue.files().files().size(), lastCommitLogOffset);
    }
}
