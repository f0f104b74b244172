package dev.storescope.engine.log;

import dev.storescope.engine.api.PutMessageLockKind;
import dev.storescope.engine.api.StoreSnapshot.Force;
import dev.storescope.engine.api.StoreSnapshot.LogPosition;
import dev.storescope.engine.api.StoreSnapshot.LogPositions;
import dev.storescope.engine.env.PutMessageLock;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.file.MappedFileQueue;
import dev.storescope.engine.file.RunningFlags;
import dev.storescope.engine.file.StoreCheckpoint;
import dev.storescope.engine.file.StoreStatsService;
import dev.storescope.engine.probe.ProbePoint;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/// Moves the log's bytes from the write buffers to the page cache (commit) and from there to the disk (flush), and the
/// pointers after them. A pointer moves only after its write or force has succeeded; a failure is final (RocketMQ
/// threads 2706, 3129, 5235, 9713; "fsyncgate").
///
/// Threads: any; one commits and one flushes at a time.
final class LogFlusher {
    private static final System.Logger LOG = System.getLogger(LogFlusher.class.getName());

    private final StoreEnvironment environment;
    private final MappedFileQueue files;
    private final LogPointers pointers;
    private final LogPointers.PoolUse poolUse;
    private final RunningFlags flags;
    private final StoreStatsService stats;
    /// One flush at a time. Held while the disk is forced, so never taken by the appender.
    private final PutMessageLock flushLock;
    /// One commit at a time.
    private final PutMessageLock commitLock;
    private final Recent<Force> forces = new Recent<>();
    private Optional<StoreCheckpoint> checkpoint = Optional.empty();
    // Written by the flusher, read by whoever takes a snapshot; started last when set, first when cleared.
    private volatile long forceFromOffset;
    private volatile long forceToOffset;
    private volatile long forceStartedNanos;

    LogFlusher(StoreEnvironment environment, MappedFileQueue files, LogPointers pointers,
            LogPointers.PoolUse poolUse, RunningFlags flags, StoreStatsService stats) {
        this.environment = environment;
        this.files = files;
        this.pointers = pointers;
        this.poolUse = poolUse;
        this.flags = flags;
        this.stats = stats;
        this.flushLock = environment.newPutMessageLock(PutMessageLockKind.REENTRANT);
        this.commitLock = environment.newPutMessageLock(PutMessageLockKind.REENTRANT);
    }

    /// Each flush records its time there.
    void checkpoint(StoreCheckpoint storeCheckpoint) {
        checkpoint = Optional.of(storeCheckpoint);
    }

    /// Commits what was wrote when the call began, if that is due.
    ///
    /// @param leastPages 0 for whatever there is
    /// @return bytes committed
    long commit(long leastPages) {
        commitLock.lock();
        try {
            long bytes = 0;
            LogPosition target = pointers.wrote();
            while (flags.mayFlush() && pointers.committed().offset() < target.offset()) {
                long step = commitOneFile(target, leastPages);
                if (step == 0) {
                    break;
                }
                bytes += step;
            }
            return bytes;
        } catch (IOException | RuntimeException | InternalError e) {
            fail("commit", pointers.committed(), e);
            environment.probe().event(ProbePoint.COMMIT_FAILED, pointers.committed().offset());
            return 0;
        } finally {
            commitLock.unlock();
        }
    }

    /// Returns when no commit and no flush is under way: whoever closes files and buffers must not take them from under
    /// one.
    void awaitIdle() {
        for (PutMessageLock lock : List.of(commitLock, flushLock)) {
            lock.lock();
            lock.unlock();
        }
    }

    private long commitOneFile(LogPosition target, long leastPages) throws IOException {
        LogPosition from = pointers.committed();
        MappedFile file = holdFileAt(from.offset());
        try {
            return commit(file, from, target, leastPages);
        } finally {
            file.release();
        }
    }

    private long commit(MappedFile file, LogPosition from, LogPosition target, long leastPages) throws IOException {
        LogPosition to = reach(file, target);
        long limit = to.offset() - file.fromOffset();
        if (!file.hasWriteBuffer()) {
            // Its bytes were put into the page cache: there is nothing to write, only the pointer is behind.
            pointers.committed(to);
            return to.offset() - from.offset();
        }
        if (!file.isCommitDue(limit, leastPages)) {
            return 0;
        }
        long began = environment.nanoTime();
        environment.probe().eventAt(began, ProbePoint.COMMIT_BEGIN, from.offset(), to.offset() - from.offset(), 0);
        if (!flags.mayFlush()) {
            // Killed while the service was held at the point above.
            return 0;
        }
        file.commit(limit);
        pointers.committed(to);
        long ended = environment.nanoTime();
        environment.probe()
                .eventAt(ended, ProbePoint.COMMIT_END, to.offset(), to.offset() - from.offset(),
                        ended - began);
        stats.committed(to.offset() - from.offset());
        return to.offset() - from.offset();
    }

    /// Forces what was committed when the call began, if that is due.
    ///
    /// @param leastPages 0 for whatever there is
    /// @param requests how many puts wait for it
    /// @return bytes flushed
    long flush(long leastPages, int requests) {
        flushLock.lock();
        try {
            long bytes = 0;
            LogPosition target = poolUse == LogPointers.PoolUse.BUFFERED ? pointers.committed() : pointers.wrote();
            while (flags.mayFlush() && pointers.flushed().offset() < target.offset()) {
                long step = flushOneFile(target, leastPages, requests);
                if (step == 0) {
                    break;
                }
                bytes += step;
            }
            if (bytes > 0) {
                checkpoint.ifPresent(it -> it.physicMsgTimestamp(pointers.flushed().storeTimestamp()));
            }
            return bytes;
        } catch (IOException | RuntimeException | InternalError e) {
            // A fault in mapped memory comes as InternalError.
            LogPosition flushed = pointers.flushed();
            forceStartedNanos = 0;
            fail("force", flushed, e);
            environment.probe().event(ProbePoint.FORCE_FAILED, flushed.offset(), forceToOffset - flushed.offset());
            return 0;
        } finally {
            flushLock.unlock();
        }
    }

    private long flushOneFile(LogPosition target, long leastPages, int requests) throws IOException {
        LogPosition from = pointers.flushed();
        MappedFile file = holdFileAt(from.offset());
        try {
            return flush(file, from, target, new Due(leastPages, requests));
        } finally {
            file.release();
        }
    }

    /// @param requests how many puts wait for the force
    private record Due(long leastPages, int requests) {
    }

    private long flush(MappedFile file, LogPosition from, LogPosition target, Due due) throws IOException {
        LogPosition to = reach(file, target);
        long limit = to.offset() - file.fromOffset();
        if (!file.isFlushDue(limit, due.leastPages)) {
            return 0;
        }
        long began = environment.nanoTime();
        forceFromOffset = from.offset();
        forceToOffset = to.offset();
        forceStartedNanos = began;
        environment.probe().eventAt(began, ProbePoint.FORCE_BEGIN, from.offset(), to.offset() - from.offset(), 0);
        if (!flags.mayFlush()) {
            // Killed while the service was held at the point above.
            forceStartedNanos = 0;
            return 0;
        }
        file.flush(limit);
        pointers.flushed(to);
        long ended = environment.nanoTime();
        forceStartedNanos = 0;
        environment.probe()
                .eventAt(ended, ProbePoint.FORCE_END, to.offset(), to.offset() - from.offset(),
                        ended - began);
        stats.forced(to.offset() - from.offset());
        forces.add(new Force(began, ended - began, from.offset(), to.offset(), due.requests));
        return to.offset() - from.offset();
    }

    /// How far a commit or flush comes in this file: to the target, or to the file's end where the log went on.
    private LogPosition reach(MappedFile file, LogPosition target) {
        return endIn(file, target).orElseThrow(() -> new IllegalStateException(
                "%s: expected a full file before offset %d".formatted(file.name(), target.offset())));
    }

    private Optional<LogPosition> endIn(MappedFile file, LogPosition target) {
        return target.offset() <= file.endOffset() ? Optional.of(target) : pointers.fileEnd(file.endOffset());
    }

    /// The file that goes on at `offset`, which nobody unmaps before it is released. A row that begins above 0 is found by
    /// its first file (RocketMQ's pull request 189: it was never flushed). One that cannot be held is a failure: RocketMQ
    /// moves its pointer over it.
    private MappedFile holdFileAt(long offset) {
        return files.find(offset)
                .filter(MappedFile::hold)
                .orElseThrow(
                        () -> new IllegalStateException("commit log: expected a file that holds offset " + offset));
    }

    private void fail(String what, LogPosition at, Throwable e) {
        String reason = "%s failed at offset %d: %s".formatted(what, at.offset(),
                e instanceof IOException ? e.getMessage() : e.toString());
        if (flags.turnUnwriteable(reason)) {
            LOG.log(Level.ERROR, "store turns unwriteable: " + reason, e);
        }
    }

    /// The pointers of the log. Bytes in files for which the pool had no buffer, or that were there when the store was
    /// opened, stand in the page cache from the start: they are committed, whenever the committer comes by.
    LogPositions positions(long minOffset) {
        while (true) {
            LogPositions read = pointers.snapshot(minOffset, poolUse);
            Optional<LogPosition> committed = committed(read.committed(), read.wrote());
            if (committed.isPresent()) {
                return new LogPositions(minOffset, read.acknowledged(), read.flushed(), committed.get(), read.wrote());
            }
        }
    }

    /// @return nothing when the file that was looked at was flushed to its end meanwhile: what was read is stale
    private Optional<LogPosition> committed(LogPosition pointer, LogPosition wrote) {
        LogPosition committed = pointer;
        while (committed.offset() < wrote.offset()) {
            Optional<MappedFile> file = files.find(committed.offset()).filter(found -> !found.hasWriteBuffer());
            if (file.isEmpty()) {
                break;
            }
            Optional<LogPosition> end = endIn(file.get(), wrote);
            if (end.isEmpty()) {
                return end;
            }
            committed = end.get();
        }
        return Optional.of(committed);
    }

    long forceStartedNanos() {
        return forceStartedNanos;
    }

    long forceFromOffset() {
        return forceFromOffset;
    }

    long forceToOffset() {
        return forceToOffset;
    }

    List<Force> recentForces() {
        return forces.toList();
    }
}
