package dev.storescope.engine.recovery;

import dev.storescope.engine.api.RecoveryReport.LastStop;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.file.MappedFileQueue;
import dev.storescope.engine.log.TailSearch;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Makes the disk have the log as the recovery found it, before anything is put behind its end.
///
/// What was read may stand in the page cache only: after a kill nobody has forced it, and a message that is forced and
/// acknowledged behind it would be lost with it when the power fails. And what stood behind the end must never be taken
/// for records again. Each step may be cut short by the next crash: until the last one is done nothing is put, so the
/// next recovery finds the same end and does them all again.
///
/// Threads: the one that loads the store.
final class LogEnd {
    private final MappedFileQueue files;
    private final long onDiskOffset;
    private final long endOffset;
    private final LastStop lastStop;
    private final WrittenParts written;

    /// @param onDiskOffset the disk is known to have everything before it
    LogEnd(MappedFileQueue files, WrittenParts written, long onDiskOffset, long endOffset, LastStop lastStop) {
        this.lastStop = lastStop;
        this.files = files;
        this.written = written;
        this.onDiskOffset = onDiskOffset;
        this.endOffset = endOffset;
    }

    /// What was taken away behind the end.
    ///
    /// @param bytes up to the last one that was not zero, in the file of the end
    record Cut(long bytes, List<String> filesDeleted) {
    }

    /// @param unsureOffset from here on the disk may not have what was read, even where the system thinks so
    Cut bringToDisk(long unsureOffset) throws IOException {
        List<String> deleted = files.deleteFrom(endOffset + 1);
        long cutBytes = zeroBehindEnd();
        if (lastStop == LastStop.UNCLEAN) {
            writeZerosAgain();
        }
        for (MappedFile file : files.files()) {
            writeAgain(file, Math.max(unsureOffset, file.fromOffset()), Math.min(endOffset, file.endOffset()));
        }
        for (MappedFile file : files.files()) {
            // Also zeros that nobody sees: a recovery that died may have written them and not forced them.
            if (file.endOffset() > onDiskOffset) {
                file.diskFile().force(0, file.sizeBytes());
            }
        }
        return new Cut(cutBytes, deleted);
    }

    /// After a failed force the pages count as clean though the disk does not have them ("fsyncgate"), so a force alone
    /// would not write them.
    private static void writeAgain(MappedFile file, long fromOffset, long toOffset) throws IOException {
        if (fromOffset < toOffset) {
            long position = fromOffset - file.fromOffset();
            file.diskFile().write(position, file.mapping(), position, toOffset - fromOffset);
        }
    }

    /// An opening whose force failed may have left zeros behind the end that only the page cache has: to whoever opens next they
    /// look as if nothing were to be done, and a power cut would bring back what they covered. What was never written stays so.
    private void writeZerosAgain() throws IOException {
        MappedFile file = files.find(endOffset).orElse(null);
        if (file != null) {
            long position = endOffset - file.fromOffset();
            file.writeAgain(position, written.from(position, file));
        }
    }

    private long zeroBehindEnd() throws IOException {
        MappedFile file = files.find(endOffset).orElse(null);
        if (file == null) {
            return 0;
        }
        long position = endOffset - file.fromOffset();
        MemorySegment mapping = file.mapping();
        long dirtyEnd = TailSearch.lastNonZero(file, position, written.nonZeroFrom(position, file)) + 1;
        mapping.asSlice(position, dirtyEnd - position).fill((byte) 0);
        return dirtyEnd - position;
    }
}
