package dev.storescope.engine.index;

import dev.storescope.engine.api.IndexSnapshot;
import dev.storescope.engine.api.IndexSnapshot.IndexFileSnapshot;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageLockKind;
import dev.storescope.engine.api.QueryMessageResult.IndexWalk;
import dev.storescope.engine.api.RunningFlag;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.dispatch.BeforeChange;
import dev.storescope.engine.dispatch.CommitLogDispatcher;
import dev.storescope.engine.dispatch.DispatchRequest;
import dev.storescope.engine.env.PutMessageLock;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.RunningFlags;
import dev.storescope.engine.probe.ProbePoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/// Puts the keys of each message into the index, and finds messages by them (RocketMQ `IndexService`).
///
/// The index says what the log says: [IndexRecovery] sees to that when a store is opened. While a file cannot be made or
/// written, the dispatch stands at that message and the store refuses puts; it goes on as soon as it can.
///
/// Threads: [#dispatch] by one at a time, who holds [#lock()] when there are others; queries and [#snapshot()] by any.
public final class IndexService implements CommitLogDispatcher {
    private final StoreEnvironment environment;
    private final RunningFlags flags;
    private final IndexFiles files;
    private final IndexKeys keys = new IndexKeys();
    private final Queue<IndexFile> unflushed = new ConcurrentLinkedQueue<>();
    /// Held for the keys of one message, so that others may change the files meanwhile.
    private final PutMessageLock lock;
    private final boolean enabled;
    private final int maxMessages;
    private Runnable onFull = () -> {
    };
    private BeforeChange beforeChange = BeforeChange.NOTHING;
    /// Of the last message with a key that is in the index; -1 for none. What lies before it is not indexed again.
    private long endOffset = -1;
    // Written by the one that dispatches, read by any.
    private volatile String fault = "";

    /// @param flags told when the index cannot be written, and when it can again
    public IndexService(StoreEnvironment environment, MessageStoreConfig config, RunningFlags flags) {
        this.environment = environment;
        this.flags = flags;
        this.files = new IndexFiles(environment, config);
        this.lock = environment.newPutMessageLock(PutMessageLockKind.REENTRANT);
        this.enabled = config.flag(StoreSetting.MESSAGE_INDEX_ENABLE);
        this.maxMessages = (int) config.number(StoreSetting.MAX_MSGS_NUM_BATCH);
    }

    /// Sets whom a full file is told to; before anything is dispatched.
    void onFull(Runnable wakeup) {
        onFull = wakeup;
    }

    /// Sets what is done once, before the next entry is put.
    public void beforeChange(BeforeChange action) {
        beforeChange = action;
    }

    /// Whether new messages are indexed.
    public boolean isEnabled() {
        return enabled;
    }

    IndexFiles files() {
        return files;
    }

    /// Whoever puts while the store runs, or changes what a put changes, holds it.
    PutMessageLock lock() {
        return lock;
    }

    /// Takes the file away, and all behind it. Nobody puts meanwhile.
    ///
    /// @return from where on records have to be dispatched again: where one begins; -1 for from the log's begin on
    long deleteFrom(IndexFile first, String reason) throws IOException {
        files.deleteFromFirst(file -> file == first ? Optional.of(reason) : Optional.empty());
        long known = files.last().map(IndexFile::endOffset).orElse(-1L);
        goOnBehind(known);
        return known;
    }

    /// Opens the files that are there.
    void load() throws IOException {
        files.load();
    }

    /// What lies before this record is in the index, and of this one what the last file has; -1 for nothing.
    void goOnBehind(long lastOffset) {
        endOffset = lastOffset;
    }

    @Override
    public void dispatch(DispatchRequest request) {
        if (!enabled || request.commitLogOffset() < endOffset) {
            return;
        }
        int count = keys.collect(request);
        if (count > 0) {
            put(request.commitLogOffset(), request.storeTimestamp(), keys.hashes(), 0, count);
        }
    }

    /// Puts the keys of a message, as far as they are not in the index already; by whoever may [#dispatch].
    ///
    /// @param hashes of its keys: those from `from` on, before `to`
    void put(long offset, long storeTimestamp, int[] hashes, int from, int to) {
        if (offset < endOffset) {
            return;
        }
        try {
            putEach(offset, storeTimestamp, hashes, from, to);
        } catch (IOException | InternalError e) {
            // A fault in mapped memory comes as InternalError: the disk has no room for a page of a sparse file.
            fault = "the message at offset %d cannot be indexed: %s".formatted(offset, e.getMessage());
            flags.set(RunningFlag.INDEX_ERROR, "index: " + fault);
            throw new StoreException("index: " + fault, e);
        }
        if (!fault.isEmpty()) {
            fault = "";
            flags.clear(RunningFlag.INDEX_ERROR);
        }
    }

    private void putEach(long offset, long storeTimestamp, int[] hashes, int from, int to) throws IOException {
        for (int i = offset == endOffset ? from + entriesOfLastMessage() : from; i < to; i++) {
            if (beforeChange != BeforeChange.NOTHING) {
                beforeChange.run();
                beforeChange = BeforeChange.NOTHING;
            }
            int entry = notFull().put(hashes[i], offset, storeTimestamp);
            endOffset = offset;
            environment.probe().event(ProbePoint.INDEX_ENTRY, offset, entry);
        }
    }

    /// Brings the slots of keys that will be put next from memory, all at once: each stands somewhere in 20 MB.
    ///
    /// @return anything that depends on them
    int readSlots(int[] hashes, int from, int to) {
        IndexFile file = files.last().orElse(null);
        return file == null ? 0 : file.readSlots(hashes, from, to);
    }

    /// How many keys of the message at the end of the index are in it already.
    private int entriesOfLastMessage() {
        List<IndexFile> all = files.all();
        int sum = 0;
        for (int i = all.size() - 1; i >= 0 && all.get(i).endOffset() == endOffset; i--) {
            int here = all.get(i).entriesOfLastMessage();
            sum += here;
            if (here < all.get(i).entries()) {
                break;
            }
        }
        return sum;
    }

    private IndexFile notFull() throws IOException {
        IndexFile last = files.last().orElse(null);
        if (last != null && !last.isFull()) {
            return last;
        }
        if (last != null) {
            unflushed.add(last);
            onFull.run();
        }
        return files.append();
    }

    /// Full files that are not known to be on disk, in their order.
    Queue<IndexFile> unflushed() {
        return unflushed;
    }

    /// Where the messages with a key stand, by offset: the newest ones, no more than `maxMsgsNumBatch`.
    ///
    /// Other keys with the same hash are found as well: keys themselves are not stored.
    ///
    /// @param fromOffset where the log begins; what is before it is left out
    /// @param toOffset where it ends; what is there or behind is left out
    public List<Long> query(IndexQuery query, long fromOffset, long toOffset) {
        return search(query, fromOffset, toOffset).offsets();
    }

    /// What a search found, and what it took.
    ///
    /// @param offsets of the messages, ascending
    public record Hits(List<Long> offsets, IndexWalk walk) {
    }

    /// Like [#query], with what it took.
    public Hits search(IndexQuery query, long fromOffset, long toOffset) {
        OffsetCollector found = new OffsetCollector(Math.min(query.maxCount(), maxMessages), fromOffset, toOffset);
        int keyHash = IndexKeys.hashOf(query.topic(), query.key());
        List<IndexFile> all = files.all();
        boolean olderMayMatch = true;
        int walkedFiles = 0;
        long walkedEntries = 0;
        long longestChain = 0;
        for (int i = all.size() - 1; i >= 0 && olderMayMatch && !found.hasEnough(); i--) {
            IndexFile file = all.get(i);
            if (file.hold()) { // else it has expired meanwhile, and what it points to as well
                try {
                    if (file.overlaps(query.beginTimestamp(), query.endTimestamp())) {
                        long walked = file.select(keyHash, query.beginTimestamp(), query.endTimestamp(), found);
                        walkedFiles++;
                        walkedEntries += walked;
                        longestChain = Math.max(longestChain, walked);
                    }
                    olderMayMatch = file.beginTimestamp() >= query.beginTimestamp();
                } finally {
                    file.release();
                }
            }
        }
        return new Hits(found.ascending(),
                new IndexWalk(walkedFiles, walkedEntries, longestChain, found.matches()));
    }

    /// Whether a message has a key whose hash is that of the one looked for.
    public static boolean hasKey(DispatchRequest request, IndexQuery query) {
        IndexKeys keys = new IndexKeys();
        int wanted = IndexKeys.hashOf(query.topic(), query.key());
        return IntStream.range(0, keys.collect(request)).anyMatch(i -> keys.hash(i) == wanted);
    }

    /// Takes away the files whose messages are all gone from the log, but for the last.
    ///
    /// @param minLogOffset where the log begins now
    /// @return how many files were deleted
    public int deleteBefore(long minLogOffset) throws IOException {
        return files.deleteBefore(minLogOffset);
    }

    public IndexSnapshot snapshot() {
        List<IndexFile> all = files.all();
        List<IndexFileSnapshot> each = new ArrayList<>(all.size());
        for (IndexFile file : all) {
            if (file.hold()) {
                try {
                    each.add(describe(file));
                } finally {
                    file.release();
                }
            }
        }
        return new IndexSnapshot(enabled, fault, files.unreadable(), List.copyOf(each));
    }

    private static IndexFileSnapshot describe(IndexFile file) {
        return new IndexFileSnapshot(file.name(), file.geometry().fileSizeBytes(), file.geometry().slots(),
                file.usedSlots(), file.geometry().entries() - 1, file.entries(), file.beginOffset(), file.endOffset(),
                file.beginTimestamp(), file.endTimestamp());
    }

    /// Unmaps the files; those of a query in progress when it has ended.
    public void close() {
        files.close();
    }
}
