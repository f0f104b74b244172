package dev.storescope.engine.recovery;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.RecoveryReport.LastStop;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.SysFlag;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.file.MappedFileQueue;
import dev.storescope.engine.file.MappedFileQueue.Access;
import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import dev.storescope.engine.probe.ProbePoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Finds the end of the log, cuts what stands behind it, and learns the queue offsets (`store.md` §7).
///
/// Every record is checked: magic, sizes, its own physical offset and, if so configured, its body's CRC. The first that
/// fails ends the log when it is a torn tail. When a good record behind it is known to have been on disk before the
/// crash, the log is damaged: nothing is cut then, and opening fails with a message that says where.
///
/// Threads: the one that loads the store.
public final class StoreRecovery {
    private final StoreEnvironment environment;
    private final MappedFileQueue files;
    private final CommitLog log;
    private final CrcCheck crcCheck;
    private final List<String> notes = new ArrayList<>();
    private long records;
    private long bytes;
    private long lastStoreTimestamp;

    public StoreRecovery(StoreEnvironment environment, MessageStoreConfig config, CommitLog log) {
        this.environment = environment;
        this.log = log;
        this.files = log.files();
        this.crcCheck = config.flag(StoreSetting.CHECK_CRC_ON_RECOVER) ? CrcCheck.CHECK : CrcCheck.SKIP;
    }

    /// Checks the log and sets its pointers; with [Access#READ_ONLY] nothing on disk is touched.
    ///
    /// @param flushedTimestamp store time of the last message that is known to have been on disk, milliseconds since
    ///     1970; 0 for unknown
    public RecoveryReport recover(LastStop lastStop, long flushedTimestamp, Access access) throws IOException {
        long began = environment.nanoTime();
        int fileCount = files.files().size();
        notes.addAll(files.notes());
        long endOffset = findEnd(flushedTimestamp);
        long cutBytes = 0;
        List<String> deleted = List.of();
        if (access == Access.READ_WRITE) {
            deleted = files.deleteFrom(endOffset + 1);
            cutBytes = zeroBehind(endOffset);
        }
        log.beginAt(endOffset, lastStoreTimestamp);
        return new RecoveryReport(lastStop, fileCount, records, bytes, files.minOffset(), endOffset, cutBytes, deleted,
                notes, environment.nanoTime() - began);
    }

    private long findEnd(long flushedTimestamp) {
        List<MappedFile> all = files.files();
        long expectedOffset = files.minOffset();
        for (MappedFile file : all) {
            if (file.fromOffset() != expectedOffset) {
                throw new StoreException(
                        "%s: expected a file that begins at offset %d, found the next at %d; nothing was changed"
                                .formatted(files.directory(), expectedOffset, file.fromOffset()));
            }
            RecordScanner scanner = new RecordScanner(file.mapping(), file.fromOffset(), file.sizeBytes(), crcCheck);
            Found ended = scan(file, scanner);
            if (ended != Found.BLANK) {
                refuseDamage(file, scanner, ended, flushedTimestamp);
                return scanner.commitLogOffset();
            }
            expectedOffset = file.endOffset();
        }
        return expectedOffset;
    }

    private Found scan(MappedFile file, RecordScanner scanner) {
        long before = records;
        Found found = scanner.next();
        while (found == Found.RECORD) {
            records++;
            lastStoreTimestamp = scanner.storeTimestamp();
            if (SysFlag.entersQueue(scanner.sysFlag())) {
                log.queueOffsets().observe(scanner.topic(), scanner.queueId(), scanner.queueOffset());
            }
            found = scanner.next();
        }
        bytes += scanner.position();
        long count = records - before;
        if (found == Found.BLANK) {
            file.resetPositions(file.sizeBytes(), scanner.position(), count);
        } else {
            file.resetPositions(scanner.position(), -1, count);
        }
        environment.probe().event(ProbePoint.RECOVERY_STEP, scanner.commitLogOffset(), records);
        return found;
    }

    /// A bad record is a torn tail as long as nothing good behind it is known to have been on disk before.
    private void refuseDamage(MappedFile file, RecordScanner scanner, Found ended, long flushedTimestamp) {
        long badPosition = scanner.position();
        String fault = ended == Found.FAULT ? scanner.fault() : "expected a record, found zeros";
        if (ended == Found.FAULT) {
            notes.add("%s: the log ends at offset %d: %s".formatted(file.name(), scanner.commitLogOffset(), fault));
        }
        if (flushedTimestamp == 0) {
            return;
        }
        TailSearch search = new TailSearch(crcCheck);
        boolean reached = false;
        for (MappedFile later : files.files()) {
            reached |= later == file;
            if (reached) {
                search.lookFrom(later, later == file ? badPosition + 1 : 0, flushedTimestamp).ifPresent(good -> {
                    throw new StoreException(("%s: damaged at offset %d (%s), while the record at offset %d behind it"
                            + " is sound and was on disk before; nothing was changed").formatted(
                                    file.diskFile().path(), file.fromOffset() + badPosition, fault, good));
                });
            }
        }
    }

    /// What stood behind the end must never be taken for records again: it is zeroed and forced before the first put.
    ///
    /// @return bytes up to the last one that was not zero
    private long zeroBehind(long endOffset) throws IOException {
        MappedFile file = files.find(endOffset).orElse(null);
        if (file == null || file.isFull()) {
            return 0;
        }
        long position = endOffset - file.fromOffset();
        long dirtyEnd = TailSearch.lastNonZero(file.mapping(), position) + 1;
        if (dirtyEnd <= position) {
            return 0;
        }
        file.mapping().asSlice(position, dirtyEnd - position).fill((byte) 0);
        file.diskFile().force(position, dirtyEnd - position);
        return dirtyEnd - position;
    }
}
