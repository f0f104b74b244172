package dev.storescope.engine.log;

import static dev.storescope.engine.log.MessageLayout.INT;

import dev.storescope.engine.api.SysFlag;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import java.lang.foreign.MemorySegment;

/// The end of a log that is copied from another one in pieces that may end anywhere: bytes behind the log's end that are
/// no whole record yet, or the log's end before the rest of a blank, which nobody needs.
///
/// Threads: whoever holds the put lock.
final class RawTail {
    private static final long NONE = -1;

    private final QueueOffsets queueOffsets;
    /// Up to where bytes have come; [#NONE] when that is where the log ends.
    private long copiedTo = NONE;
    private String fault = "";
    private long wholePosition;
    private int messages;
    private long lastStoreTimestamp;

    RawTail(QueueOffsets queueOffsets) {
        this.queueOffsets = queueOffsets;
    }

    /// Of the byte that is to come next.
    long nextOffset(long wroteOffset) {
        return copiedTo == NONE ? wroteOffset : copiedTo;
    }

    /// Forgets what is no whole record, and leaves nothing of it: stale bytes behind the end may be taken for more.
    ///
    /// @param file that is appended to
    void forget(MappedFile file) {
        long position = copiedTo - file.fromOffset();
        if (copiedTo != NONE && position > file.wrotePosition()) {
            long from = file.wrotePosition();
            file.appendTarget().asSlice(from, position - from).fill((byte) 0);
        }
        copiedTo = NONE;
    }

    /// Likewise, when the file is gone.
    void forget() {
        copiedTo = NONE;
    }

    /// What became of a piece.
    enum Copied {
        /// As far as it is whole; [#wholePosition] says how far that is.
        RECORDS,
        /// The file is full, by a blank.
        BLANK,
        FAULT
    }

    /// Puts a piece that lies within the file behind what has come, and looks at all that is whole.
    ///
    /// @param storeTimestamp of the last message before
    Copied copy(MappedFile file, MemorySegment piece, long storeTimestamp) {
        long wrote = file.wrotePosition();
        long position = nextOffset(file.fromOffset() + wrote) - file.fromOffset();
        MemorySegment target = file.appendTarget();
        MemorySegment.copy(piece, 0, target, position, piece.byteSize());
        long end = position + piece.byteSize();
        messages = 0;
        lastStoreTimestamp = storeTimestamp;
        RecordScanner scanner = new RecordScanner(target, file.fromOffset(), end, CrcCheck.CHECK).seek(wrote);
        long whole = wrote;
        Copied copied = Copied.RECORDS;
        while (copied == Copied.RECORDS && isWhole(target, whole, end)) {
            copied = switch (scanner.next()) {
                case RECORD -> {
                    if (target.byteSize() - scanner.position() - scanner.sizeBytes() < MessageLayout.BLANK_BYTES) {
                        yield fault(scanner, "expected room for a blank behind the record, found none");
                    }
                    learn(scanner);
                    whole = scanner.position() + scanner.sizeBytes();
                    yield Copied.RECORDS;
                }
                case BLANK -> Copied.BLANK;
                case END -> fault(scanner, "expected a record, found zeros");
                case FAULT -> fault(scanner, scanner.fault());
            };
        }
        wholePosition = whole;
        copiedTo = copied == Copied.RECORDS && whole == end ? NONE : file.fromOffset() + end;
        return copied;
    }

    private Copied fault(RecordScanner scanner, String what) {
        fault = "offset %d: %s".formatted(scanner.commitLogOffset(), what);
        return Copied.FAULT;
    }

    /// Whether all that the size says has come, or what is there says that it cannot be right.
    private static boolean isWhole(MemorySegment target, long position, long end) {
        if (end - position < MessageLayout.BLANK_BYTES) {
            return false;
        }
        int magic = target.get(INT, position + MessageLayout.MAGIC);
        boolean record = magic == MessageLayout.MAGIC_V1 || magic == MessageLayout.MAGIC_V2;
        int sizeBytes = target.get(INT, position + MessageLayout.SIZE);
        boolean fits = sizeBytes >= MessageLayout.MIN_BYTES
                && sizeBytes <= target.byteSize() - position - MessageLayout.BLANK_BYTES;
        return !record || !fits || sizeBytes <= end - position;
    }

    private void learn(RecordScanner scanner) {
        messages++;
        lastStoreTimestamp = Math.max(lastStoreTimestamp, scanner.storeTimestamp());
        if (SysFlag.entersQueue(scanner.sysFlag()) && TopicNames.isSafe(scanner.topic())) {
            queueOffsets.observe(scanner.topic(), scanner.queueId(), scanner.queueOffset());
        }
    }

    /// After [#copy]: up to where there are whole records, bytes from the start of the file.
    long wholePosition() {
        return wholePosition;
    }

    /// How many there were.
    int messages() {
        return messages;
    }

    /// Of the last message, or of those before if that is later.
    long lastStoreTimestamp() {
        return lastStoreTimestamp;
    }

    /// After [Copied#FAULT].
    String fault() {
        return fault;
    }

    /// Goes over bytes of the rest of a blank.
    ///
    /// @param file that the blank fills
    void goOver(long bytes, MappedFile file) {
        copiedTo = copiedTo + bytes == file.endOffset() ? NONE : copiedTo + bytes;
    }
}
