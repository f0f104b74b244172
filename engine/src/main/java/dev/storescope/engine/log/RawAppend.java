package dev.storescope.engine.log;

import dev.storescope.engine.api.AppendDataResult;
import dev.storescope.engine.api.AppendDataResult.Status;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.file.StoreStatsService;
import java.lang.foreign.MemorySegment;

/// Appends bytes of another store's log as they are, at the offset that they have there.
///
/// Threads: whoever holds the put lock.
final class RawAppend {
    private final LogTail tail;
    private final RawTail raw;
    private final LogPointers pointers;
    private final StoreStatsService stats;
    private final PutTiming timing;

    RawAppend(LogTail tail, RawTail raw, LogPointers pointers, StoreStatsService stats, PutTiming timing) {
        this.tail = tail;
        this.raw = raw;
        this.pointers = pointers;
        this.stats = stats;
        this.timing = timing;
    }

    AppendDataResult result(Status status, String detail) {
        return new AppendDataResult(status, raw.nextOffset(wroteOffset()), detail);
    }

    private long wroteOffset() {
        return pointers.wrote().offset();
    }

    AppendDataResult append(long startOffset, MemorySegment data) {
        if (startOffset == wroteOffset()) {
            tail.active().ifPresentOrElse(raw::forget, raw::forget);
        }
        long nextOffset = raw.nextOffset(wroteOffset());
        if (startOffset != nextOffset) {
            return result(Status.OFFSET_DOES_NOT_FOLLOW,
                    "expected bytes from offset %d on, found %d".formatted(nextOffset, startOffset));
        }
        long done = 0;
        while (done < data.byteSize()) {
            long offset = startOffset + done;
            if (!hasFileFor(offset)) {
                return result(Status.CREATE_MAPPED_FILE_FAILED, "");
            }
            MappedFile file = tail.active().orElseThrow();
            long bytes = Math.min(data.byteSize() - done, file.endOffset() - offset);
            if (!append(file, data.asSlice(done, bytes))) {
                return result(Status.DATA_ILLEGAL, raw.fault());
            }
            done += bytes;
        }
        return result(Status.APPENDED, "");
    }

    private boolean hasFileFor(long offset) {
        if (tail.active().isEmpty()) {
            return tail.roll(offset, timing);
        }
        MappedFile file = tail.active().get();
        return offset < file.endOffset() || tail.rollBehind(file, timing);
    }

    /// @param piece goes into the file as a whole
    /// @return false when there is something else in it than records and a blank
    private boolean append(MappedFile file, MemorySegment piece) {
        if (file.isFull()) {
            raw.goOver(piece.byteSize(), file);
            return true;
        }
        long before = file.wrotePosition();
        RawTail.Copied copied = raw.copy(file, piece, pointers.storeTimestampLocked());
        if (raw.messages() > 0) {
            file.advanceWrote(raw.wholePosition(), raw.messages());
            // Nobody was told here that they are safe.
            pointers.advanceWroteLocked(file.fromOffset() + raw.wholePosition(), raw.messages(), 0,
                    raw.lastStoreTimestamp());
            stats.appendedLocked((int) (raw.wholePosition() - before));
        }
        return switch (copied) {
            case RECORDS -> true;
            case BLANK -> {
                tail.endFile(file);
                raw.goOver(0, file);
                yield true;
            }
            case FAULT -> {
                raw.forget(file);
                yield false;
            }
        };
    }
}
