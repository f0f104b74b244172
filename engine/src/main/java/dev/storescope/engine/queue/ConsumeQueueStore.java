package dev.storescope.engine.queue;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageLockKind;
import dev.storescope.engine.api.RunningFlag;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.SysFlag;
import dev.storescope.engine.dispatch.CommitLogDispatcher;
import dev.storescope.engine.dispatch.DispatchRequest;
import dev.storescope.engine.dispatch.LogReplay;
import dev.storescope.engine.dispatch.TagsCodes;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.PutMessageLock;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.MappedFileQueue.NewFiles;
import dev.storescope.engine.file.MappedFileQueue.Options;
import dev.storescope.engine.file.RunningFlags;
import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.log.MessageLayout;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.queue.ConsumeQueue.Appended;
import dev.storescope.engine.queue.RecoveryPoint.QueueEnd;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// All consume queues of a store, in `consumequeue/<topic>/<queueId>`, kept up by the dispatch of the log (RocketMQ
/// `ConsumeQueueStore`).
///
/// Threads: dispatched to by one; topics are deleted by any, one at a time; the rest by any.
public final class ConsumeQueueStore implements CommitLogDispatcher {
    private static final System.Logger LOG = System.getLogger(ConsumeQueueStore.class.getName());

    private static final String SIZE_SETTING = StoreSetting.MAPPED_FILE_SIZE_CONSUME_QUEUE.rocketMqName();

    private final StoreEnvironment environment;
    private final Path directory;
    private final long fileSizeBytes;
    private final TagsCodes tagsCodes;
    private final QueueTable table = new QueueTable();
    /// Held for one entry, and while a topic is deleted.
    private final PutMessageLock lock;
    private final List<String> notes = new ArrayList<>();
    private final List<String> emptied = new ArrayList<>();
    private final AtomicLong gaps = new AtomicLong();
    private final AtomicReference<String> distrusted = new AtomicReference<>("");
    private final CommitLog log;
    private final RunningFlags flags;
    private final DeletedTopics deleted;
    private final QueueDeletion deletion;
    // Used by the one that dispatches.
    private boolean failing;
    // Written by the one that dispatches, read by the one that flushes; each only grows. Under the lock they fit together.
    private final AtomicLong dispatchedOffset = new AtomicLong(-1);
    private final AtomicLong dispatchedTimestamp = new AtomicLong();
    private final AtomicLong dispatchedEndOffset = new AtomicLong(-1);

    /// @param log that the queues are made from
    public ConsumeQueueStore(StoreEnvironment environment, MessageStoreConfig config, CommitLog log,
            RunningFlags flags) {
        this.environment = environment;
        this.directory = config.storePathConsumeQueue();
        this.fileSizeBytes = config.mappedFileSizeConsumeQueue();
        this.tagsCodes = new TagsCodes(config);
        this.log = log;
        this.flags = flags;
        this.deleted = new DeletedTopics(environment.disk(), config.storePathRootDir());
        this.lock = environment.newPutMessageLock(PutMessageLockKind.REENTRANT);
        this.deletion = new QueueDeletion(environment.disk(), directory, log, table, deleted, lock);
    }

    /// Throws [StoreException] when there are files and none has the length that the settings say: then the settings
    /// belong to another store. Changes nothing.
    public void refuseOtherGeometry() throws IOException {
        Optional<StoreException> wrong = Optional.empty();
        for (ConsumeQueue queue : listQueues(text -> {
        })) {
            for (Disk.Entry entry : environment.disk().list(queue.files().directory())) {
                if (isQueueFile(entry) && entry.sizeBytes() == fileSizeBytes) {
                    return;
                }
                if (isQueueFile(entry) && entry.sizeBytes() != 0) {
                    wrong = Optional.of(new StoreException(
                            "%s: expected a file of %d bytes (%s), found %d bytes; nothing was changed".formatted(
                                    queue.files().directory().resolve(entry.name()), fileSizeBytes, SIZE_SETTING,
                                    entry.sizeBytes())));
                }
            }
        }
        if (wrong.isPresent()) {
            throw wrong.get();
        }
    }

    private static boolean isQueueFile(Disk.Entry entry) {
        return !entry.directory() && entry.name().matches("\\d{20}");
    }

    /// Opens the queues that are there. One whose files cannot be right is emptied, to be made again from the log.
    public void load() throws IOException {
        load(RecoveryPoint.NONE);
    }

    /// @param point says where the queues ended once, so that not all entries need be looked at to find the end
    public void load(RecoveryPoint point) throws IOException {
        deleted.load();
        Map<String, Long> knownEnds = new HashMap<>();
        point.queues().forEach(queue -> knownEnds.put(queue.queueId() + " " + queue.topic(), queue.end()));
        for (ConsumeQueue queue : listQueues(this::note)) {
            try {
                queue.files().load();
                notes.addAll(queue.files().notes());
            } catch (StoreException e) {
                note("%s; the queue is made again from the log".formatted(e.getMessage()));
                deleteFiles(queue.files().directory());
                emptied.add(queue.topic() + "/" + queue.queueId());
            }
            if (!queue.isWhole()) {
                note("%s: a file is missing between others; the queue is made again from the log"
                        .formatted(queue.files().directory()));
                queue.clear();
                emptied.add(queue.topic() + "/" + queue.queueId());
            }
            queue.findEnd(knownEnds.getOrDefault(queue.queueId() + " " + queue.topic(), 0L));
            table.put(queue);
        }
    }

    private List<ConsumeQueue> listQueues(Consumer<String> odd) throws IOException {
        List<ConsumeQueue> queues = new ArrayList<>();
        for (Disk.Entry topic : environment.disk().list(directory)) {
            if (!topic.directory() || !QueueNames.mayBeDirectory(topic.name())) {
                odd.accept("%s: left alone, it is no directory of a topic".formatted(directory.resolve(topic.name())));
                continue;
            }
            Path topicDirectory = directory.resolve(topic.name());
            for (Disk.Entry queue : environment.disk().list(topicDirectory)) {
                var queueId = QueueNames.queueId(queue.name());
                if (queue.directory() && queueId.isPresent()) {
                    queues.add(newQueue(topic.name(), queueId.getAsInt()));
                } else {
                    odd.accept("%s: left alone, it is no directory of a queue".formatted(
                            topicDirectory.resolve(queue.name())));
                }
            }
        }
        return queues;
    }

    private void deleteFiles(Path queueDirectory) throws IOException {
        for (Disk.Entry entry : environment.disk().list(queueDirectory)) {
            if (isQueueFile(entry)) {
                environment.disk().delete(queueDirectory.resolve(entry.name()));
            }
        }
        environment.disk().forceDirectory(queueDirectory);
    }

    private ConsumeQueue newQueue(String topic, int queueId) {
        Path path = directory.resolve(topic).resolve(Integer.toString(queueId));
        return new ConsumeQueue(environment, topic, queueId,
                Options.of(path, fileSizeBytes, SIZE_SETTING).with(NewFiles.FORCED_BY_FLUSH));
    }

    CommitLog log() {
        return log;
    }

    public void note(String text) {
        notes.add(text);
    }

    /// What was odd when the store was opened, and what was done about it.
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /// Queues that had to be made from the log as a whole when the store was opened: topic/queue id.
    public List<String> emptied() {
        return List.copyOf(emptied);
    }

    public Optional<ConsumeQueue> find(String topic, int queueId) {
        return table.find(topic, queueId);
    }

    /// All queues, by topic and queue id.
    public List<ConsumeQueue> all() {
        return table.all();
    }

    /// Of a topic, ascending.
    public List<Integer> queueIds(String topic) {
        return table.queueIds(topic);
    }

    public List<String> topics() {
        return table.topics();
    }

    /// Entries that could not be put because others before them were missing.
    public long gaps() {
        return gaps.get();
    }

    /// Where the last record begins that was dispatched; -1 for none.
    long dispatchedOffset() {
        return dispatchedOffset.getAcquire();
    }

    /// Puts the record's entry into its queue, unless it belongs into none. Throws when the disk does not take it; then the
    /// store refuses puts until it does.
    @Override
    public void dispatch(DispatchRequest request) {
        lock.lock();
        try {
            if (hasEntry(request)) {
                appendLocked(request);
            }
            dispatched(request);
        } finally {
            lock.unlock();
        }
    }

    void dispatched(DispatchRequest request) {
        dispatched(request.commitLogOffset(), request.commitLogOffset() + request.sizeBytes(),
                request.storeTimestamp());
    }

    private void dispatched(long offset, long endOffset, long storeTimestamp) {
        dispatchedTimestamp.setRelease(storeTimestamp);
        dispatchedEndOffset.setRelease(endOffset);
        dispatchedOffset.setRelease(offset);
    }

    /// How far the queues are now. A point to recover from as soon as all of it is on disk: the log and the queues.
    Optional<RecoveryPoint> reached() {
        lock.lock();
        try {
            long offset = dispatchedOffset.get();
            if (offset < 0) {
                return Optional.empty();
            }
            return Optional.of(new RecoveryPoint(dispatchedEndOffset.get(), offset, dispatchedTimestamp.get(),
                    all().stream()
                            .map(queue -> new QueueEnd(queue.topic(), queue.queueId(), queue.maxQueueOffset()))
                            .toList()));
        } finally {
            lock.unlock();
        }
    }

    /// What lies behind the point is dispatched next.
    public void goOnBehind(RecoveryPoint point) {
        if (point != RecoveryPoint.NONE) {
            dispatched(point.lastRecordOffset(), point.offset(), point.lastStoreTimestamp());
        }
    }

    /// Whether the record belongs into a queue: not when it is prepared or rolled back, or older than its topic's deletion.
    boolean hasEntry(DispatchRequest request) {
        return SysFlag.entersQueue(request.sysFlag()) && !deleted.covers(request.topic(), request.commitLogOffset());
    }

    private void appendLocked(DispatchRequest request) {
        Optional<ConsumeQueue> queue = findOrMake(request);
        if (queue.isEmpty()) {
            return;
        }
        try {
            Appended appended = append(queue.get(), request);
            if (appended == Appended.GAP) {
                long from = behindLastEntry(queue.get());
                heal(queue.get(), request, from);
                appended = append(queue.get(), request);
                if (appended == Appended.GAP && log.holes().nextHoleOffset(from) < request.commitLogOffset()) {
                    fillWithBlanks(queue.get(), request, from);
                    appended = append(queue.get(), request);
                }
            }
            switch (appended) {
                case ADDED -> environment.probe()
                        .event(ProbePoint.QUEUE_ENTRY, request.commitLogOffset(), request.queueOffset());
                case KNOWN -> {
                    // it came again, as after a restart
                }
                case GAP -> reportGap(queue.get(), request);
            }
        } catch (IOException | RuntimeException | InternalError e) {
            // A fault in mapped memory comes as InternalError: the disk has no room for a page of a sparse file.
            failing = true;
            String reason = "consume queues: the message at offset %d has no entry: %s".formatted(
                    request.commitLogOffset(), e.getMessage());
            flags.set(RunningFlag.LOGIC_QUEUE_ERROR, reason);
            throw new StoreException(reason, e);
        }
        if (failing) {
            failing = false;
            flags.clear(RunningFlag.LOGIC_QUEUE_ERROR);
        }
    }

    private Appended append(ConsumeQueue queue, DispatchRequest request) throws IOException {
        return queue.append(request.queueOffset(), request.commitLogOffset(), request.sizeBytes(),
                tagsCodes.of(request));
    }

    private long behindLastEntry(ConsumeQueue queue) {
        return queue.entry(queue.maxQueueOffset() - 1)
                .map(last -> last.commitLogOffset() + last.sizeBytes())
                .orElse(log.files().minOffset());
    }

    /// The records that are missing lie in a hole of the log. No more of them than it may have held.
    private static void fillWithBlanks(ConsumeQueue queue, DispatchRequest behind, long from) throws IOException {
        if (behind.queueOffset() - queue.maxQueueOffset() <= (behind.commitLogOffset() - from)
                / MessageLayout.MIN_BYTES) {
            while (queue.maxQueueOffset() < behind.queueOffset()) {
                queue.appendBlank();
            }
        }
    }

    /// Entries before this one are missing: they are made from the records that lie between.
    private void heal(ConsumeQueue queue, DispatchRequest behind, long from) throws IOException {
        List<IOException> failures = new ArrayList<>();
        new LogReplay(environment, log.files(), log.holes()).feed(from, behind.commitLogOffset(), missing -> {
            if (hasEntry(missing) && missing.queueId() == queue.queueId() && missing.topic().equals(queue.topic())) {
                try {
                    append(queue, missing);
                } catch (IOException e) {
                    failures.add(e);
                }
            }
        });
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    private void reportGap(ConsumeQueue queue, DispatchRequest request) {
        if (gaps.getAndIncrement() == 0) {
            LOG.log(Level.ERROR,
                    "topic {0}, queue {1}: expected queue offset {2} at offset {3}, found {4}; the queue is made again when"
                            + " the store is opened",
                    queue.topic(), queue.queueId(), queue.maxQueueOffset(), request.commitLogOffset(),
                    request.queueOffset());
        }
    }

    /// The queue that the record belongs into; nothing when its topic or queue offset can have none.
    Optional<ConsumeQueue> findOrMake(DispatchRequest request) {
        Optional<ConsumeQueue> found = table.find(request.topic(), request.queueId());
        if (found.isPresent()) {
            return found;
        }
        if (!QueueNames.mayBeDirectory(request.topic())) {
            return Optional.empty();
        }
        ConsumeQueue made = newQueue(request.topic(), request.queueId());
        table.put(made);
        return Optional.of(made);
    }

    /// Makes the queues say what the records behind a point say, before which they are as it says.
    ///
    /// @param minCommitLogOffset where the log begins
    public QueueRebuild rebuildBehind(RecoveryPoint point, long minCommitLogOffset) {
        QueueRebuild rebuild = new QueueRebuild(this, tagsCodes, log.holes(), minCommitLogOffset);
        atPoint(point).ends().forEach(rebuild::goOn);
        return rebuild;
    }

    /// Proves the entries of the records before a point, while the store runs.
    public QueueProof proof(RecoveryPoint point) {
        return new QueueProof(this, tagsCodes, atPoint(point).ends());
    }

    /// Whether the files of the queues can be what a point says, as far as their begin and end tell.
    ///
    /// @param minCommitLogOffset where the log begins
    /// @return what is odd; "" when nothing is
    public String faultAt(RecoveryPoint point, long minCommitLogOffset) {
        return atPoint(point).fault(log.files(), minCommitLogOffset);
    }

    private QueuesAtPoint atPoint(RecoveryPoint point) {
        return new QueuesAtPoint(point, table, deleted);
    }

    /// Entries cannot be corrected one by one: the next opening makes the queues again from the whole log.
    void distrust(String reason) {
        if (distrusted.compareAndSet("", reason)) {
            LOG.log(Level.WARNING, "consume queues: {0}; they are made again when the store is opened", reason);
        }
    }

    /// Whether points may be written.
    boolean isTrusted() {
        return distrusted.get().isEmpty() && gaps.get() == 0;
    }

    PutMessageLock lock() {
        return lock;
    }

    /// Where the last record of the log ends that a queue points to; 0 when none does. Before the queues are made what the log
    /// says.
    public long lastRecordsEnd() {
        return table.all()
                .stream()
                .flatMap(queue -> queue.entry(queue.maxQueueOffset() - 1).stream())
                .mapToLong(entry -> entry.commitLogOffset() + entry.sizeBytes())
                .max()
                .orElse(0);
    }

    /// After a crash: what was read may not be on the disk yet, and anything may stand behind it.
    ///
    /// @param point up to which the queues are known to be on disk
    public void settleAfterCrash(RecoveryPoint point) throws IOException {
        Map<ConsumeQueue, Long> onDisk = atPoint(point).ends();
        for (ConsumeQueue queue : all()) {
            queue.settleAfterCrash(onDisk.getOrDefault(queue, 0L));
        }
    }

    /// The log begins at `minCommitLogOffset` now: the queues begin behind what pointed before it, and files that hold
    /// nothing else are deleted. Only by the one that deletes.
    ///
    /// @return how many files were deleted
    public int deleteBefore(long minCommitLogOffset) throws IOException {
        lock.lock();
        try {
            deleted.forgetBefore(minCommitLogOffset);
        } finally {
            lock.unlock();
        }
        int files = 0;
        for (ConsumeQueue queue : all()) {
            lock.lock();
            try {
                files += queue.deleteExpired(minCommitLogOffset).size();
            } finally {
                lock.unlock();
            }
        }
        return files;
    }

    /// Takes a topic's queues away, files and all. Its messages in the log do not count any more, also when the store is
    /// opened again; messages that come later begin at queue offset 0.
    ///
    /// @return how many queues there were
    public int deleteTopic(String topic) throws IOException {
        return deletion.deleteTopic(topic);
    }

    /// Takes the queues away all of whose messages have gone from the log. Messages that come later begin at queue offset 0.
    ///
    /// @return how many there were
    public int deleteExpiredQueues() throws IOException {
        return deletion.deleteExpired();
    }

    /// The messages of deleted topics gave the log queue offsets that do not count: their queues go on where they are. When
    /// the store is opened.
    public void forgetOffsetsOfDeleted() {
        for (String topic : deleted.topics()) {
            log.forgetTopic(topic);
        }
        for (ConsumeQueue queue : all()) {
            log.queueOffsets().begin(queue.topic(), queue.queueId(), queue.maxQueueOffset());
        }
    }

    /// The log was cut at `endOffset`: topics that were deleted later count as deleted up to there, for what comes in that
    /// place is new.
    public void logEndsAt(long endOffset) throws IOException {
        lock.lock();
        try {
            deleted.logEndsAt(endOffset);
        } finally {
            lock.unlock();
        }
    }

    public void close() {
        table.all().forEach(queue -> queue.files().close());
    }
}
