package dev.storescope.engine.log;

import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.AllocateMappedFileService;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.file.MappedFileQueue;
import dev.storescope.engine.file.StoreStatsService;
import dev.storescope.engine.probe.ProbePoint;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// The file that is appended to, and how the log goes on in the next one.
///
/// Threads: whoever holds the put lock; [#begin()] before there are puts.
final class LogTail {
    private final StoreEnvironment environment;
    private final MappedFileQueue files;
    private final AllocateMappedFileService allocator;
    private final LogPointers pointers;
    private final StoreStatsService stats;
    private final RawTail raw;
    private Optional<MappedFile> active = Optional.empty();

    LogTail(StoreEnvironment environment, MappedFileQueue files, AllocateMappedFileService allocator,
            LogPointers pointers, StoreStatsService stats, RawTail raw) {
        this.environment = environment;
        this.files = files;
        this.allocator = allocator;
        this.pointers = pointers;
        this.stats = stats;
        this.raw = raw;
    }

    /// Goes on in the last file of the row.
    void begin() {
        active = files.last();
        active.ifPresent(allocator::goesOnIn);
        raw.forget();
    }

    Optional<MappedFile> active() {
        return active;
    }

    /// Sees to it that the active file takes `bytes` more: goes to the next file when the active one is full, or has too
    /// little room, which a blank then fills.
    ///
    /// @return false when there is no next file
    boolean makeRoom(int bytes, PutTiming timing) {
        if (active.isEmpty()) {
            raw.forget();
            return roll(pointers.wrote().offset() / files.fileSizeBytes() * files.fileSizeBytes(), timing);
        }
        MappedFile file = active.get();
        raw.forget(file);
        if (!file.isFull()) {
            if (file.sizeBytes() - file.wrotePosition() >= (long) bytes + MessageLayout.BLANK_BYTES) {
                return true;
            }
            writeBlank(file);
        }
        return rollBehind(file, timing);
    }

    /// Goes to the file behind a full one.
    ///
    /// @return false when there is none
    boolean rollBehind(MappedFile full, PutTiming timing) {
        boolean rolled = roll(full.endOffset(), timing);
        if (rolled) {
            stats.rolledLocked();
        }
        return rolled;
    }

    /// Goes to the file that begins at an offset.
    ///
    /// @return false when there is none
    boolean roll(long nextOffset, PutTiming timing) {
        timing.allocating();
        Optional<MappedFile> next = allocator.putRequestAndReturnMappedFile(files.directory(), nextOffset,
                files.fileSizeBytes());
        timing.allocated();
        if (next.isEmpty()) {
            return false;
        }
        files.append(next.get());
        active = next;
        environment.probe().event(ProbePoint.FILE_ROLLED, nextOffset);
        return true;
    }

    private void writeBlank(MappedFile file) {
        long position = file.wrotePosition();
        int rest = (int) (file.sizeBytes() - position);
        MemorySegment target = file.appendTarget();
        if (file.hasWriteBuffer()) {
            // A buffer of the pool still holds what it was last used for; nothing of that may reach another file.
            target.asSlice(position).fill((byte) 0);
        }
        target.set(MessageLayout.INT, position + MessageLayout.SIZE, rest);
        target.set(MessageLayout.INT, position + MessageLayout.MAGIC, MessageLayout.MAGIC_BLANK);
        endFile(file);
    }

    /// The blank that fills the file is in it: the log ends where the next one begins.
    void endFile(MappedFile file) {
        long blankAt = file.wrotePosition();
        pointers.advanceToFileEndLocked(file.endOffset());
        file.advanceWroteToEnd();
        environment.probe()
                .event(ProbePoint.BLANK_WRITTEN, file.fromOffset() + blankAt, file.sizeBytes() - blankAt);
    }
}
