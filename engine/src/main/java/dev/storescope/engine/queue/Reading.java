package dev.storescope.engine.queue;

import dev.storescope.engine.api.GetMessageStatus;
import dev.storescope.engine.api.LeasedRecords;
import dev.storescope.engine.api.MessageFilter;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// One read of [QueueReader] under way, and then the next: it makes no object for a record, and hardly one for a read.
///
/// Threads: one at a time.
final class Reading {
    private static final MemorySegment NO_BYTES = MemorySegment.ofArray(new byte[0]);
    /// Entries looked at ahead of the reading at once, as many as [#wanted] has bits for at most. That many records come
    /// into the processor's own memory without pushing one another out.
    private static final int MOST_AHEAD = 32;

    private final CommitLog log;
    private final ReadLimits limits;
    private final UnprovenBodies bodies;
    private final RecordScanner scanner = new RecordScanner(NO_BYTES, 0, 0, CrcCheck.SKIP);
    private final RecordLines lines = new RecordLines();
    private int maxMessages;
    private MessageFilter filter;
    private LeasedRecords records;
    private long maxOffset;
    private long minOffset;
    /// The file that the records read last are in, held by `records`.
    private MappedFile file;
    private GetMessageStatus status;
    private long lastOffset;
    private int entriesRead;
    /// Entries from this one to [#aheadTo] were looked at ahead.
    private int aheadFrom;
    private int aheadTo;
    /// Whether the filter wants them by their tags, the first of them in the lowest bit.
    private int wanted;

    Reading(CommitLog log, ReadLimits limits, UnprovenBodies bodies) {
        this.log = log;
        this.limits = limits;
        this.bodies = bodies;
    }

    /// Some that stand one behind the other.
    ///
    /// @param segment of their file
    /// @param position of the first
    record Entries(MemorySegment segment, long position, int count) {
        private long at(int index) {
            return position + (long) index * ConsumeQueueEntry.BYTES;
        }
    }

    void begin(LeasedRecords target, int most, MessageFilter wantedOnes) {
        records = target;
        maxMessages = most;
        filter = wantedOnes;
        maxOffset = log.maxOffset();
        minOffset = log.files().minOffset();
        status = GetMessageStatus.NO_MATCHED_MESSAGE;
        lastOffset = 0;
        entriesRead = 0;
        aheadTo = 0;
    }

    /// Holds on to nothing.
    void end() {
        scanner.goOnIn(NO_BYTES, 0);
        file = null;
        records = null;
        filter = null;
    }

    GetMessageStatus status() {
        return status;
    }

    /// Whether the last record that was looked at hardly is in memory.
    boolean endsOnDisk() {
        return limits.isOnDisk(lastOffset, maxOffset);
    }

    int entriesRead() {
        return entriesRead;
    }

    void run(Entries entries) {
        MemorySegment segment = entries.segment;
        int count = entries.count;
        while (entriesRead < count) {
            if (entriesRead == aheadTo) {
                lookAhead(entries);
            }
            long at = entries.at(entriesRead);
            boolean goesOn = ConsumeQueueEntry.isBlankAt(segment, at)
                    ? goOver()
                    : read(ConsumeQueueEntry.commitLogOffset(segment, at), ConsumeQueueEntry.sizeBytes(segment, at));
            if (!goesOn) {
                return;
            }
            entriesRead++;
        }
    }

    /// Asks the filter for the entries that follow, and brings those records that will likely be given out from memory
    /// together, before the first of them is checked.
    private void lookAhead(Entries entries) {
        aheadFrom = entriesRead;
        aheadTo = Math.min(entries.count, aheadFrom + Math.clamp(maxMessages - records.size(), 1, MOST_AHEAD));
        wanted = 0;
        int likely = records.size();
        long likelyBytes = records.totalSizeBytes();
        MemorySegment segment = entries.segment;
        for (int i = aheadFrom; i < aheadTo; i++) {
            long at = entries.at(i);
            if (ConsumeQueueEntry.isBlankAt(segment, at)
                    || !filter.isMatchedByConsumeQueue(ConsumeQueueEntry.tagsCode(segment, at))) {
                continue;
            }
            wanted |= 1 << (i - aheadFrom);
            long commitLogOffset = ConsumeQueueEntry.commitLogOffset(segment, at);
            int sizeBytes = ConsumeQueueEntry.sizeBytes(segment, at);
            if (hasRoom(likely, likelyBytes, commitLogOffset, sizeBytes)
                    && isInFile(commitLogOffset, sizeBytes)) {
                lines.add(file.readOnly(), commitLogOffset - file.fromOffset(), sizeBytes);
                likely++;
                likelyBytes += sizeBytes;
            }
        }
        if (file != null) {
            lines.touch(file.readOnly());
        }
    }

    /// Whether a record can be touched where the reading is: those of the next file come without it.
    private boolean isInFile(long commitLogOffset, int sizeBytes) {
        return sizeBytes > 0 && isInLog(commitLogOffset, sizeBytes)
                && (file != null || goTo(commitLogOffset))
                && file.fromOffset() <= commitLogOffset
                && commitLogOffset <= file.endOffset() - sizeBytes;
    }

    /// @return whether the entry belongs to this read
    private boolean read(long commitLogOffset, int sizeBytes) {
        if (isFull(commitLogOffset, sizeBytes)) {
            return false;
        }
        if ((wanted & 1 << (entriesRead - aheadFrom)) == 0) {
            lastOffset = commitLogOffset;
            return true;
        }
        if (!isSound(commitLogOffset, sizeBytes)) {
            return goOver();
        }
        long position = commitLogOffset - file.fromOffset();
        boolean behindMissing = status == GetMessageStatus.MESSAGE_WAS_REMOVING;
        if (behindMissing || !isMatched(position, sizeBytes)) {
            return !behindMissing;
        }
        lastOffset = commitLogOffset;
        records.add(position, sizeBytes);
        status = GetMessageStatus.FOUND;
        return true;
    }

    /// The filter of most consumers does not look at the record: it is not cut out for it.
    private boolean isMatched(long position, int sizeBytes) {
        return filter == MessageFilter.ALL
                || filter.isMatchedByCommitLog(file.readOnly().asSlice(position, sizeBytes));
    }

    /// As [QueueReader#record], but that records of one file need one lease and one scanner.
    private boolean isSound(long commitLogOffset, int sizeBytes) {
        if (!isInLog(commitLogOffset, sizeBytes) || !goTo(commitLogOffset)) {
            return false;
        }
        long position = commitLogOffset - file.fromOffset();
        scanner.limitTo(Math.min(file.readablePosition(), position + sizeBytes));
        return scanner.seek(position).next() == Found.RECORD && scanner.sizeBytes() == sizeBytes
                && bodies.isSound(file.readOnly(), position, commitLogOffset, sizeBytes);
    }

    /// Whether the log can be read there.
    private boolean isInLog(long commitLogOffset, int sizeBytes) {
        return commitLogOffset >= minOffset && commitLogOffset <= maxOffset - sizeBytes
                && log.holes().nextHoleOffset(commitLogOffset) >= commitLogOffset + sizeBytes;
    }

    /// @return false where there is no file any more
    private boolean goTo(long commitLogOffset) {
        if (file != null && file.fromOffset() <= commitLogOffset && commitLogOffset < file.endOffset()) {
            return true;
        }
        Optional<MappedFile> found = log.files().find(commitLogOffset).filter(MappedFile::hold);
        if (found.isEmpty()) {
            return false;
        }
        file = found.get();
        records.goOnIn(file.fromOffset(), file.readOnly(), file.lease());
        scanner.goOnIn(file.mapping(), file.fromOffset());
        return true;
    }

    /// Goes over a message that cannot be read, unless some were read before it.
    private boolean goOver() {
        if (!records.isEmpty()) {
            return false;
        }
        status = GetMessageStatus.MESSAGE_WAS_REMOVING;
        return true;
    }

    /// Without room for the record that begins at an offset.
    private boolean isFull(long commitLogOffset, int sizeBytes) {
        return !hasRoom(records.size(), records.totalSizeBytes(), commitLogOffset, sizeBytes);
    }

    /// Whether a record may follow on so many; the first always may.
    private boolean hasRoom(int messages, long bytes, long commitLogOffset, int sizeBytes) {
        if (messages == 0) {
            return true;
        }
        ReadLimits.Limit limit = limits.at(commitLogOffset, maxOffset);
        return messages < Math.min(maxMessages, limit.messages()) && bytes + sizeBytes <= limit.bytes();
    }
}
