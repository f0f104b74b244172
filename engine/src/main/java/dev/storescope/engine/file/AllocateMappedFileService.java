package dev.storescope.engine.file;

import dev.storescope.engine.api.BrokerRole;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot.AllocationRequest;
import dev.storescope.engine.api.StoreSnapshot.AllocationState;
import dev.storescope.engine.api.StoreSnapshot.AllocatorSnapshot;
import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.env.StoreMemory.MemoryLock;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.service.Service;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.LongAdder;

/// Makes the next file of a row ahead of time, on a thread of its own (RocketMQ `AllocateMappedFileService`).
///
/// Requests stand in a table by path, so that a file is asked for once only, and in a queue. The asker waits for the
/// file that it needs; the one after it is usually ready when its turn comes: a hit.
///
/// Threads: [#putRequestAndReturnMappedFile] by the one appender, [#doWork()] by the service's thread, the rest by any.
public final class AllocateMappedFileService implements Service {
    /// How long an append waits for its file (RocketMQ `waitTimeOut`).
    public static final long WAIT_TIMEOUT_NS = 5_000_000_000L;
    private static final System.Logger LOG = System.getLogger(AllocateMappedFileService.class.getName());
    private static final long IDLE_NS = 1_000_000_000L;
    /// After a failed attempt: soon enough to go on when room was made, seldom enough not to burn a core.
    private static final long RETRY_NS = 100_000_000L;
    private static final String NAME_FORMAT = "%020d";

    private final StoreEnvironment environment;
    private final MessageStoreConfig config;
    private final TransientStorePool pool;
    private final Map<Path, AllocateRequest> table = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListSet<AllocateRequest> queue = new ConcurrentSkipListSet<>();
    private final AheadOfLog ahead;
    private final LongAdder hits = new LongAdder();
    private final LongAdder waits = new LongAdder();
    private final LongAdder timeouts = new LongAdder();
    /// Only of the asker.
    private final SeldomLine noBufferFree;
    private Runnable wakeup = () -> {
    };
    // Written by the service's thread, read by the asker and by whoever takes a snapshot.
    private volatile boolean hasException;
    private volatile String lastFailure = "";
    // Written by the asker, read by whoever takes a snapshot.
    private volatile long askerWaitingSinceNanos;
    private volatile long lastTakenNanos;
    private volatile long lastTakenWaitNs;
    private boolean saidNotLocked;

    public AllocateMappedFileService(StoreEnvironment environment, MessageStoreConfig config,
            TransientStorePool pool) {
        this.environment = environment;
        this.config = config;
        this.pool = pool;
        this.ahead = AheadOfLog.of(environment, config, pool);
        this.noBufferFree = new SeldomLine(environment);
    }

    /// Tells how to wake the thread that drives this service.
    public void onRequest(Runnable wakeThread) {
        wakeup = wakeThread;
    }

    /// The log goes on in a file that was there before.
    public void goesOnIn(MappedFile file) {
        ahead.add(file);
        wakeup.run();
    }

    /// Asks for the file that is needed now and for the one after it, and waits for the first.
    ///
    /// @param directory of the row
    /// @param nextOffset first offset of the file that is needed now
    /// @return nothing when it did not come within 5 s, when it could not be made, when it is not ready and the last
    ///     attempt to make a file failed, or when no buffer of the pool is left and the settings say to fail fast
    public Optional<MappedFile> putRequestAndReturnMappedFile(Path directory, long nextOffset, long sizeBytes) {
        int maySubmit = requestsAllowed();
        AllocateRequest next = new AllocateRequest(path(directory, nextOffset), nextOffset, sizeBytes);
        AllocateRequest inTable = table.putIfAbsent(next.path, next);
        if (inTable == null) {
            if (maySubmit <= 0) {
                table.remove(next.path);
                long times = noBufferFree.due();
                if (times > 0) {
                    LOG.log(Level.WARNING,
                            "allocator: no buffer of the transient store pool is free for {0}; {1} puts failed fast",
                            next.path, times);
                }
                return Optional.empty();
            }
            submit(next);
            maySubmit--;
            inTable = next;
        }
        long nextNextOffset = nextOffset + sizeBytes;
        AllocateRequest nextNext = new AllocateRequest(path(directory, nextNextOffset), nextNextOffset, sizeBytes);
        if (maySubmit > 0 && table.putIfAbsent(nextNext.path, nextNext) == null) {
            submit(nextNext);
        }
        wakeup.run();
        // After a failure nobody waits; what is ready was made before it.
        return hasException && !inTable.ready().isDone() ? Optional.empty() : take(inTable);
    }

    /// How many requests may be submitted: as many as the pool can serve where that matters, else both.
    private int requestsAllowed() {
        if (pool.acts() && config.flag(StoreSetting.FAST_FAIL_IF_NO_BUFFER_IN_STORE_POOL)
                && config.brokerRole() != BrokerRole.SLAVE) {
            return pool.freeBuffers() - queue.size();
        }
        return 2;
    }

    private void submit(AllocateRequest request) {
        queue.add(request);
        environment.probe().event(ProbePoint.ALLOCATION_REQUESTED, request.fromOffset);
    }

    private Optional<MappedFile> take(AllocateRequest request) {
        long began = environment.nanoTime();
        CompletableFuture<MappedFile> ready = request.ready();
        boolean hit = ready.isDone();
        if (!hit && !came(ready, request, began)) {
            return Optional.empty();
        }
        table.remove(request.path);
        long now = environment.nanoTime();
        (hit ? hits : waits).increment();
        lastTakenWaitNs = now - began;
        lastTakenNanos = now;
        environment.probe().eventAt(now, ProbePoint.ALLOCATION_TAKEN, request.fromOffset, hit ? 1 : 0, now - began);
        return Optional.of(ready.resultNow());
    }

    /// Waits for one attempt: the asker holds the put lock, and after a failure every other put fails at once too.
    private boolean came(CompletableFuture<MappedFile> ready, AllocateRequest request, long began) {
        askerWaitingSinceNanos = began;
        boolean ended = environment.await(ready, WAIT_TIMEOUT_NS);
        askerWaitingSinceNanos = 0;
        if (!ended) {
            timeouts.increment();
            LOG.log(Level.WARNING, "allocator: {0} did not come within {1} ms", request.path,
                    WAIT_TIMEOUT_NS / 1_000_000);
            return false;
        }
        if (ready.isCompletedExceptionally()) {
            LOG.log(Level.DEBUG, "allocator: {0} was waited for in vain: {1}", request.path, ready.exceptionNow());
            return false;
        }
        return true;
    }

    @Override
    public String name() {
        return "AllocateMappedFileService";
    }

    @Override
    public int doWork() {
        AllocateRequest request = queue.pollFirst();
        if (request == null) {
            return ahead.step() ? 1 : 0;
        }
        if (table.get(request.path) != request) {
            LOG.log(Level.WARNING, "allocator: {0} is no longer asked for", request.path);
            return 1;
        }
        try {
            allocate(request);
            hasException = false;
            lastFailure = "";
            return 1;
        } catch (IOException | RuntimeException | VirtualMachineError e) {
            // Whatever it was: a request that got lost here would be waited for in vain by every put to come. A fault in
            // mapped memory, as warming may meet it, is an InternalError, and a machine may have no memory to map with.
            if (!hasException) {
                LOG.log(Level.ERROR, "allocator: could not make " + request.path, e);
            }
            lastFailure = e.toString();
            hasException = true;
            queue.add(request);
            environment.probe().event(ProbePoint.ALLOCATION_FAILED, request.fromOffset);
            request.failed(e);
            return 0;
        }
    }

    @Override
    public long waitNs(int workDone) {
        if (workDone > 0) {
            return 0;
        }
        return hasException ? RETRY_NS : Math.min(IDLE_NS, ahead.nextLookNs());
    }

    private void allocate(AllocateRequest request) throws IOException {
        request.begunNanos = environment.nanoTime();
        request.state = AllocationState.MAPPING;
        environment.probe()
                .eventAt(request.begunNanos, ProbePoint.ALLOCATION_BEGUN, request.fromOffset,
                        request.sizeBytes, 0);
        if (request.attempts++ > 0) {
            // What the attempt before may have left behind would make every further one fail.
            environment.disk().delete(request.path);
        }
        DiskFile diskFile = environment.disk().create(request.path, request.sizeBytes);
        MappedFile file;
        try {
            environment.disk().forceDirectory(request.path.getParent());
            file = new MappedFile(diskFile, request.fromOffset, environment.memory(), Optional.of(pool));
            warmIfConfigured(file);
        } catch (IOException | RuntimeException | VirtualMachineError e) {
            diskFile.close();
            try {
                environment.disk().delete(request.path);
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
        if (pool.acts()) {
            file.borrowWriteBuffer();
        }
        ahead.add(file);
        request.readyNanos = environment.nanoTime();
        request.state = AllocationState.READY;
        environment.probe()
                .eventAt(request.readyNanos, ProbePoint.ALLOCATION_READY, request.fromOffset,
                        request.sizeBytes, request.readyNanos - request.begunNanos);
        request.ready().complete(file);
    }

    private void warmIfConfigured(MappedFile file) throws IOException {
        if (!config.flag(StoreSetting.WARM_MAPED_FILE_ENABLE)) {
            return;
        }
        long everyBytes = config.flushDiskType() == FlushDiskType.SYNC_FLUSH
                ? config.number(StoreSetting.FLUSH_LEAST_PAGES_WHEN_WARM_MAPED_FILE) * Pages.BYTES
                : 0;
        MemoryLock lock = file.warm(everyBytes);
        if (!lock.locked() && !saidNotLocked) {
            saidNotLocked = true;
            LOG.log(Level.WARNING, "warmed files are not locked in memory: {0}", lock.reason());
        }
    }

    /// Closes and deletes the files that were made and never taken: what a clean stop leaves out.
    public void discardUntaken() {
        for (AllocateRequest request : table.values()) {
            if (request.ready().isDone()) {
                request.ready().resultNow().close();
                try {
                    environment.disk().delete(request.path);
                } catch (IOException e) {
                    LOG.log(Level.WARNING, "allocator: could not delete " + request.path, e);
                }
            }
        }
        forgetUntaken();
    }

    /// Closes the files that were made and never taken, and leaves them on disk, as a killed process does.
    public void abandonUntaken() {
        table.values()
                .stream()
                .filter(request -> request.ready().isDone())
                .forEach(request -> request.ready().resultNow().close());
        forgetUntaken();
    }

    private void forgetUntaken() {
        table.clear();
        queue.clear();
    }

    public AllocatorSnapshot snapshot() {
        long now = environment.nanoTime();
        List<AllocationRequest> requests = table.values().stream().map(request -> describe(request, now)).toList();
        return new AllocatorSnapshot(requests, hits.sum(), waits.sum(), timeouts.sum(), hasException, lastFailure,
                askerWaitingSinceNanos, WAIT_TIMEOUT_NS, lastTakenNanos, lastTakenWaitNs);
    }

    private static AllocationRequest describe(AllocateRequest request, long now) {
        AllocationState state = request.state;
        long readyNanos = request.readyNanos;
        long durationNs = switch (state) {
            case QUEUED -> 0;
            case MAPPING -> now - request.begunNanos;
            case READY -> readyNanos - request.begunNanos;
        };
        return new AllocationRequest(request.fromOffset, request.sizeBytes, state, durationNs, readyNanos);
    }

    /// The name of the file that begins at `fromOffset`: in these digits whatever the machine's language is.
    static Path path(Path directory, long fromOffset) {
        return directory.resolve(String.format(Locale.ROOT, NAME_FORMAT, fromOffset));
    }
}
