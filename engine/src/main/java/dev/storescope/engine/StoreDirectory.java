package dev.storescope.engine;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.RecoveryReport.LastStop;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreFault;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.Disk.DiskLock;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.StoreCheckpoint;
import dev.storescope.engine.queue.RecoveryPoint;
import dev.storescope.engine.recovery.LastRun;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The directory as a whole and the small files in it: `lock`, `abort`, `checkpoint`. Nothing is written before it is
/// known that the directory is a store, fits the settings, and is nobody else's.
///
/// Threads: the store's owner.
final class StoreDirectory {
    private static final System.Logger LOG = System.getLogger(StoreDirectory.class.getName());
    private static final String COMMIT_LOG = "commitlog";
    private static final String CONSUME_QUEUE = "consumequeue";
    static final String LOCK = "lock";
    private static final String ABORT = "abort";
    private static final String CHECKPOINT = "checkpoint";
    private static final String UNKNOWN_HOLDER = "another program, or a store that is being opened or closed";
    /// One of these, or a log file, makes a directory that is not empty a store (`format.md` §1).
    private static final Set<String> LEFT_BY_A_STORE = Set.of(CONSUME_QUEUE, LOCK, ABORT, CHECKPOINT);

    private final StoreEnvironment environment;
    private final Disk disk;
    private final Path root;
    private final Path commitLog;
    private final long fileSizeBytes;
    private Optional<DiskLock> lock = Optional.empty();
    private Optional<StoreCheckpoint> checkpoint = Optional.empty();
    private LastStop lastStop = LastStop.NEW_STORE;
    private long flushedTimestamp;
    private boolean markedRunning;

    StoreDirectory(StoreEnvironment environment, MessageStoreConfig config) {
        this.environment = environment;
        this.disk = environment.disk();
        this.root = config.storePathRootDir();
        this.commitLog = config.storePathCommitLog();
        this.fileSizeBytes = config.mappedFileSizeCommitLog();
    }

    /// Checks the directory and takes it.
    void take() throws IOException {
        List<Disk.Entry> entries = disk.list(root);
        Set<String> names = new TreeSet<>();
        entries.forEach(entry -> names.add(entry.name()));
        refuseWhatIsNoStore(names);
        refuseOtherGeometry();
        disk.createDirectories(commitLog);
        lock = disk.tryLock(root.resolve(LOCK));
        if (lock.isEmpty()) {
            throw inUse();
        }
        // Only now: until the lock was taken another store may have run here.
        lastStop = lastStop();
        StoreCheckpoint opened = StoreCheckpoint.openOrCreate(disk, root.resolve(CHECKPOINT));
        checkpoint = Optional.of(opened);
        flushedTimestamp = opened.physicMsgTimestamp();
        disk.forceDirectory(commitLog);
        disk.forceDirectory(root);
    }

    private StoreException inUse() {
        String holder = holder();
        StoreFault fault = holder.isEmpty()
                ? StoreFault.of(StoreFault.Kind.IN_USE_BY_UNKNOWN, root)
                : StoreFault.of(StoreFault.Kind.IN_USE, root, holder);
        return new StoreException(fault,
                "%s: expected a directory that no other store has open, found its file %s taken by %s"
                        .formatted(root, LOCK, holder.isEmpty() ? UNKNOWN_HOLDER : "a store of process " + holder));
    }

    private void refuseWhatIsNoStore(Set<String> names) throws IOException {
        if (names.isEmpty() || names.stream().anyMatch(LEFT_BY_A_STORE::contains)) {
            return;
        }
        if (!names.contains(COMMIT_LOG)) {
            throw new StoreException(StoreFault.of(StoreFault.Kind.NOT_A_STORE, root, names.iterator().next()),
                    "%s: expected a store or an empty directory, found %d other entries, the first is %s; nothing was changed"
                            .formatted(root, names.size(), names.iterator().next()));
        }
        List<String> inLog = disk.list(commitLog).stream().map(Disk.Entry::name).sorted().toList();
        boolean freshlyMade = inLog.isEmpty() && names.size() == 1;
        if (!freshlyMade && inLog.stream().noneMatch(StoreDirectory::isLogFileName)) {
            throw new StoreException(StoreFault.of(StoreFault.Kind.NOT_A_STORE, root, COMMIT_LOG),
                    "%s: expected log files with names of 20 digits in %s, found %s, and none of the files that a store leaves beside it; nothing was changed"
                            .formatted(root, COMMIT_LOG, inLog.isEmpty()
                                    ? "none"
                                    : "only others such as "
                                            + inLog.getFirst()));
        }
    }

    private static boolean isLogFileName(String name) {
        return name.matches("\\d{20}");
    }

    /// The process that has the directory, as far as its file `abort` tells: the store that runs there has written its process into it.
    private String holder() {
        try {
            Path abort = root.resolve(ABORT);
            String process = disk.exists(abort)
                    ? new String(disk.readAll(abort), StandardCharsets.US_ASCII).strip()
                    : "";
            return process.matches("\\d{1,19}") ? process : "";
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "store " + root + ": its file abort cannot be read", e);
            return "";
        }
    }

    private LastStop lastStop() throws IOException {
        if (disk.exists(root.resolve(ABORT))) {
            return LastStop.UNCLEAN;
        }
        return disk.list(commitLog).isEmpty() ? LastStop.NEW_STORE : LastStop.CLEAN;
    }

    /// Before anything is written: files of another length mean that the settings belong to another store.
    private void refuseOtherGeometry() throws IOException {
        for (Disk.Entry entry : disk.list(commitLog)) {
            if (!entry.directory() && isLogFileName(entry.name())
                    && entry.sizeBytes() != 0
                    && entry.sizeBytes() != fileSizeBytes) {
                throw new StoreException(StoreFault.of(StoreFault.Kind.OTHER_FILE_SIZE, commitLog.resolve(entry.name()),
                        StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG.rocketMqName(), fileSizeBytes, entry.sizeBytes()),
                        "%s: expected a file of %d bytes (mappedFileSizeCommitLog), found %d bytes; nothing was changed"
                                .formatted(commitLog.resolve(entry.name()), fileSizeBytes, entry.sizeBytes()));
            }
        }
    }

    LastRun lastRun() {
        return new LastRun(lastStop, flushedTimestamp);
    }

    /// Up to where the run before had everything on disk; a file that cannot be read counts as none.
    RecoveryPoint recoveryPoint() {
        Path file = RecoveryPoint.path(root);
        try {
            return RecoveryPoint.read(disk, file).orElse(RecoveryPoint.NONE);
        } catch (IOException e) {
            LOG.log(Level.WARNING, file + ": cannot be read; the whole log is checked", e);
            return RecoveryPoint.NONE;
        }
    }

    /// The log is about to become another than the one that the point speaks of.
    void forgetRecoveryPoint() throws IOException {
        if (disk.delete(RecoveryPoint.path(root))) {
            disk.forceDirectory(RecoveryPoint.path(root).getParent());
        }
    }

    StoreCheckpoint checkpoint() {
        return checkpoint.orElseThrow();
    }

    /// From here on a crash leaves `abort` behind.
    void markRunning() throws IOException {
        markedRunning = true;
        disk.writeAll(root.resolve(ABORT), Long.toString(environment.processId()).getBytes(StandardCharsets.US_ASCII));
        disk.forceDirectory(root);
    }

    /// Nothing is left to say about a load that was followed by no start: everything is on disk, and the directory as
    /// cleanly closed as it was found.
    void takeMarkBack() {
        if (markedRunning && lastStop != LastStop.UNCLEAN) {
            markStopped();
        }
    }

    /// The stop was clean: everything is on disk.
    void markStopped() {
        try {
            checkpoint().flush();
            disk.delete(root.resolve(ABORT));
        } catch (IOException e) {
            LOG.log(Level.ERROR, "store " + root + ": the stop could not be marked as clean", e);
        }
    }

    /// Closes and unlocks; may be called more than once.
    void giveBack() {
        checkpoint.ifPresent(StoreCheckpoint::close);
        checkpoint = Optional.empty();
        lock.ifPresent(DiskLock::close);
        lock = Optional.empty();
    }
}
