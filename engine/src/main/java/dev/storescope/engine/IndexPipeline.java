package dev.storescope.engine;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.ProofSnapshot;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.RecoveryReport.IndexFigures;
import dev.storescope.engine.dispatch.BeforeChange;
import dev.storescope.engine.dispatch.LogReplay;
import dev.storescope.engine.env.BesideWork;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.RunningFlags;
import dev.storescope.engine.file.StoreCheckpoint;
import dev.storescope.engine.index.FlushIndexService;
import dev.storescope.engine.index.IndexBuild;
import dev.storescope.engine.index.IndexCatchUp;
import dev.storescope.engine.index.IndexProof;
import dev.storescope.engine.index.IndexRecovery;
import dev.storescope.engine.index.IndexService;
import dev.storescope.engine.log.CommitLog;
import dev.storescope.engine.recovery.LastRun;
import dev.storescope.engine.recovery.OpeningStart;
import dev.storescope.engine.service.ServiceThread;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The index, wired: it is fed by the dispatch, and brought to disk by a service of its own.
///
/// Threads: the store's owner.
final class IndexPipeline {
    private static final System.Logger LOG = System.getLogger(IndexPipeline.class.getName());

    private final StoreEnvironment environment;
    private final CommitLog log;
    private final IndexService index;
    private final IndexRecovery recovery;
    private final Supplier<StoreCheckpoint> checkpoint;
    private final FlushIndexService flush;
    private final ServiceThread flushThread;
    private final IndexCatchUp catchUp;
    private final ServiceThread catchUpThread;
    private final IndexProof proof;
    private final ServiceThread proofThread;
    private BesideWork loading = BesideWork.DONE;
    private Optional<IndexBuild> build = Optional.empty();
    private boolean provesWhileRunning;

    /// @param checkpoint asked for from the load on
    IndexPipeline(StoreEnvironment environment, MessageStoreConfig config, CommitLog log, RunningFlags flags,
            Supplier<StoreCheckpoint> checkpoint) {
        this.environment = environment;
        this.log = log;
        this.index = new IndexService(environment, config, flags);
        this.recovery = new IndexRecovery(index);
        this.checkpoint = checkpoint;
        this.flush = new FlushIndexService(environment, index, checkpoint);
        this.flushThread = new ServiceThread(environment, flush);
        this.catchUp = new IndexCatchUp(environment, log, index);
        this.catchUpThread = new ServiceThread(environment, catchUp);
        this.proof = new IndexProof(environment, log.files(), log.holes(), index);
        this.proofThread = new ServiceThread(environment, proof);
        flush.onFull(flushThread::wakeup);
        catchUp.onBuildAgain(() -> {
            flush.knowNothingBehind();
            catchUpThread.wakeup();
        });
    }

    IndexService index() {
        return index;
    }

    /// What the dispatch feeds: the index, as soon as that has caught up.
    IndexCatchUp catchUp() {
        return catchUp;
    }

    Stream<ServiceThread> threads() {
        Stream<ServiceThread> building = needsCatchUp() ? Stream.of(catchUpThread) : Stream.empty();
        Stream<ServiceThread> proving = provesWhileRunning ? Stream.of(proofThread) : Stream.empty();
        return Stream.of(Stream.of(flushThread), building, proving).flatMap(threads -> threads);
    }

    /// What is proven may have to be built again.
    private boolean needsCatchUp() {
        return catchUp.hasTask() || provesWhileRunning;
    }

    /// Opens the files, and takes away what cannot be relied on: beside the recovery of the log, which has nothing to do with it.
    void load(LastRun lastRun) throws IOException {
        long indexMsgTimestamp = checkpoint.get().indexMsgTimestamp();
        loading = environment.beginBeside("loadIndex", () -> recovery.load(lastRun.stop(), indexMsgTimestamp));
    }

    /// Gives what builds the index from the records that the recovery of the log finds sound, when all of them pass by and
    /// the index has nothing: then it costs no reading of its own.
    Optional<IndexBuild> beginRecovery(OpeningStart start, BeforeChange beforeChange) throws IOException {
        build = Optional.empty();
        if (!start.isBehindBegin()) {
            loading.await();
            if (index.isEnabled() && recovery.hasNothing()) {
                build = Optional.of(new IndexBuild(environment, index, announced(beforeChange)));
            }
        }
        return build;
    }

    private BeforeChange announced(BeforeChange beforeChange) {
        return () -> {
            beforeChange.run();
            flush.knowNothingBehind();
        };
    }

    /// Makes the index say what the log says: at once when it lacks little of it, else while the store runs.
    ///
    /// @param progress of those whom it has to wait for then
    /// @param beforeChange called once before anything is put: what is built now is not on disk, and whoever comes after a
    ///     crash has to know that the last stop was not clean
    /// @return the report, with what was found and done here
    RecoveryReport recover(RecoveryReport report, Progress progress, BeforeChange beforeChange)
            throws IOException {
        long began = environment.nanoTime();
        loading.await();
        boolean passedBy = build.isPresent();
        boolean isBuilt = build.map(IndexBuild::end).orElse(false);
        build = Optional.empty();
        LogReplay replay = new LogReplay(environment, log.files(), log.holes());
        long minOffset = log.files().minOffset();
        long fitting = recovery.fitToLog(minOffset, report.endOffset(), replay);
        long from = passedBy
                ? isBuilt ? report.endOffset() : fitting
                : prove(fitting, report.endOffset(), progress);
        catchUp.follow(progress.dispatched(), progress.proven());
        int filesKept = passedBy ? 0 : recovery.fileCount();
        long entriesKept = passedBy ? 0 : recovery.entryCount();
        boolean later = report.endOffset() - from > progress.atOnceBytes();
        if (later) {
            catchUp.begin(from);
        } else {
            index.beforeChange(announced(beforeChange));
            replay.feed(from, report.endOffset(), index);
            catchUp.beginWithNothing();
        }
        index.beforeChange(flush::knowNothingBehind); // that it runs a store has said itself then
        List<String> notes = new ArrayList<>(report.notes());
        notes.addAll(recovery.notes());
        return report.withIndex(
                new IndexFigures(filesKept, recovery.filesDeleted(), passedBy ? minOffset : from,
                        recovery.entryCount() - entriesKept, later ? report.endOffset() - from : 0),
                environment.nanoTime() - began, notes);
    }

    /// Proves the files: at once when the log is short, else while the store runs.
    ///
    /// @return from where on records have to be dispatched
    private long prove(long from, long endOffset, Progress progress) throws IOException {
        long minOffset = log.files().minOffset();
        proof.begin(endOffset);
        long begin = endOffset - minOffset > progress.atOnceBytes()
                ? from
                : recovery.proveAtOnce(proof, from, minOffset);
        proof.follow(progress.proven());
        proof.onFault(catchUp::buildAgain);
        provesWhileRunning = proof.hasTask();
        return begin;
    }

    /// How far the index is proven.
    ProofSnapshot proof(ProofSnapshot ofLog, long dispatched) {
        ProofSnapshot proven = ofLog.withIndexProof(proof.state(), proof.figures(), proof.failure());
        return catchUp.isFinished() ? proven : proven.withIndex(catchUp.position(), dispatched);
    }

    /// What the index depends on when it is built while the store runs.
    ///
    /// @param atOnceBytes so much of the log is indexed before
    /// @param dispatched up to where the dispatch has come
    /// @param proven up to where the log is proven
    record Progress(long atOnceBytes, LongSupplier dispatched, LongSupplier proven) {
    }

    void start() {
        flushThread.start();
        if (needsCatchUp()) {
            catchUpThread.start();
        }
        if (provesWhileRunning) {
            proofThread.start();
        }
    }

    /// After the dispatch has stopped.
    ///
    /// @return false when the service hangs and still uses the files
    boolean stop() {
        return proofThread.stop() & catchUpThread.stop() & flushThread.stop();
    }

    /// Likewise, without a last flush.
    boolean abandon() {
        return proofThread.abandon() & catchUpThread.abandon() & flushThread.abandon();
    }

    /// Forces all files, when the service does not run.
    void bringToDisk() throws IOException {
        flush.onStop();
        if (flush.hasFailed()) {
            throw new IOException("index: a file could not be forced");
        }
    }

    /// Whether the next start may rely on all files as they are.
    boolean isOnDisk() {
        return !flush.hasFailed();
    }

    void close() {
        try {
            loading.await();
        } catch (IOException | RuntimeException | Error e) {
            // Thrown to who recovers, unless another failure ended that before.
            LOG.log(Level.DEBUG, "index: its files could not be opened", e);
        }
        try {
            build.ifPresent(IndexBuild::abandon);
        } finally {
            index.close();
        }
    }
}
