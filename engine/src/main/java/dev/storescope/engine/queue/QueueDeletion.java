package dev.storescope.engine.queue;

import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.PutMessageLock;
import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.log.DelayedMessages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Takes queues away: those of a topic, and those whose messages have all gone from the log.
///
/// Threads: any, one at a time; see [ConsumeQueueStore].
final class QueueDeletion {
    private final Disk disk;
    private final Path directory;
    private final CommitLog log;
    private final QueueTable table;
    private final DeletedTopics deleted;
    private final PutMessageLock lock;

    /// @param lock held by the dispatch for each entry
    QueueDeletion(Disk disk, Path directory, CommitLog log, QueueTable table, DeletedTopics deleted,
            PutMessageLock lock) {
        this.disk = disk;
        this.directory = directory;
        this.log = log;
        this.table = table;
        this.deleted = deleted;
        this.lock = lock;
    }

    /// @return how many queues there were
    int deleteTopic(String topic) throws IOException {
        if (!QueueNames.mayBeDirectory(topic)) {
            return 0;
        }
        lock.lock();
        try {
            deleted.add(topic, log.forgetTopic(topic));
            List<ConsumeQueue> queues = table.remove(topic);
            for (ConsumeQueue queue : queues) {
                queue.files().destroy();
            }
            deleteIfEmpty(topic);
            return queues.size();
        } finally {
            lock.unlock();
        }
    }

    /// @return how many queues were deleted
    int deleteExpired() throws IOException {
        int count = 0;
        for (ConsumeQueue queue : table.all()) {
            if (!queue.topic().equals(DelayedMessages.SCHEDULE_TOPIC)) {
                count += deleteIfExpired(queue);
            }
        }
        return count;
    }

    private int deleteIfExpired(ConsumeQueue queue) throws IOException {
        // What is dispatched comes after this, or has its queue offset from the log already.
        lock.lock();
        try {
            long max = queue.maxQueueOffset();
            boolean gone = queue.entry(max - 1)
                    .map(last -> last.commitLogOffset() < log.files().minOffset())
                    .orElse(false);
            if (!gone || !log.forgetQueueThatEndsAt(queue.topic(), queue.queueId(), max)) {
                return 0;
            }
            table.remove(queue);
            queue.files().destroy();
            deleteIfEmpty(queue.topic());
            return 1;
        } finally {
            lock.unlock();
        }
    }

    private void deleteIfEmpty(String topic) throws IOException {
        Path topicDirectory = directory.resolve(topic);
        if (disk.exists(topicDirectory) && disk.list(topicDirectory).isEmpty()) {
            disk.delete(topicDirectory);
            disk.forceDirectory(directory);
        }
    }
}
