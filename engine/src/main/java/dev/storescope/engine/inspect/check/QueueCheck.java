package dev.storescope.engine.inspect.check;

import dev.storescope.engine.api.SysFlag;
import dev.storescope.engine.dispatch.DispatchRequest;
import dev.storescope.engine.dispatch.TagsCodes;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.inspect.MappedFiles;
import dev.storescope.engine.inspect.QueueFiles;
import dev.storescope.engine.inspect.QueueFiles.Entry;
import dev.storescope.engine.inspect.QueueFiles.QueueFile;
import dev.storescope.engine.inspect.StoreInspector;
import dev.storescope.engine.inspect.check.CheckFault.Kind;
import dev.storescope.engine.inspect.check.CheckFault.Part;
import dev.storescope.engine.log.TopicNames;
import dev.storescope.engine.queue.DeletedTopics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checks every consume queue against the log, in both directions. Close it. Threads: one.
final class QueueCheck implements AutoCloseable {
    private static final int MAX_OPEN_FILES = 128;

    private final CheckContext context;
    private final FaultList faults;
    private final MappedFiles mapped;
    private final TagsCodes tagsCodes;
    private final DeletedTopics deleted;
    private final Map<String, Map<Integer, CheckedQueue>> queues = new HashMap<>();
    private final List<CheckedQueue> all = new ArrayList<>();
    private int onDisk;
    private long unsafeTopics;
    private long ofDeleted;
    private long uncounted;
    private long expired;
    private long ofDamaged;

    QueueCheck(CheckContext context, FaultList faults) {
        this.context = context;
        this.faults = faults;
        mapped = new MappedFiles(context.disk(), MAX_OPEN_FILES);
        tagsCodes = new TagsCodes(context.config());
        deleted = deletedTopics();
        for (Disk.Entry topic : context.directories(StoreInspector.CONSUME_QUEUE)) {
            for (Disk.Entry queue : context.directories(StoreInspector.CONSUME_QUEUE + "/" + topic.name())) {
                add(topic.name(), queue.name());
            }
        }
        onDisk = all.size();
    }

    private DeletedTopics deletedTopics() {
        DeletedTopics topics = new DeletedTopics(context.disk(), context.config().storePathRootDir());
        try {
            topics.load();
        } catch (IOException e) {
            faults.note("which topics were deleted cannot be read: " + e.getMessage());
        }
        return topics;
    }

    private void add(String topic, String queueName) {
        String directory = directory(topic, queueName);
        Optional<Integer> queueId = number(queueName);
        if (queueId.isEmpty()) {
            faults.note("%s is no queue: its name is no number".formatted(directory));
            return;
        }
        QueueFiles files = new QueueFiles(mapped, directory);
        long lengthOfFirst = -1;
        for (Disk.Entry entry : context.files(directory)) {
            Optional<Long> from = StoreInspector.offset(entry.name());
            String name = directory + "/" + entry.name();
            if (from.isEmpty()) {
                faults.note("%s is no file of the queue: its name is no offset".formatted(name));
                continue;
            }
            lengthOfFirst = lengthOfFirst < 0 ? entry.sizeBytes() : lengthOfFirst;
            if (entry.sizeBytes() % QueueFiles.ENTRY_BYTES != 0 || entry.sizeBytes() != lengthOfFirst) {
                faults.add(Kind.QUEUE_FILE, name, 0,
                        "%d bytes as the queue's other files, a multiple of %d".formatted(lengthOfFirst,
                                QueueFiles.ENTRY_BYTES),
                        entry.sizeBytes() + " bytes");
            }
            if (from.get() % QueueFiles.ENTRY_BYTES == 0) {
                files.add(new QueueFile(context.path(name), from.get(), entry.sizeBytes()));
            } else {
                faults.add(Kind.QUEUE_FILE, name, 0, "a name that is a multiple of " + QueueFiles.ENTRY_BYTES,
                        entry.name());
            }
        }
        put(new CheckedQueue(context, topic, queueId.get(), files, () -> newerFiles(directory), faults));
    }

    private List<QueueFile> newerFiles(String directory) {
        List<QueueFile> files = new ArrayList<>();
        if (context.mayBeLate()) {
            for (Disk.Entry entry : context.files(directory)) {
                StoreInspector.offset(entry.name())
                        .filter(from -> from % QueueFiles.ENTRY_BYTES == 0)
                        .ifPresent(from -> files
                                .add(new QueueFile(context.path(directory + "/" + entry.name()), from,
                                        entry.sizeBytes())));
            }
        }
        return files;
    }

    private void put(CheckedQueue queue) {
        queues.computeIfAbsent(queue.topic(), _ -> new HashMap<>()).put(queue.queueId(), queue);
        all.add(queue);
    }

    /// A record of the log, in its order.
    void record(DispatchRequest record) {
        if (!SysFlag.entersQueue(record.sysFlag())) {
            return;
        }
        if (!TopicNames.isSafe(record.topic())) {
            unsafeTopics++;
            return;
        }
        if (deleted.covers(record.topic(), record.commitLogOffset())) {
            ofDeleted++;
            return;
        }
        Optional<CheckedQueue> queue = queue(record);
        if (queue.isPresent()) {
            queue.get().record(record, tagsCodes.of(record));
        } else {
            uncounted++;
        }
    }

    private Optional<CheckedQueue> queue(DispatchRequest record) {
        Map<Integer, CheckedQueue> ofTopic = queues.get(record.topic());
        CheckedQueue queue = ofTopic == null ? null : ofTopic.get(record.queueId());
        if (queue == null && all.size() - onDisk < StoreInspector.MAX_QUEUES) {
            String directory = directory(record.topic(), Integer.toString(record.queueId()));
            queue = new CheckedQueue(context, record.topic(), record.queueId(), new QueueFiles(mapped, directory),
                    () -> newerFiles(directory), faults);
            put(queue);
        }
        return Optional.ofNullable(queue);
    }

    /// After the last record.
    void finish(LogExtent log, CheckProgress progress) {
        long dispatched = all.stream().mapToLong(CheckedQueue::knownEndOffset).max().orElse(0);
        long lateFrom = context.mayBeLate() ? dispatched : Long.MAX_VALUE;
        try (LogLookup lookup = new LogLookup(context.inspector())) {
            for (int i = 0; i < all.size(); i++) {
                CheckedQueue queue = all.get(i);
                queue.endOfRecords(lateFrom);
                queue.checkRest((of, queueOffset, entry) -> problem(of, queueOffset, entry, log, lookup));
                progress.at(Part.QUEUE, i + 1L, all.size());
            }
        }
        notes();
    }

    private void notes() {
        note(all.stream().mapToLong(CheckedQueue::pending).sum(),
                "%d records at the end of the log have no queue entry yet: the store was not closed, and adds them when it goes on");
        note(unsafeTopics, "%d records have a topic that cannot be a directory, and so no queue");
        note(ofDeleted, "%d records belong to topics that were deleted after them, and so to no queue");
        note(uncounted, "%d records belong to further queues that the log alone knows: they are not checked");
        note(expired, "%d queue entries point before the begin of the log: their records have expired");
        note(ofDamaged,
                "%d queue entries point into parts of the log that are damaged or missing, or stand for what was there");
    }

    private void note(long count, String text) {
        if (count > 0) {
            faults.note(text.formatted(count));
        }
    }

    private Optional<String> problem(CheckedQueue queue, long queueOffset, Entry entry, LogExtent log,
            LogLookup lookup) {
        if (entry.sizeBytes() <= 0 || entry.commitLogOffset() < 0) {
            return Optional.of("zeros, or the offset and size of a record");
        }
        if (entry.commitLogOffset() < log.minOffset()) {
            expired++;
            return Optional.empty();
        }
        boolean ofLost = entry.equals(Entry.PRE_BLANK) && !log.damaged().isEmpty();
        if (ofLost || log.isDamaged(entry.commitLogOffset())) {
            ofDamaged++;
            return Optional.empty();
        }
        if (entry.commitLogOffset() >= log.endOffset() && !context.mayBeLate()) {
            return Optional.of("an offset before the end of the log at %d".formatted(log.endOffset()));
        }
        Optional<DispatchRequest> record = lookup.record(entry.commitLogOffset());
        boolean its = record.isPresent() && record.get().topic().equals(queue.topic())
                && record.get().queueId() == queue.queueId()
                && record.get().queueOffset() == queueOffset
                && SysFlag.entersQueue(record.get().sysFlag())
                && new Entry(record.get().commitLogOffset(), record.get().sizeBytes(), tagsCodes.of(record.get()))
                        .equals(entry);
        return its ? Optional.empty() : Optional.of("the offset of a record of this queue with this queue offset");
    }

    long entries() {
        return all.stream().mapToLong(CheckedQueue::entries).sum();
    }

    int queuesOnDisk() {
        return onDisk;
    }

    @Override
    public void close() {
        mapped.close();
    }

    private static String directory(String topic, String queueId) {
        return "%s/%s/%s".formatted(StoreInspector.CONSUME_QUEUE, topic, queueId);
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.valueOf(text)).filter(number -> number.toString().equals(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
