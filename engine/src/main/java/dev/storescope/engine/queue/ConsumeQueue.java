package dev.storescope.engine.queue;

import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.file.MappedFileQueue;
import dev.storescope.engine.file.MappedFileQueue.Options;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/// The queue of one topic and queue id: where its messages stand in the log, one entry each (RocketMQ `ConsumeQueue`).
///
/// Queue offsets count entries from the queue's begin; the entry of queue offset n stands at byte 20·n of the row.
/// Entries are put in place through the mapping; a reader sees one when it is whole.
///
/// Threads: one appends (the one that dispatches, or that opens the store), one flushes, one deletes from the front,
/// any number read.
public final class ConsumeQueue {
    /// Far more than can be, and no product of it overflows.
    static final long MAX_QUEUE_OFFSET = 1L << 56;
    private static final int BYTES = ConsumeQueueEntry.BYTES;
    /// From which file from the end on entries are looked at when the queue is opened (RocketMQ's figure).
    private static final int FILES_LOOKED_AT = 3;

    private final String topic;
    private final int queueId;
    private final MappedFileQueue files;
    private final Optional<ConsumeQueue> present = Optional.of(this);
    /// The file that is appended to. This and the next are used by the appender only, which so makes no garbage.
    private Optional<MappedFile> active = Optional.empty();
    private long appendOffset;
    /// The file that was corrected and not yet forced, and from where to where. Used by the one that corrects only.
    private Optional<MappedFile> corrected = Optional.empty();
    private long correctedFrom;
    private long correctedTo;
    // Written by whoever opens the store or deletes, and by the appender for the first entry; read by any.
    private volatile long minQueueOffset;

    /// @param options of its row of files; their size is a multiple of 20
    ConsumeQueue(StoreEnvironment environment, String topic, int queueId, Options options) {
        this.topic = topic;
        this.queueId = queueId;
        this.files = new MappedFileQueue(environment, options);
    }

    /// Itself, as an answer that is there already.
    Optional<ConsumeQueue> present() {
        return present;
    }

    public String topic() {
        return topic;
    }

    public int queueId() {
        return queueId;
    }

    /// The row of files, for whoever flushes, deletes or shows them.
    public MappedFileQueue files() {
        return files;
    }

    /// The first entry whose message is still in the log; the maximum when there is none.
    public long minQueueOffset() {
        return Math.min(minQueueOffset, maxQueueOffset());
    }

    /// One more than the last entry; 0 for a queue that never had one.
    public long maxQueueOffset() {
        return files.wroteOffset() / BYTES;
    }

    /// Up to which entry the disk was forced.
    public long flushedQueueOffset() {
        return files.flushedWhere() / BYTES;
    }

    /// What an append came upon.
    enum Appended {
        ADDED,
        /// There was one already in that place, which nothing changes.
        KNOWN,
        /// Entries before it are missing; nothing was put.
        GAP
    }

    /// Puts the next entry. The first one of a queue may have any queue offset: what would stand before it in its file is
    /// filled with blanks, for the older part of the log is gone.
    Appended append(long queueOffset, long commitLogOffset, int sizeBytes, long tagsCode) throws IOException {
        if (queueOffset < appendOffset) {
            return Appended.KNOWN;
        }
        if (queueOffset > appendOffset) {
            if (files.last().isPresent()) {
                return Appended.GAP;
            }
            beginWithBlanks(queueOffset);
        }
        put(queueOffset, commitLogOffset, sizeBytes, tagsCode);
        return Appended.ADDED;
    }

    void beginWithBlanks(long queueOffset) throws IOException {
        MappedFile first = files.lastOrCreate(queueOffset * BYTES);
        long position = queueOffset * BYTES - first.fromOffset();
        for (long at = 0; at < position; at += BYTES) {
            ConsumeQueueEntry.writeBlank(first.mapping(), at);
        }
        first.advanceWrote(position, 0);
        appendOffset = queueOffset;
        minQueueOffset = queueOffset;
    }

    /// Puts a blank behind the last: the message of that queue offset cannot be read any more.
    void appendBlank() throws IOException {
        ConsumeQueueEntry blank = ConsumeQueueEntry.BLANK;
        put(appendOffset, blank.commitLogOffset(), blank.sizeBytes(), blank.tagsCode());
    }

    /// Puts an entry behind the last.
    private void put(long queueOffset, long commitLogOffset, int sizeBytes, long tagsCode) throws IOException {
        if (active.isEmpty() || queueOffset * BYTES >= active.get().endOffset()) {
            active = Optional.of(files.lastOrCreate(queueOffset * BYTES));
        }
        MappedFile file = active.get();
        long position = queueOffset * BYTES - file.fromOffset();
        ConsumeQueueEntry.write(file.mapping(), position, commitLogOffset, sizeBytes, tagsCode);
        file.advanceWrote(position + BYTES, 1);
        appendOffset = queueOffset + 1;
    }

    /// A lease on the entries from `queueOffset` on, to the end of their file at most; nothing when there are none.
    ///
    /// @param mostEntries at least 1
    public Optional<SelectMappedBufferResult> select(long queueOffset, int mostEntries) {
        if (queueOffset < 0 || queueOffset >= MAX_QUEUE_OFFSET) {
            return Optional.empty();
        }
        return files.select(queueOffset * BYTES, (long) mostEntries * BYTES);
    }

    /// The entry of one message; nothing when there is none, or a blank in its place.
    public Optional<ConsumeQueueEntry> entry(long queueOffset) {
        return select(queueOffset, 1).flatMap(lease -> {
            try (lease) {
                ConsumeQueueEntry entry = ConsumeQueueEntry.read(lease.segment(), 0);
                return entry.isBlank() ? Optional.empty() : Optional.of(entry);
            }
        });
    }

    /// The first queue offset of the file behind the one that holds `queueOffset`.
    public long rollNextFile(long queueOffset) {
        long perFile = files.fileSizeBytes() / BYTES;
        return (queueOffset / perFile + 1) * perFile;
    }

    /// The first queue offset whose message was stored at or after a time; the maximum when all are older.
    ///
    /// @param millis since 1970
    /// @param storeTimestamp gives the store time of the first message from a queue offset on that can be read
    public long offsetByTime(long millis, LongUnaryOperator storeTimestamp) {
        long low = minQueueOffset();
        long high = maxQueueOffset();
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (storeTimestamp.applyAsLong(middle) < millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return behindBlanks(low, maxQueueOffset());
    }

    /// The log begins at `minCommitLogOffset` now: entries that point before it do not count any more.
    ///
    /// @return the new minimum
    public long correctMinOffset(long minCommitLogOffset) {
        long low = Math.max(files.minOffset() / BYTES, minQueueOffset);
        long high = maxQueueOffset();
        while (low < high) {
            long middle = low + (high - low) / 2;
            // Blanks point nowhere: they stand or fall with what follows on them.
            long pointing = behindBlanks(middle, high);
            boolean gone = pointing < high
                    && entry(pointing).filter(entry -> entry.commitLogOffset() < minCommitLogOffset).isPresent();
            if (gone) {
                low = pointing + 1;
            } else {
                high = middle;
            }
        }
        minQueueOffset = minCommitLogOffset > 0 ? behindBlanks(low, maxQueueOffset()) : low;
        return minQueueOffset;
    }

    /// @return `end` when all are blank
    private long behindBlanks(long queueOffset, long end) {
        long at = queueOffset;
        while (at < end && entry(at).isEmpty()) {
            at++;
        }
        return at;
    }

    /// Deletes the files all of whose messages are gone from the log; the last one stays, for it knows how far the queue
    /// has come. Only by the one that deletes.
    ///
    /// @return names of the deleted files
    public List<String> deleteExpired(long minCommitLogOffset) throws IOException {
        return files.deleteBefore(correctMinOffset(minCommitLogOffset) * BYTES);
    }

    /// Forces what is not yet forced, where that is due.
    ///
    /// @param leastPages 0 for whatever there is
    /// @return bytes forced
    public long flush(long leastPages) throws IOException {
        return files.flush(leastPages);
    }

    /// Finds the end of what is there: the first place from the third last file on that holds no entry. Only by the one
    /// that opens the store; so is what follows.
    ///
    /// @param knownEnd the entries before it need not be looked at when the last of them is there; 0 for nothing known
    void findEnd(long knownEnd) throws IOException {
        List<MappedFile> all = files.files();
        minQueueOffset = files.minOffset() / BYTES;
        int from = Math.max(0, all.size() - FILES_LOOKED_AT);
        long known = isThere(knownEnd - 1) ? knownEnd * BYTES : 0;
        for (MappedFile file : all.subList(from, all.size())) {
            long position = Math.clamp(known - file.fromOffset(), 0, file.sizeBytes());
            while (position < file.sizeBytes() && ConsumeQueueEntry.isAt(file.mapping(), position)) {
                position += BYTES;
            }
            if (position < file.sizeBytes()) {
                endAt(file, position);
                break;
            }
        }
        appendBehindTheLast();
    }

    private boolean isThere(long queueOffset) {
        return queueOffset >= 0 && files.find(queueOffset * BYTES)
                .map(file -> ConsumeQueueEntry.isAt(file.mapping(), queueOffset * BYTES - file.fromOffset()))
                .orElse(false);
    }

    private void appendBehindTheLast() {
        active = Optional.empty();
        appendOffset = maxQueueOffset();
    }

    private void endAt(MappedFile file, long position) throws IOException {
        boolean nothingBehind = file == files.last().orElseThrow()
                && ConsumeQueueEntry.isAt(file.mapping(), position, 0, 0, 0);
        if (nothingBehind) {
            file.resetPositions(position, -1, position / BYTES);
        } else {
            files.truncate(file.fromOffset() + position);
        }
    }

    /// After a crash anything may stand behind the end, and what stands before it may not be on the disk. A force alone would not
    /// bring it there: after one that failed the pages count as clean though the disk does not have them ("fsyncgate").
    ///
    /// @param onDiskEnd the entries before it are known to be; 0 for nothing known
    void settleAfterCrash(long onDiskEnd) throws IOException {
        files.truncate(files.wroteOffset());
        for (MappedFile file : files.files()) {
            if (file.endOffset() > onDiskEnd * BYTES) {
                file.writeAgain(Math.max(0, onDiskEnd * BYTES - file.fromOffset()));
                file.diskFile().force(0, file.sizeBytes());
            }
        }
    }

    /// Whether file follows on file. One with a hole has to be made anew.
    boolean isWhole() {
        long expected = files.minOffset();
        for (MappedFile file : files.files()) {
            if (file.fromOffset() != expected) {
                return false;
            }
            expected = file.endOffset();
        }
        return true;
    }

    boolean isEmpty() {
        return files.last().isEmpty();
    }

    /// The first queue offset that has a place in the files.
    long firstQueueOffset() {
        return files.minOffset() / BYTES;
    }

    void minQueueOffset(long queueOffset) {
        minQueueOffset = queueOffset;
    }

    /// Whether it stands there already.
    ///
    /// @param queueOffset from the first one that has a place to before the end
    boolean stands(long queueOffset, long commitLogOffset, int sizeBytes, long tagsCode) {
        return files.find(queueOffset * BYTES)
                .filter(file -> ConsumeQueueEntry.isAt(file.mapping(), queueOffset * BYTES - file.fromOffset(),
                        commitLogOffset, sizeBytes, tagsCode))
                .isPresent();
    }

    /// Makes sure that the entry stands there, whatever does.
    ///
    /// @param queueOffset from the first one that has a place to the end
    /// @return whether it stood there already
    boolean set(long queueOffset, long commitLogOffset, int sizeBytes, long tagsCode) throws IOException {
        if (maxQueueOffset() == queueOffset) {
            put(queueOffset, commitLogOffset, sizeBytes, tagsCode);
            return false;
        }
        MappedFile file = files.find(queueOffset * BYTES).orElseThrow();
        long position = queueOffset * BYTES - file.fromOffset();
        if (ConsumeQueueEntry.isAt(file.mapping(), position, commitLogOffset, sizeBytes, tagsCode)) {
            return true;
        }
        ConsumeQueueEntry.write(file.mapping(), position, commitLogOffset, sizeBytes, tagsCode);
        if (position < file.flushedPosition()) {
            // No flush comes back here.
            file.diskFile().force(position, BYTES);
        }
        return false;
    }

    /// Likewise beside readers and the appender, for a place before the end; [#forceCorrected()] brings it to disk.
    boolean correct(long queueOffset, long commitLogOffset, int sizeBytes, long tagsCode) throws IOException {
        MappedFile file = files.find(queueOffset * BYTES).orElseThrow();
        long position = queueOffset * BYTES - file.fromOffset();
        if (ConsumeQueueEntry.isAt(file.mapping(), position, commitLogOffset, sizeBytes, tagsCode)) {
            return true;
        }
        if (corrected.isPresent() && corrected.get() != file) {
            forceCorrected();
        }
        if (corrected.isEmpty()) {
            corrected = Optional.of(file);
            correctedFrom = position;
        }
        ConsumeQueueEntry.write(file.mapping(), position, commitLogOffset, sizeBytes, tagsCode);
        correctedFrom = Math.min(correctedFrom, position);
        correctedTo = Math.max(correctedTo, position + BYTES);
        return false;
    }

    /// Brings what was corrected to disk. A failure must not be tried again.
    void forceCorrected() throws IOException {
        if (corrected.isEmpty()) {
            return;
        }
        MappedFile file = corrected.get();
        long from = correctedFrom;
        long to = correctedTo;
        corrected = Optional.empty();
        correctedTo = 0;
        if (file.hold()) { // else it has expired meanwhile
            try {
                file.diskFile().force(from, to - from);
            } finally {
                file.release();
            }
        }
    }

    /// Likewise, for a place whose message is not in the log.
    void setBlank(long queueOffset) throws IOException {
        ConsumeQueueEntry blank = ConsumeQueueEntry.BLANK;
        set(queueOffset, blank.commitLogOffset(), blank.sizeBytes(), blank.tagsCode());
    }

    /// Takes away the entries from `queueOffset` on.
    void truncate(long queueOffset) throws IOException {
        files.truncate(queueOffset * BYTES);
        appendBehindTheLast();
    }

    /// Takes away all files.
    void clear() throws IOException {
        files.deleteFrom(0);
        minQueueOffset = 0;
        appendBehindTheLast();
    }
}
