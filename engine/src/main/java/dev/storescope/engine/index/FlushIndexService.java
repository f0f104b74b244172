package dev.storescope.engine.index;

import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.StoreCheckpoint;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.service.Service;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/// Brings each index file to disk when it is full, and says so in the checkpoint: after a crash that file is good, and
/// only what comes behind it is built again. RocketMQ starts a thread for each file instead.
///
/// A force that failed is final: no later file counts as on disk either, for the checkpoint has one time for all.
///
/// Threads: the service's own; [#onStop()] when nothing is dispatched any more.
public final class FlushIndexService implements Service {
    private static final System.Logger LOG = System.getLogger(FlushIndexService.class.getName());
    /// It is woken when a file is full, so this is only for the case that it was not.
    private static final long INTERVAL_NS = 60_000_000_000L;

    private final StoreEnvironment environment;
    private final IndexService index;
    private final Supplier<StoreCheckpoint> checkpoint;
    // Written by the service's thread, read by the owner when it has ended.
    private volatile boolean failed;

    /// @param checkpoint asked for from the first turn on
    public FlushIndexService(StoreEnvironment environment, IndexService index, Supplier<StoreCheckpoint> checkpoint) {
        this.environment = environment;
        this.index = index;
        this.checkpoint = checkpoint;
    }

    @Override
    public String name() {
        return "FlushIndexService";
    }

    /// Sets how the service is woken; before anything is dispatched.
    public void onFull(Runnable wakeup) {
        index.onFull(wakeup);
    }

    /// @return files brought to disk
    @Override
    public int doWork() {
        int done = 0;
        for (IndexFile file = index.unflushed().poll(); file != null; file = index.unflushed().poll()) {
            if (force(file)) {
                checkpoint.get().indexMsgTimestamp(file.endTimestamp());
                done++;
            }
        }
        return done;
    }

    @Override
    public long waitNs(int workDone) {
        return INTERVAL_NS;
    }

    /// A clean stop leaves an index that the next start need not check: the file in use is forced too.
    @Override
    public void onStop() {
        doWork();
        index.files().last().ifPresent(this::force);
    }

    /// Whether a force failed, so that a stop cannot count as clean.
    public boolean hasFailed() {
        return failed;
    }

    /// Files have been taken away, to be built again: what the checkpoint says counts for those that are left only. On disk
    /// before the first of them is made: one that ends where a file before it ended would pass for forced after a crash.
    public void knowNothingBehind() {
        long known = index.files().last().map(IndexFile::endTimestamp).orElse(0L);
        if (checkpoint.get().indexMsgTimestamp() <= known || index.files().unreadable() > 0) {
            return;
        }
        checkpoint.get().indexMsgTimestamp(known);
        try {
            checkpoint.get().flush();
        } catch (IOException e) {
            failed = true;
            LOG.log(Level.ERROR, "index: the checkpoint cannot be forced; after a crash files may be built again", e);
        }
    }

    private boolean force(IndexFile file) {
        if (failed || !file.hold()) {
            return false;
        }
        try {
            environment.probe().event(ProbePoint.INDEX_FLUSHED, file.endOffset(), file.entries());
            file.force();
            return true;
        } catch (IOException e) {
            failed = true;
            LOG.log(Level.ERROR,
                    "index: " + file.diskFile().path() + " is not on disk; after a crash it is built again",
                    e);
            return false;
        } finally {
            file.release();
        }
    }
}
