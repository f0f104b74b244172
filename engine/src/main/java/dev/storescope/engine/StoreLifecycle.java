package dev.storescope.engine;

import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.RunningFlag;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreFault;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreState;
import dev.storescope.engine.env.DiskFullException;
import dev.storescope.engine.recovery.OpeningStart;
import dev.storescope.engine.recovery.StoreRecovery;
import java.io.IOException;
import java.lang.System.Logger.Level;

/// The life of a store, from the load to the stop: takes the directory, recovers, starts the services and stops them in
/// an order in which nothing is lost.
///
/// Threads: one owner; [#state()], [#recovery()] and what asks for them by any.
final class StoreLifecycle {
    private static final System.Logger LOG = System.getLogger(StoreLifecycle.class.getName());
    private static final RecoveryReport NOT_LOADED = RecoveryReport.ofLog(RecoveryReport.LastStop.NEW_STORE, 0,
            0);

    private final StoreParts parts;
    private final long checkedAtOnceBytes;
    // Written by the owner, read by any.
    private volatile StoreState state = StoreState.CREATED;
    private volatile RecoveryReport recovery = NOT_LOADED;

    /// @param checkedAtOnceBytes a log no longer than this is checked as a whole when it is opened
    StoreLifecycle(StoreParts parts, long checkedAtOnceBytes) {
        this.parts = parts;
        this.checkedAtOnceBytes = checkedAtOnceBytes;
    }

    void load() {
        state = state.to(StoreState.RECOVERING);
        long began = parts.environment.nanoTime();
        try {
            parts.pipeline.refuseOtherGeometry();
            parts.directory.take();
            parts.log.files().load();
            OpeningStart start = OpeningStart.of(parts.directory.recoveryPoint(), parts.log.files(),
                    checkedAtOnceBytes);
            parts.pipeline.load(parts.directory.lastRun(), start);
            OpeningStart fitting = parts.pipeline.startThatFits(start);
            recover(fitting, parts.environment.nanoTime() - began);
        } catch (StoreException e) {
            giveUp();
            throw e.fault().isEmpty() && isDiskFull(e) ? notOpened(e) : e;
        } catch (IOException | RuntimeException | VirtualMachineError e) {
            // A fault in mapped memory comes as InternalError: the device is gone, or the file was cut while it was read. With
            // too little memory, too, the directory must be given back.
            giveUp();
            throw notOpened(e);
        } catch (Error e) {
            giveUp(); // the program is at fault, and who mends it must not find the directory locked
            throw e;
        }
    }

    private StoreException notOpened(Throwable cause) {
        String message = "store %s: cannot be opened: %s".formatted(parts.config.storePathRootDir(),
                cause.getMessage());
        return isDiskFull(cause)
                ? new StoreException(StoreFault.of(StoreFault.Kind.DISK_FULL, parts.config.storePathRootDir(),
                        cause.getMessage()), message, cause)
                : new StoreException(message, cause);
    }

    /// Whoever builds from records cannot throw it as it is.
    private static boolean isDiskFull(Throwable cause) {
        return cause instanceof DiskFullException || cause.getCause() instanceof DiskFullException;
    }

    private void giveUp() {
        try {
            closeFiles();
        } finally {
            parts.directory.giveBack();
            state = state.to(StoreState.CLOSED);
        }
    }

    private void recover(OpeningStart start, long loadNs) throws IOException {
        long queuesEnd = parts.pipeline.queues().lastRecordsEnd();
        DispatchPipeline.Builders builders = parts.pipeline.beginRecovery(start, parts.directory::markRunning);
        StoreRecovery ofLog = new StoreRecovery(parts.environment, parts.config, parts.log, queuesEnd, builders);
        RecoveryReport logReport = ofLog.recover(parts.directory.lastRun(), start);
        recovery = parts.pipeline
                .recover(logReport, builders, start, ofLog.endInHole(), parts.directory::markRunning)
                .afterLoad(loadNs);
        RecoveryReport report = recovery;
        parts.environment.doAside(() -> log(report));
    }

    private void log(RecoveryReport report) {
        LOG.log(Level.INFO, "store {0}: last stop {1}; {2} records in {3} files, end at {4}, {5} bytes cut",
                parts.config.storePathRootDir(), report.lastStop(), report.recordsChecked(), report.files(),
                report.endOffset(), report.cutBytes());
        LOG.log(Level.INFO, "consume queues: {0} entries built, {1} corrected, {2} cut", report.queues().entriesBuilt(),
                report.queues().entriesCorrected(), report.queues().entriesCut());
        report.notes().forEach(note -> LOG.log(Level.WARNING, note));
    }

    void start() {
        StoreState running = state.to(StoreState.RUNNING);
        prepareToRun();
        try {
            startServices();
        } catch (RuntimeException | VirtualMachineError e) {
            // No thread could be had. Those that run are stopped, and nothing was put.
            state = running;
            kill();
            throw new StoreException(
                    "store %s: cannot be started: %s".formatted(parts.config.storePathRootDir(), e.getMessage()), e);
        }
        state = running;
    }

    private void startServices() {
        parts.runtimeInfo.begin();
        parts.allocatorThread.start();
        parts.checkpointThread.start();
        parts.pipeline.start(parts.log.maxOffset());
        parts.flushManager.start(parts.directory.checkpoint());
        parts.putPath.start();
        parts.retention.start();
        parts.statsThread.start();
    }

    private void prepareToRun() {
        try {
            parts.pool.start();
            parts.directory.markRunning();
        } catch (IOException e) {
            giveUp();
            throw new StoreException(
                    "store %s: cannot be started: %s".formatted(parts.config.storePathRootDir(), e.getMessage()), e);
        } catch (OutOfMemoryError e) {
            giveUp();
            throw new StoreException(
                    "store %s: cannot be started: no memory for %d buffers of %d bytes of the transient"
                            + " store pool".formatted(parts.config.storePathRootDir(),
                                    parts.config.number(StoreSetting.TRANSIENT_STORE_POOL_SIZE),
                                    parts.pool.bufferBytes()),
                    e);
        }
    }

    void shutdown() {
        if (state == StoreState.RECOVERING) {
            bringToDisk();
        }
        if (state == StoreState.CREATED || state == StoreState.RECOVERING) {
            giveUp();
        }
        if (state == StoreState.CLOSED) {
            return;
        }
        state = state.to(StoreState.CLOSING);
        parts.environment.stepGate().releaseAll();
        // First, since it puts.
        boolean deliveryEnded = parts.delivery.stop();
        parts.putPath.stop();
        // Behind the last flush: under sync flush nothing is dispatched before it is flushed.
        boolean ended = deliveryEnded & parts.statsThread.stop() & parts.retention.stop() & parts.flushManager.stop()
                & parts.pipeline.stop()
                & parts.allocatorThread.stop()
                & parts.checkpointThread.stop();
        boolean clean = parts.flags.mayFlush() && parts.flushManager.flushedOffset() == parts.log.wroteOffset()
                && parts.pipeline.reput().behindBytes() == 0
                && parts.pipeline.isOnDisk();
        try {
            if (ended) {
                parts.allocator.discardUntaken();
                closeFiles();
                if (clean) {
                    parts.directory.markStopped();
                }
            }
        } finally {
            release(ended);
        }
    }

    void kill() {
        if (state == StoreState.CREATED || state == StoreState.RECOVERING) {
            giveUp();
        }
        if (state == StoreState.CLOSED) {
            return;
        }
        state = state.to(StoreState.CLOSING);
        // First, so that a service that is held before its commit or force finds it when its gate opens.
        parts.flags.set(RunningFlag.KILLED, "killed");
        boolean ended = parts.delivery.abandon() & parts.statsThread.abandon() & parts.retention.abandon()
                & parts.flushManager.abandon()
                & parts.pipeline.abandon()
                & parts.checkpointThread.abandon();
        parts.environment.stepGate().releaseAll();
        parts.putPath.stop();
        // Last, so that a put in progress need not wait its 5 s for a file that nobody makes any more.
        ended &= parts.allocatorThread.abandon();
        try {
            if (ended) {
                parts.allocator.abandonUntaken();
                closeFiles();
            }
        } finally {
            release(ended);
        }
    }

    void destroy() {
        shutdown();
        int deleted = StoreFiles.deleteAll(parts.environment, parts.config);
        LOG.log(Level.INFO, "store {0}: destroyed, {1} files deleted", parts.config.storePathRootDir(), deleted);
    }

    void resetWriteOffset(long commitLogOffset) {
        if (state != StoreState.RECOVERING) {
            throw new StoreException("store %s: expected a store that is loaded and not started, found it %s"
                    .formatted(parts.config.storePathRootDir(), state));
        }
        if (!isBetweenRecords(commitLogOffset)) {
            throw new StoreException(
                    "store %s: expected an offset from %d to %d where a record begins or the log ends, found %d"
                            .formatted(parts.config.storePathRootDir(), parts.log.files().minOffset(),
                                    parts.log.maxOffset(),
                                    commitLogOffset));
        }
        try {
            parts.directory.markRunning();
            parts.directory.forgetRecoveryPoint();
            parts.pipeline.forgetRecoveryPoint();
            parts.log.cutAt(commitLogOffset);
            parts.pipeline.queues().logEndsAt(commitLogOffset);
            recover(OpeningStart.atBegin(parts.log.files(), checkedAtOnceBytes), 0);
        } catch (IOException | RuntimeException | VirtualMachineError e) {
            giveUp();
            throw new StoreException(
                    "store %s: cannot be cut at offset %d: %s".formatted(parts.config.storePathRootDir(),
                            commitLogOffset, e.getMessage()),
                    e);
        }
    }

    private boolean isBetweenRecords(long commitLogOffset) {
        return commitLogOffset == parts.log.maxOffset() || parts.reader.record(commitLogOffset).map(record -> {
            record.close();
            return true;
        }).orElse(false);
    }

    /// What was built when the store was loaded must not be lost with the power now that nobody starts it: a directory that
    /// was found cleanly closed is left so.
    private void bringToDisk() {
        try {
            parts.pipeline.bringToDisk();
            parts.directory.takeMarkBack();
        } catch (IOException | RuntimeException | InternalError e) {
            LOG.log(Level.ERROR, "store " + parts.config.storePathRootDir()
                    + ": queues and index are not on disk; the next start makes them again", e);
        }
    }

    private void closeFiles() {
        try {
            parts.log.files().close();
        } finally {
            try {
                parts.pipeline.close();
            } finally {
                parts.pool.close();
            }
        }
    }

    /// A service that hangs in the disk still uses files and buffers: they stay, and so does the directory's lock, for
    /// nobody else may write here until this process has ended.
    private void release(boolean ended) {
        if (ended) {
            parts.directory.giveBack();
        } else {
            LOG.log(Level.ERROR, "store {0}: a service hangs in the disk; the directory stays locked until this process"
                    + " has ended", parts.config.storePathRootDir());
        }
        state = state.to(StoreState.CLOSED);
    }

    /// A running store that may no longer be written because its disk failed is [StoreState#BROKEN].
    StoreState state() {
        StoreState now = state;
        return now == StoreState.RUNNING && !parts.flags.mayFlush() ? StoreState.BROKEN : now;
    }

    /// What the opening found.
    RecoveryReport recovery() {
        return recovery;
    }

    /// Throws when puts and services do not run.
    void requireRunning() {
        if (state != StoreState.RUNNING) {
            throw new StoreException("store %s: expected a running store, found it %s".formatted(
                    parts.config.storePathRootDir(), state));
        }
    }

    /// Throws when nobody may read.
    void requireReadable() {
        StoreState now = state;
        if (now != StoreState.RUNNING && now != StoreState.RECOVERING || !parts.flags.isReadable()) {
            throw new StoreException("store %s: expected a store that may be read, found it %s %s".formatted(
                    parts.config.storePathRootDir(), now, parts.flags.notReadableReason()).strip());
        }
    }

    /// Whether it was started and not stopped, whatever its disk does.
    boolean isRunning() {
        return state == StoreState.RUNNING;
    }
}
