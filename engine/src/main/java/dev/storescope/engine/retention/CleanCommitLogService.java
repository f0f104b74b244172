package dev.storescope.engine.retention;

import dev.storescope.engine.api.DiskWatermark;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.RetentionSnapshot;
import dev.storescope.engine.api.RetentionSnapshot.Cause;
import dev.storescope.engine.api.RetentionSnapshot.Deletion;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.file.MappedFileQueue;
import dev.storescope.engine.file.RunningFlags;
import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.log.LogHoles;
import dev.storescope.engine.service.Service;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// Deletes the files of the log that have expired, sooner and others too when the disk is full (RocketMQ
/// `CleanCommitLogService`). [DiskWatermark] is the table of what happens when.
///
/// One turn deletes one file at most, so that pauses between them are the service's waits. The file that is appended to
/// is never deleted, nor one that somebody has yet to read.
///
/// Threads: the service's own; [#executeDeleteFilesManually()] and [#snapshot()] by any.
public final class CleanCommitLogService implements Service {
    private static final System.Logger LOG = System.getLogger(CleanCommitLogService.class.getName());
    /// From the start to the first look (RocketMQ's figure): whoever opens a store by mistake has a minute to stop it.
    private static final long FIRST_TURN_NS = 60_000_000_000L;
    /// How many rounds a manual deletion lasts (RocketMQ `MAX_MANUAL_DELETE_FILE_TIMES`).
    private static final int MANUAL_ROUNDS = 20;

    private final StoreEnvironment environment;
    private final MessageStoreConfig config;
    private final MappedFileQueue files;
    private final LogHoles holes;
    private final Expiry expiry;
    private final DiskWatch disk;
    private final LongSupplier keepFromOffset;
    private final long intervalNs;
    private final long filesIntervalNs;
    private final long redeleteIntervalNs;
    private final long heldForNs;
    private final int batchMax;
    private final AtomicInteger manualRounds = new AtomicInteger();
    private Runnable afterRound = () -> {
    };
    private int leftInRound;
    private boolean deletedInRound;
    // Written by the service's thread (at first by the owner), read by whoever takes a snapshot.
    private volatile long nextTurnNanos;
    private volatile long filesDeleted;
    private volatile Optional<Deletion> lastDeletion = Optional.empty();
    private volatile String failure = "";
    private long lastRedeleteNanos;

    /// @param keepFromOffset nothing from here on is deleted: it is not flushed yet, or somebody has yet to read it
    public CleanCommitLogService(StoreEnvironment environment, MessageStoreConfig config, CommitLog log,
            RunningFlags flags, LongSupplier keepFromOffset) {
        this.environment = environment;
        this.config = config;
        this.files = log.files();
        this.holes = log.holes();
        this.expiry = new Expiry(environment, config, log);
        this.disk = new DiskWatch(environment, config, flags);
        this.keepFromOffset = keepFromOffset;
        this.intervalNs = config.nanos(StoreSetting.CLEAN_RESOURCE_INTERVAL);
        this.filesIntervalNs = config.nanos(StoreSetting.DELETE_COMMIT_LOG_FILES_INTERVAL);
        this.redeleteIntervalNs = config.nanos(StoreSetting.REDELETE_HANGED_FILE_INTERVAL);
        this.heldForNs = config.nanos(StoreSetting.DESTROY_MAPED_FILE_INTERVAL_FORCIBLY);
        this.batchMax = (int) config.number(StoreSetting.DELETE_FILE_BATCH_MAX);
        this.leftInRound = batchMax;
        this.lastRedeleteNanos = environment.nanoTime();
        this.nextTurnNanos = environment.nanoTime() + FIRST_TURN_NS;
    }

    /// Sets who is told when files were deleted and no more are for now. Before the service runs.
    public void afterRound(Runnable action) {
        afterRound = action;
    }

    /// Before the service runs.
    public void begin() {
        nextTurnNanos = environment.nanoTime() + FIRST_TURN_NS;
    }

    /// Looks for expired files in the next rounds as if it were the hour. The thread is to be woken.
    public void executeDeleteFilesManually() {
        manualRounds.set(MANUAL_ROUNDS);
        LOG.log(Level.INFO, "expired files are deleted in the next {0} rounds, because somebody asked for it",
                MANUAL_ROUNDS);
    }

    @Override
    public String name() {
        return "CleanCommitLogService";
    }

    @Override
    public int doWork() {
        if (environment.nanoTime() - nextTurnNanos < 0 && manualRounds.get() == 0) {
            return 0;
        }
        disk.look();
        int deleted = 0;
        try {
            redeleteHeldFiles();
            deleted = deleteOne();
            failure = "";
        } catch (IOException e) {
            if (!e.toString().equals(failure)) {
                LOG.log(Level.ERROR, "a file of the log could not be deleted", e);
            }
            failure = e.toString();
        }
        leftInRound -= deleted;
        if (deleted == 0 || leftInRound == 0) {
            endRound();
        }
        nextTurnNanos = environment.nanoTime() + pauseNs();
        return deleted;
    }

    private void endRound() {
        leftInRound = batchMax;
        manualRounds.updateAndGet(rounds -> Math.max(0, rounds - 1));
        if (deletedInRound) {
            deletedInRound = false;
            afterRound.run();
        }
    }

    private long pauseNs() {
        return leftInRound < batchMax ? filesIntervalNs : intervalNs;
    }

    @Override
    public long waitNs(int workDone) {
        return Math.max(0, nextTurnNanos - environment.nanoTime());
    }

    private void redeleteHeldFiles() throws IOException {
        long now = environment.nanoTime();
        if (now - lastRedeleteNanos >= redeleteIntervalNs) {
            lastRedeleteNanos = now;
            files.destroyHeld(heldForNs);
        }
    }

    private int deleteOne() throws IOException {
        if (!failure.isEmpty()) {
            // What could not go last time goes first: nobody reads it any more, and the disk still has it.
            files.deleteBefore(files.minOffset());
        }
        Optional<MappedFile> first = files.first();
        Optional<Cause> cause = first.flatMap(this::causeToDelete);
        if (cause.isEmpty() || first.get().endOffset() > keepFromOffset.getAsLong()
                || first.equals(files.last())) {
            return 0;
        }
        MappedFile file = first.get();
        lastDeletion = Optional.of(new Deletion(environment.nanoTime(), file.fromOffset(), cause.get()));
        LOG.log(Level.INFO, "{0}: is deleted: {1}; the disk is {2} % full", file.diskFile().path(), cause.get(),
                Math.round(disk.usedRatio() * 100));
        filesDeleted = filesDeleted + 1;
        deletedInRound = true;
        files.deleteBefore(file.endOffset());
        holes.forgetBefore(files.minOffset());
        return 1;
    }

    private Optional<Cause> causeToDelete(MappedFile file) {
        boolean expired = expiry.isExpired(file);
        if (expired && isHour()) {
            return Optional.of(Cause.HOUR);
        }
        if (expired && disk.isReached(DiskWatermark.EXPIRED_AT_ONCE)) {
            return Optional.of(Cause.EXPIRED);
        }
        if (expired && manualRounds.get() > 0) {
            return Optional.of(Cause.MANUAL);
        }
        return disk.isReached(DiskWatermark.UNEXPIRED) && config.flag(StoreSetting.CLEAN_FILE_FORCIBLY_ENABLE)
                ? Optional.of(Cause.FORCED)
                : Optional.empty();
    }

    private boolean isHour() {
        int hour = Instant.ofEpochMilli(environment.currentTimeMillis()).atZone(environment.zone()).getHour();
        return config.deleteHours().contains(hour);
    }

    public RetentionSnapshot snapshot() {
        DiskWatch.Look look = disk.lastLook();
        long oldestExpiresAtMillis = files.first().map(expiry::expiresAtMillis).orElse(Expiry.UNKNOWN);
        return new RetentionSnapshot(look.atNanos(), look.usedRatio(), look.usableBytes(), look.totalBytes(),
                disk.levels(), nextTurnNanos, oldestExpiresAtMillis, manualRounds.get(), filesDeleted, lastDeletion,
                files.departingFiles(), failure.isEmpty() ? look.failure() : failure);
    }
}
