package dev.storescope.engine.recovery;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.SysFlag;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.file.MappedFileQueue;
import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.log.MessageLayout;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import dev.storescope.engine.log.TopicNames;
import dev.storescope.engine.probe.ProbePoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/// Finds the end of the log, cuts what stands behind it, and learns the queue offsets (`store.md` §7).
///
/// Every record is checked: magic, sizes, its own physical offset and, if so configured, its body's CRC. The first that
/// fails ends the log when it is a torn tail. When a sound record behind it shows that the disk had it before the crash,
/// the log is damaged: nothing is cut then, and opening fails with a message that says where.
///
/// Threads: the one that loads the store.
public final class StoreRecovery {
    private static final int MOST_TOPICS_REPORTED = 16;
    private static final int MOST_QUEUE_OFFSETS_REPORTED = 20;

    private final StoreEnvironment environment;
    private final MappedFileQueue files;
    private final CommitLog log;
    private final CrcCheck crcCheck;
    private final List<String> notes = new ArrayList<>();
    private final Set<String> unsafeTopics = new TreeSet<>();
    private long oddQueueOffsets;
    private long records;
    private long bytes;
    private long lastStoreTimestamp;
    private long latestStoreTimestamp;
    /// Where the first record stands that may not have come to the disk; -1 while there is none.
    private long unsureOffset = -1;

    public StoreRecovery(StoreEnvironment environment, MessageStoreConfig config, CommitLog log) {
        this.environment = environment;
        this.log = log;
        this.files = log.files();
        this.crcCheck = config.flag(StoreSetting.CHECK_CRC_ON_RECOVER) ? CrcCheck.CHECK : CrcCheck.SKIP;
    }

    /// Checks the log, cuts what stands behind its end, and sets its pointers.
    public RecoveryReport recover(LastRun lastRun) throws IOException {
        long began = environment.nanoTime();
        int fileCount = files.files().size();
        notes.addAll(files.notes());
        long endOffset = findEnd(lastRun);
        LogEnd.Cut cut = new LogEnd(files, endOffset).bringToDisk(unsureOffset < 0 ? endOffset : unsureOffset);
        log.beginAt(endOffset, lastStoreTimestamp);
        return new RecoveryReport(lastRun.stop(), fileCount, records, bytes, files.minOffset(), endOffset, cut.bytes(),
                cut.filesDeleted(), notes, environment.nanoTime() - began);
    }

    private long findEnd(LastRun lastRun) {
        long expectedOffset = files.minOffset();
        for (MappedFile file : files.files()) {
            if (file.fromOffset() != expectedOffset) {
                throw new StoreException(
                        "%s: expected a file that begins at offset %d, found the next at %d; nothing was changed"
                                .formatted(files.directory(), expectedOffset, file.fromOffset()));
            }
            RecordScanner scanner = new RecordScanner(file.mapping(), file.fromOffset(), file.sizeBytes(), crcCheck);
            String fault = scan(file, scanner, lastRun);
            if (file.blankPosition() < 0) {
                end(new Gap(file, scanner.position(), fault), lastRun);
                return scanner.commitLogOffset();
            }
            expectedOffset = file.endOffset();
        }
        return expectedOffset;
    }

    /// @return what is wrong where the records of the file end; "" when nothing is
    private String scan(MappedFile file, RecordScanner scanner, LastRun lastRun) {
        long before = records;
        String fault = "";
        Found found = scanner.next();
        while (found == Found.RECORD && fault.isEmpty()) {
            boolean unsure = lastRun.mayHaveLost(scanner.storeTimestamp());
            if (unsure && TornText.isIn(scanner, file.mapping())) {
                fault = "topic and properties: expected text, found zeros";
            } else {
                if (unsure && unsureOffset < 0) {
                    unsureOffset = scanner.commitLogOffset();
                }
                learn(scanner);
                found = scanner.next();
            }
        }
        long count = records - before;
        bytes += scanner.position();
        if (found == Found.BLANK) {
            file.resetPositions(file.sizeBytes(), scanner.position(), count);
        } else {
            file.resetPositions(scanner.position(), -1, count);
        }
        environment.probe().event(ProbePoint.RECOVERY_STEP, scanner.commitLogOffset(), records);
        return found == Found.FAULT ? scanner.fault() : fault;
    }

    private void learn(RecordScanner scanner) {
        records++;
        lastStoreTimestamp = scanner.storeTimestamp();
        latestStoreTimestamp = Math.max(latestStoreTimestamp, lastStoreTimestamp);
        if (!TopicNames.isSafe(scanner.topic())) {
            reportTopic(scanner);
        } else if (SysFlag.entersQueue(scanner.sysFlag())) {
            learnQueueOffset(scanner);
        }
    }

    /// No CRC covers the queue offset, so one that does not fit its queue is worth a word.
    private void learnQueueOffset(RecordScanner scanner) {
        long expected = log.queueOffsets().observe(scanner.topic(), scanner.queueId(), scanner.queueOffset());
        if (expected != scanner.queueOffset() && oddQueueOffsets++ < MOST_QUEUE_OFFSETS_REPORTED) {
            notes.add("offset %d: expected queue offset %d of topic '%s', queue %d, found %d".formatted(
                    scanner.commitLogOffset(), expected, scanner.topic(), scanner.queueId(), scanner.queueOffset()));
        }
    }

    private void reportTopic(RecordScanner scanner) {
        if (unsafeTopics.size() < MOST_TOPICS_REPORTED && unsafeTopics.add(scanner.topic())) {
            notes.add("offset %d: the topic '%s' can be no directory's name and gets no queue"
                    .formatted(scanner.commitLogOffset(), scanner.topic()));
        }
    }

    private void end(Gap gap, LastRun lastRun) {
        long restBytes = gap.file.sizeBytes() - gap.position;
        if (restBytes < MessageLayout.BLANK_BYTES) {
            throw new StoreException(
                    "%s: expected a blank of at least %d bytes at offset %d, found the last %d bytes of"
                            .formatted(gap.file.diskFile().path(), MessageLayout.BLANK_BYTES, gap.offset(), restBytes)
                            + " the file; nothing was changed");
        }
        if (!gap.fault.isEmpty()) {
            notes.add("%s: the log ends at offset %d: %s".formatted(gap.file.name(), gap.offset(), gap.fault));
        }
        boolean behind = false;
        for (MappedFile file : files.files()) {
            if (behind) {
                file.resetPositions(0, -1, 0);
            }
            behind |= file == gap.file;
        }
        if (lastRun.canProveDamage()) {
            soundRecordThatProvesDamage(gap, lastRun).ifPresent(sound -> {
                String damage = "%s: damaged at offset %d (%s), while the record at offset %d behind it is sound and was"
                        + " on disk before; nothing was changed";
                throw new StoreException(damage.formatted(gap.file.diskFile().path(), gap.offset(),
                        gap.fault.isEmpty() ? "expected a record, found zeros" : gap.fault, sound));
            });
        }
    }

    /// A bad record is a torn tail as long as nothing sound behind it proves that it was on disk before.
    private OptionalLong soundRecordThatProvesDamage(Gap gap, LastRun lastRun) {
        TailSearch search = new TailSearch(crcCheck,
                storeTimestamp -> lastRun.provesDamage(storeTimestamp, latestStoreTimestamp));
        OptionalLong sound = search.lookFrom(gap.file, gap.position + 1);
        for (MappedFile file : files.files()) {
            if (sound.isEmpty() && file.fromOffset() > gap.file.fromOffset()) {
                sound = search.lookFrom(file, 0);
            }
        }
        return sound;
    }

    /// Where the sound records from the log's start on end.
    ///
    /// @param fault "" when zeros follow
    private record Gap(MappedFile file, long position, String fault) {
        private long offset() {
            return file.fromOffset() + position;
        }
    }
}
