package dev.storescope.engine.recovery;

import dev.storescope.engine.api.LogHole;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.RecoveryReport.IndexFigures;
import dev.storescope.engine.api.RecoveryReport.PhaseTimes;
import dev.storescope.engine.api.RecoveryReport.QueueFigures;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.SysFlag;
import dev.storescope.engine.dispatch.CommitLogDispatcher;
import dev.storescope.engine.dispatch.DispatchRequest;
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
import dev.storescope.engine.queue.RecoveryPoint;
import dev.storescope.engine.recovery.HoleSearch.BadPlace;
import dev.storescope.engine.recovery.HoleSearch.Cause;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/// Finds the end of the log, cuts what stands behind it, and learns the queue offsets (`store.md` §7).
///
/// Every record behind the [OpeningStart] is checked: magic, sizes, its own physical offset and, if so configured, its body's CRC. The first that
/// fails ends the log when it is a torn tail. When a sound record behind it shows that the disk had it before the crash,
/// the log is damaged: what cannot be read becomes one of its [CommitLog#holes()], is left as it is, and the check goes on
/// behind it. So is a file that is missing between others.
///
/// What is found sound is handed on at once to whoever builds something from it.
///
/// Threads: the one that loads the store.
public final class StoreRecovery {
    private static final int MOST_TOPICS_REPORTED = 16;
    /// Of more only the list tells.
    private static final int MOST_HOLES_NOTED = 16;
    private static final int MOST_QUEUE_OFFSETS_REPORTED = 20;

    private final StoreEnvironment environment;
    private final MappedFileQueue files;
    private final CommitLog log;
    private final CrcCheck crcCheck;
    private final long queuesEnd;
    private final CheckedRecords checked;
    private final List<String> notes = new ArrayList<>();
    private final List<LogHole> holes = new ArrayList<>();
    private final Set<String> unsafeTopics = new TreeSet<>();
    private long oddQueueOffsets;
    private long records;
    private long bytes;
    private long lastRecordOffset = -1;
    private long lastStoreTimestamp;
    private long latestStoreTimestamp;
    /// Sound records in the file that is being checked.
    private long fileRecords;
    /// Where the first record stands that may not have come to the disk; -1 while there is none.
    private long unsureOffset = -1;
    private OpeningStart start = new OpeningStart(RecoveryPoint.NONE, 0, 0, RecoveryPoint.NONE);
    private RecoveryPoint endInHole = RecoveryPoint.NONE;
    private WrittenParts written;

    /// @param queuesEnd where the last record ends that a queue points to; 0 for none
    /// @param builder gets every sound record that is checked, in the order of the log
    public StoreRecovery(StoreEnvironment environment, MessageStoreConfig config, CommitLog log, long queuesEnd,
            CommitLogDispatcher builder) {
        this.environment = environment;
        this.queuesEnd = queuesEnd;
        this.checked = new CheckedRecords(environment, request -> {
            learnQueueOffset(request);
            builder.dispatch(request);
        });
        this.written = new WrittenParts(environment.memory());
        this.log = log;
        this.files = log.files();
        this.crcCheck = config.flag(StoreSetting.CHECK_CRC_ON_RECOVER) ? CrcCheck.CHECK : CrcCheck.SKIP;
    }

    /// Checks the log from `from` on, cuts what stands behind its end, and sets its pointers.
    public RecoveryReport recover(LastRun lastRun, OpeningStart from) throws IOException {
        long began = environment.nanoTime();
        start = from;
        lastStoreTimestamp = start.point().lastStoreTimestamp();
        latestStoreTimestamp = lastStoreTimestamp;
        written = new WrittenParts(environment.memory());
        int fileCount = files.files().size();
        notes.addAll(files.notes());
        long endOffset = findEnd(lastRun);
        log.holes().replace(holes);
        files.find(start.offset())
                .filter(file -> file.fromOffset() < start.offset())
                .ifPresent(file -> file.earlierMessages(-1));
        LogEnd.Cut cut = new LogEnd(files, written, start.offset(), endOffset, lastRun.stop())
                .bringToDisk(unsureOffset < 0 ? endOffset : unsureOffset);
        written.haveBeenLookedAt(files.files());
        log.beginAt(endOffset, lastStoreTimestamp);
        return new RecoveryReport(lastRun.stop(), fileCount, records, bytes, start.offset(), endOffset, cut.bytes(),
                cut.filesDeleted(), log.holes().all(), QueueFigures.NOTHING, IndexFigures.NOTHING,
                new PhaseTimes(0, environment.nanoTime() - began - checked.tookNs(), checked.tookNs(), 0), notes);
    }

    /// The damaged record that the log ends with, and what is known of it; [RecoveryPoint#NONE] when it ends with a sound
    /// one.
    public RecoveryPoint endInHole() {
        return endInHole.offset() > lastRecordOffset ? endInHole : RecoveryPoint.NONE;
    }

    private long findEnd(LastRun lastRun) throws IOException {
        HoleSearch search = new HoleSearch(files, written, crcCheck, lastRun);
        KnownEnd known = new KnownEnd(files, lastRun.stop(), start.left(), queuesEnd);
        long offset = files.minOffset();
        for (MappedFile file : files.files()) {
            if (offset < start.offset()) {
                offset = goTowardsStart(offset, file);
            }
            if (file.endOffset() <= start.offset()) {
                continue;
            }
            fileRecords = 0;
            file.resetPositions(file.sizeBytes(), -1, 0);
            while (offset < file.endOffset()) {
                Optional<BadPlace> bad = offset < file.fromOffset()
                        ? Optional.of(missingFile(offset, file))
                        : scan(file, offset - file.fromOffset(), lastRun);
                offset = file.endOffset();
                if (bad.isPresent()) {
                    OptionalLong sound = search.endOfHole(bad.get());
                    if (sound.isEmpty()) {
                        RecoveryPoint damaged = known.behind(bad.get());
                        if (damaged == RecoveryPoint.NONE) {
                            checked.upTo(bad.get().offset() - file.fromOffset());
                            return end(bad.get(), file);
                        }
                        endInHole = damaged;
                        sound = OptionalLong.of(damaged.offset());
                    }
                    BadPlace hole = withTornRecord(bad.get(), file);
                    checked.upTo(hole.offset() - file.fromOffset());
                    addHole(hole, sound.getAsLong());
                    offset = sound.getAsLong();
                }
            }
        }
        return offset;
    }

    /// Of what lies before the start only that a file is missing shows.
    private long goTowardsStart(long offset, MappedFile file) {
        if (offset < file.fromOffset()) {
            addHole(missingFile(offset, file), file.fromOffset());
        }
        return Math.min(start.offset(), file.endOffset());
    }

    private BadPlace missingFile(long offset, MappedFile next) {
        return new BadPlace(offset, latestBefore(), Cause.MISSING_FILE,
                "expected a file that begins at offset %d, found the next at %d".formatted(offset, next.fromOffset()));
    }

    /// Zeros may begin in the text of the record in front of the bad place, which no CRC covers.
    private BadPlace withTornRecord(BadPlace bad, MappedFile file) {
        if (bad.cause() != Cause.BAD_RECORD || !TornText.reachesBackTo(lastRecordOffset, bad.offset(), file)) {
            return bad;
        }
        records--;
        file.resetPositions(file.sizeBytes(), -1, --fileRecords);
        return new BadPlace(lastRecordOffset, bad.latestBefore(), bad.cause(), TornText.FAULT);
    }

    private void addHole(BadPlace bad, long soundOffset) {
        holes.add(new LogHole(bad.offset(), soundOffset, bad.reason()));
        if (holes.size() > MOST_HOLES_NOTED) {
            return;
        }
        notes.add("%s: damaged from offset %d to %d (%s): nothing in between can be read, and it is left as it is"
                .formatted(files.directory(), bad.offset(), soundOffset, bad.reason()));
    }

    /// @param from where a record or blank is to begin, bytes from the start of the file
    /// @return where the records end before the file does
    private Optional<BadPlace> scan(MappedFile file, long from, LastRun lastRun) {
        RecordScanner scanner = new RecordScanner(file.mapping(), file.fromOffset(), file.sizeBytes(), crcCheck)
                .seek(from);
        checked.beginAt(file, from);
        long before = records;
        String fault = "";
        Found found = scanner.next();
        while (found == Found.RECORD && fault.isEmpty()) {
            boolean unsure = lastRun.mayHaveLost(scanner.storeTimestamp());
            if (unsure && TornText.isIn(scanner, file.mapping())) {
                fault = TornText.FAULT;
            } else {
                if (unsure && unsureOffset < 0) {
                    unsureOffset = scanner.commitLogOffset();
                }
                learn(scanner);
                if (checked.isFarBehind(scanner.position())) {
                    // Not this one: a hole behind it may begin in its text.
                    checked.upTo(scanner.position());
                }
                found = scanner.next();
            }
        }
        fileRecords += records - before;
        bytes += scanner.position() - from;
        file.resetPositions(file.sizeBytes(), found == Found.BLANK ? scanner.position() : -1, fileRecords);
        environment.probe().event(ProbePoint.RECOVERY_STEP, scanner.commitLogOffset(), records);
        if (found == Found.BLANK) {
            checked.upTo(scanner.position());
            return Optional.empty();
        }
        return Optional.of(new BadPlace(scanner.commitLogOffset(), latestBefore(), Cause.BAD_RECORD,
                found == Found.FAULT ? scanner.fault() : fault));
    }

    private long latestBefore() {
        return Math.max(latestStoreTimestamp, lastStoreTimestamp);
    }

    private void learn(RecordScanner scanner) {
        records++;
        lastRecordOffset = scanner.commitLogOffset();
        long storeTimestamp = scanner.storeTimestamp();
        if (storeTimestamp >= lastStoreTimestamp) {
            // No CRC covers the time: one that is later than the next record's is not believed.
            latestStoreTimestamp = Math.max(latestStoreTimestamp, lastStoreTimestamp);
        }
        lastStoreTimestamp = storeTimestamp;
    }

    /// No CRC covers the queue offset, so one that does not fit its queue is worth a word; behind a
    /// hole it is only natural that some are missing.
    private void learnQueueOffset(DispatchRequest request) {
        if (!TopicNames.isSafe(request.topic())) {
            reportTopic(request);
        } else if (SysFlag.entersQueue(request.sysFlag())) {
            long expected = log.queueOffsets().observe(request.topic(), request.queueId(), request.queueOffset());
            boolean lost = request.queueOffset() > expected && !holes.isEmpty();
            if (expected != request.queueOffset() && !lost && oddQueueOffsets++ < MOST_QUEUE_OFFSETS_REPORTED) {
                notes.add("offset %d: expected queue offset %d of topic '%s', queue %d, found %d".formatted(
                        request.commitLogOffset(), expected, request.topic(), request.queueId(),
                        request.queueOffset()));
            }
        }
    }

    private void reportTopic(DispatchRequest request) {
        if (unsafeTopics.size() < MOST_TOPICS_REPORTED && unsafeTopics.add(request.topic())) {
            notes.add("offset %d: the topic '%s' can be no directory's name and gets no queue"
                    .formatted(request.commitLogOffset(), request.topic()));
        }
    }

    /// @param file that holds the bad place, or the first one behind it
    /// @return where the log ends
    private long end(BadPlace bad, MappedFile file) {
        if (!bad.fault().isEmpty()) {
            notes.add("%s: the log ends at offset %d: %s".formatted(file.name(), bad.offset(), bad.fault()));
        }
        long endOffset = bad.offset();
        if (file.fromOffset() <= endOffset) {
            if (file.endOffset() - endOffset < MessageLayout.BLANK_BYTES) {
                // No blank fits behind the last record, so nothing can be put there.
                holes.add(new LogHole(endOffset, file.endOffset(), bad.reason()));
                endOffset = file.endOffset();
            }
            file.resetPositions(endOffset - file.fromOffset(), -1, fileRecords);
        }
        for (MappedFile behind : files.files()) {
            if (behind.fromOffset() > bad.offset()) {
                behind.resetPositions(0, -1, 0);
            }
        }
        return endOffset;
    }
}
